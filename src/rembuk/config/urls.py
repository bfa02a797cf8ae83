"""Root URLs: public pages with the language in the path; staff and machine pages without a prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from rembuk.web import urls as web

urlpatterns = [
    *web.machine,
    path("kelola/", include(web.desk)),
    *(web.demo if settings.DEMO or settings.TESTING else []),
    *i18n_patterns(*web.public, prefix_default_language=False),
]

handler400 = "rembuk.web.errors.bad_request"
handler403 = "rembuk.web.errors.forbidden"
handler404 = "rembuk.web.errors.not_found"
handler500 = "rembuk.web.errors.broken"
