"""URLs of milestones under /kelola/program/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.programs.milestones import course, desk, proof

urls: list[URLPattern | URLResolver] = [
    path("<str:code>/tonggak/", desk.index, name="milestones"),
    path("<str:code>/tonggak/baru/", desk.new, name="milestone_new"),
    path("<str:code>/tonggak/<uuid:public_id>/ubah/", desk.edit, name="milestone_edit"),
    path("<str:code>/tonggak/<uuid:public_id>/geser/", desk.shift, name="milestone_shift"),
    path("<str:code>/tonggak/<uuid:public_id>/hapus/", desk.remove, name="milestone_remove"),
    path("<str:code>/tonggak/<uuid:public_id>/selesai/", course.reach, name="milestone_reach"),
    path("<str:code>/tonggak/<uuid:public_id>/langkah/<slug:name>/", course.step, name="milestone_step"),
    path("<str:code>/tonggak/<uuid:public_id>/bukti/", proof.add, name="milestone_prove"),
    path("<str:code>/bukti/<uuid:public_id>/", proof.show, name="evidence"),
    path("<str:code>/bukti/<uuid:public_id>/hapus/", proof.remove, name="evidence_remove"),
]
