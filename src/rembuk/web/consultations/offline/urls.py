"""Addresses of this folder."""

from django.urls import URLPattern, path

from rembuk.web.consultations.offline import views, views_entry

public: list[URLPattern] = []
desk: list[URLPattern] = [
    path("<str:code>/masukan/", views.submissions, name="submissions"),
    path("<str:code>/masukan/entri/", views_entry.enter, name="enter"),
    path("<str:code>/masukan/<int:number>/", views.submission, name="submission"),
    path("<str:code>/masukan/<int:number>/koreksi/", views_entry.correct, name="submission_correct"),
    path("<str:code>/masukan/<int:number>/bukti/", views_entry.receipt, name="submission_receipt"),
    path("<str:code>/masukan/<int:number>/pindaian/", views.scan, name="submission_scan"),
    path("<str:code>/masukan/<int:number>/nama/", views.name, name="submission_name"),
    path("<str:code>/masukan/<int:number>/langkah/<slug:name>/", views.act, name="submission_act"),
]
