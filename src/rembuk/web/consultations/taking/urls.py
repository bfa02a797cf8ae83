"""Addresses of taking part."""

from django.urls import URLPattern, path

from rembuk.web.consultations.taking import views, views_sending

public: list[URLPattern] = [
    path("<str:code>/ikut/", views.take, name="take"),
    path("<str:code>/ikut/butir/", views.take_text, name="take_text"),
    path("<str:code>/ikut/butir/<int:number>/", views.take_clause, name="take_clause"),
    path("<str:code>/ikut/pertanyaan/<int:page>/", views.take_questions, name="take_questions"),
    path("<str:code>/ikut/tinjau/", views_sending.take_review, name="take_review"),
    path("<str:code>/ikut/kirim/", views_sending.send, name="send"),
    path("<str:code>/ikut/gabung/", views_sending.join, name="join"),
    path("<str:code>/ikut/bukti/", views_sending.receipt, name="receipt"),
    path("<str:code>/ikut/tarik/", views_sending.withdraw, name="withdraw"),
    path("<str:code>/ikut/buang/", views_sending.discard, name="discard"),
]
desk: list[URLPattern] = []
