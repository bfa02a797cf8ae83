"""Addresses of roles, and of the page that says why somebody may or may not."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.management.roles import desk, desk_many, desk_matrix
from rembuk.web.management.why import desk as why

routes: list[URLPattern | URLResolver] = [
    path("hak-akses/mengapa/", why.index, name="why"),
    path("hak-akses/peran/", desk.index, name="roles"),
    path("hak-akses/peran/matriks/", desk_matrix.table, name="role_matrix"),
    path("hak-akses/peran/baru/", desk.new, name="role_new"),
    path("hak-akses/peran/sekaligus/", desk_many.many, name="role_many"),
    path("hak-akses/peran/<slug:slug>/", desk.role, name="role"),
    path("hak-akses/peran/<slug:slug>/salin/", desk.copy, name="role_copy"),
    path("hak-akses/peran/<slug:slug>/ubah/", desk.edit, name="role_edit"),
    path("hak-akses/peran/<slug:slug>/nonaktif/", desk.retire, name="role_retire"),
    path("hak-akses/peran/<slug:slug>/aktif/", desk.restore, name="role_restore"),
    path("hak-akses/peran/<slug:slug>/bawaan/", desk.reset, name="role_reset"),
    path("hak-akses/peran/<slug:slug>/hapus/", desk.delete, name="role_delete"),
]
