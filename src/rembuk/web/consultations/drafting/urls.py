"""Addresses of this folder."""

from django.urls import URLPattern, path

from rembuk.web.consultations.drafting import views

public: list[URLPattern] = []
desk: list[URLPattern] = [
    path("<str:code>/naskah/", views.text, name="text"),
    path("<str:code>/naskah/periksa/", views.mend, name="text_mend"),
    path("<str:code>/naskah/padanan/", views.matches, name="matches"),
    path("<str:code>/naskah/terbitkan/", views.publish, name="text_publish"),
    path("<str:code>/naskah/buang/", views.discard, name="text_discard"),
]
