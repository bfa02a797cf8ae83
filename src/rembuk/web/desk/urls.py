"""URLs of the area «desk»: ``public`` under the language, ``desk`` under /kelola/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.desk.desk import home, unit_names

public: list[URLPattern | URLResolver] = []
desk: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("nama-satuan-kerja/", unit_names, name="unit_names"),
]
