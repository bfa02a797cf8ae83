"""URLs of Manajemen Kategori."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.management.categories import desk as views
from rembuk.web.management.categories import desk_many

desk: list[URLPattern | URLResolver] = [
    path("kategori/", views.index, name="categories"),
    path("kategori/baru/", views.new, name="category_new"),
    path("kategori/massal/", desk_many.many, name="category_many"),
    path("kategori/<slug:slug>/", views.edit, name="category"),
    path("kategori/<slug:slug>/geser/", views.place, name="category_place"),
    path("kategori/<slug:slug>/gabung/", desk_many.merge, name="category_merge"),
    path("kategori/<slug:slug>/nonaktif/", views.retire, name="category_retire"),
    path("kategori/<slug:slug>/aktif/", views.restore, name="category_restore"),
    path("kategori/<slug:slug>/hapus/", views.delete, name="category_delete"),
]
