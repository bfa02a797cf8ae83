"""URLs of the audit trail and the system log."""

from django.urls import URLPattern, URLResolver, path, re_path

from rembuk.web.trail import copied, export
from rembuk.web.trail import desk as views

desk: list[URLPattern | URLResolver] = [
    path("jejak-audit/", views.audit_list, name="audit"),
    # Number of an entry, which auditors cite; not a key of a row that the public sees.
    re_path(r"^jejak-audit/(?P<number>[0-9]+)/$", views.audit_entry, name="entry"),
    path("jejak-audit/ekspor/", export.export, name="export"),
    path("jejak-audit/alasan-sama/", copied.copied_reasons, name="copied"),
    path("log/", views.log_list, name="log"),
]
