"""URLs of the area «machine», without a language in the path."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.machine import probes

public: list[URLPattern | URLResolver] = [
    path("healthz", probes.alive, name="healthz"),
    path("readyz", probes.ready, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
]
desk: list[URLPattern | URLResolver] = []
