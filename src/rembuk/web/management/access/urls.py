"""URLs of grants under /kelola/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.management.access import desk, desk_many, desk_requests, export

routes: list[URLPattern | URLResolver] = [
    path("hak-akses/", desk.index, name="access"),
    path("hak-akses/ekspor/", export.export, name="access_export"),
    path("hak-akses/beri/", desk.give, name="grant_new"),
    path("hak-akses/beri-banyak/", desk_many.give_many, name="grants_give_many"),
    path("hak-akses/pilihan/", desk_many.selection, name="grants_selection"),
    path("hak-akses/permintaan/", desk_requests.index, name="grant_requests"),
    path("hak-akses/permintaan/<uuid:public_id>/<slug:name>/", desk_requests.act, name="grant_request_act"),
    # Grants are rows between three public things and have no code of their own; staff pages only.
    path("hak-akses/<int:number>/akhiri/", desk.end, name="grant_end"),
    path("hak-akses/<int:number>/akhir/", desk.until, name="grant_until"),
    path("pengguna/<uuid:public_id>/peran/", desk.give_to, name="grant_to"),
]
