"""URLs of the money of a programme under /kelola/program/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.programs.money import desk

urls: list[URLPattern | URLResolver] = [
    path("<str:code>/uang/", desk.detail, name="money"),
    path("<str:code>/uang/rencana/", desk.plan, name="money_plan"),
    path("<str:code>/uang/realisasi/", desk.enter, name="spend"),
    path("<str:code>/uang/realisasi/<uuid:public_id>/coret/", desk.strike, name="strike"),
    path("<str:code>/uang/realisasi/<uuid:public_id>/bukti/", desk.evidence, name="spend_evidence"),
    path("<str:code>/uang/realisasi/<uuid:public_id>/bukti/tambah/", desk.prove, name="prove"),
]
