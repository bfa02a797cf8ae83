"""URLs of the area «proposals»: ``public`` under the language, ``desk`` under /kelola/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.proposals import feed, lists

public: list[URLPattern | URLResolver] = [
    path("", lists.index, name="list"),
    path("feed.atom", feed.feed, name="feed"),
]
desk: list[URLPattern | URLResolver] = []
