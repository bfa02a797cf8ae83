"""Wiring: settings, root URLs, WSGI entry. Nothing imports it but Django."""
