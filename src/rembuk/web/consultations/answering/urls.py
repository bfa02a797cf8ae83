"""Addresses of the matrix, the result and the author's objection."""

from django.urls import URLPattern, path

from rembuk.web.consultations.answering import objecting, views
from rembuk.web.consultations.answering.groups import views as groups
from rembuk.web.consultations.answering.row import views as rows

public: list[URLPattern] = [
    path("<str:code>/masukan/<int:number>/keberatan/", objecting.object_to, name="object"),
]
desk: list[URLPattern] = [
    path("<str:code>/matriks/", views.matrix, name="matrix"),
    path("<str:code>/matriks/massal/", views.bulk, name="bulk"),
    path("<str:code>/matriks/kemajuan/", views.progress, name="progress"),
    path("<str:code>/matriks/<uuid:row>/", rows.row, name="row"),
    path("<str:code>/matriks/<uuid:row>/serupa/", groups.like, name="like"),
    path("<str:code>/matriks/<uuid:row>/<slug:name>/", rows.row_act, name="row_act"),
    path("<str:code>/kelompok/", groups.groups, name="groups"),
    path("<str:code>/kelompok/susun/", groups.suggest, name="suggest"),
    path("<str:code>/kelompok/<uuid:group>/", groups.group, name="group"),
    path("<str:code>/kelompok/<uuid:group>/<slug:name>/", groups.group_act, name="group_act"),
    path("<str:code>/hasil/", views.result, name="result"),
    path("<str:code>/selesaikan/", views.conclusion, name="conclude"),
]
