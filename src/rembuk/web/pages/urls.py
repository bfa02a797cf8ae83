"""URLs of the site's own pages."""

from django.urls import URLPattern, URLResolver, path

from rembuk.siteconfig.models import Page
from rembuk.web.pages import public as views

public: list[URLPattern | URLResolver] = [
    path("tentang/", views.show, {"slug": Page.ABOUT}, name="about"),
    path("privasi/", views.show, {"slug": Page.PRIVACY}, name="privacy"),
    path("pedoman/", views.show, {"slug": Page.GUIDELINES}, name="guidelines"),
    path("bantuan/", views.show, {"slug": Page.HELP}, name="help"),
]
desk: list[URLPattern | URLResolver] = []
