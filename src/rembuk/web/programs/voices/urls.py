"""URLs of voices: spliced into those of the area «programs»."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.programs.voices import desk as pages
from rembuk.web.programs.voices import public_rating, public_witness

public: list[URLPattern | URLResolver] = [
    path("<str:code>/penilaian/", public_rating.rating, name="rating"),
    path("<str:code>/tonggak/<uuid:public_id>/", public_witness.milestone, name="milestone"),
    path("<str:code>/kesaksian/<uuid:public_id>/gambar/", public_witness.picture, name="witness_picture"),
]
desk: list[URLPattern | URLResolver] = [
    path("dibantah/", pages.contradicted, name="contradicted"),
    path("kesaksian/<uuid:public_id>/", pages.witness, name="witness"),
    path("<str:code>/penilaian/", pages.index, name="rounds"),
    path("<str:code>/penilaian/buka/", pages.new, name="open_round"),
    path("<str:code>/penilaian/<int:number>/tutup/", pages.close, name="close_round"),
]
