"""URLs of suggested groups: spliced into those of the area «programs»."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.programs.suggestions import desk as pages

desk: list[URLPattern | URLResolver] = [
    path("saran/", pages.index, name="suggestions"),
    path("saran/<uuid:public_id>/", pages.detail, name="suggestion"),
    path("saran/<uuid:public_id>/tolak/", pages.dismissal, name="dismiss_suggestion"),
]
