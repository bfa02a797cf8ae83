"""Addresses under which consultations are made: all on the desk."""

from django.urls import URLPattern, path

from rembuk.web.consultations.making import desk as pages
from rembuk.web.consultations.making import desk_belongings, desk_questions, desk_steps

public: list[URLPattern] = []
desk: list[URLPattern] = [
    path("", pages.index, name="list"),
    path("baru/", pages.new, name="new"),
    path("<str:code>/", pages.detail, name="detail"),
    path("<str:code>/ubah/", pages.edit, name="edit"),
    path("<str:code>/salin/", pages.copy, name="copy"),
    path("<str:code>/pratinjau/", pages.preview, name="preview"),
    path("<str:code>/pertanyaan/", desk_questions.questions, name="questions"),
    path("<str:code>/pertanyaan/baru/", desk_questions.question_new, name="question_new"),
    path("<str:code>/pertanyaan/<int:number>/", desk_questions.question, name="question"),
    path("<str:code>/pertanyaan/<int:number>/pindah/", desk_questions.question_move, name="question_move"),
    path("<str:code>/pertanyaan/<int:number>/hapus/", desk_questions.question_remove, name="question_remove"),
    path("<str:code>/umumkan/", desk_steps.announce, name="announce"),
    path("<str:code>/serahkan/", desk_steps.ready, name="ready"),
    path("<str:code>/kembalikan/", desk_steps.send_back, name="send_back"),
    path("<str:code>/perpanjang/", desk_steps.extend, name="extend"),
    path("<str:code>/batalkan/", desk_steps.cancel, name="cancel"),
    path("<str:code>/berkas/", desk_belongings.files, name="files"),
    path("<str:code>/berkas/<uuid:public_id>/", desk_belongings.file, name="file"),
    path("<str:code>/berkas/<uuid:public_id>/hapus/", desk_belongings.file_remove, name="file_remove"),
    path("<str:code>/program/", desk_belongings.ties, name="ties"),
    path("<str:code>/program/<str:program_code>/<slug:kind>/lepas/", desk_belongings.untie, name="untie"),
]
