"""URLs of the area «moderation»: ``public`` under the language, ``desk`` under /kelola/."""

from django.urls import URLPattern, URLResolver

public: list[URLPattern | URLResolver] = []
desk: list[URLPattern | URLResolver] = []
