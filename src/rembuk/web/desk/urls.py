"""URLs of the area «desk»: ``public`` under the language, ``desk`` under /kelola/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.desk.desk import home

public: list[URLPattern | URLResolver] = []
desk: list[URLPattern | URLResolver] = [path("", home, name="home")]
