"""URLs for machines: health, readiness, metrics, robots."""

from django.urls import URLPattern, URLResolver

public: list[URLPattern | URLResolver] = []
