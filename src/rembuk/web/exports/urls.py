"""URLs of the area «exports», all for staff."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.exports import desk as views

desk: list[URLPattern | URLResolver] = [
    path("unduhan/", views.index, name="list"),
    path("unduhan/pilihan/", views.many, name="many"),
    path("unduhan/<uuid:public_id>/", views.export, name="export"),
    path("unduhan/<uuid:public_id>/berkas/", views.fetch, name="file"),
    path("unduhan/<uuid:public_id>/batalkan/", views.cancel, name="cancel"),
    path("unduhan/<uuid:public_id>/hapus/", views.discard, name="discard"),
]
