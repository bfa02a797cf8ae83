"""Addresses of this folder."""

from django.urls import URLPattern, path

from rembuk.web.programs.evaluation import desk as staff
from rembuk.web.programs.evaluation import public as pages

public: list[URLPattern] = [
    path("<str:code>/evaluasi/<int:number>/", pages.evaluation, name="evaluation"),
    path("<str:code>/evaluasi/<int:number>/data.xlsx", pages.evaluation_workbook, name="evaluation_workbook"),
]
desk: list[URLPattern] = [
    path("<str:code>/evaluasi/baru/", staff.new, name="evaluation_new"),
    path("<str:code>/evaluasi/<int:number>/", staff.edit, name="evaluation"),
    path("<str:code>/evaluasi/<int:number>/terbitkan/", staff.publish, name="evaluation_publish"),
    path("<str:code>/evaluasi/<int:number>/buang/", staff.discard, name="evaluation_discard"),
]
