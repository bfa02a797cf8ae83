"""Stored uploads: checking, re-encoding, keeping and reading.

Speaks no HTTP: the page that owns a file serves it. Whether somebody may see a file is decided there too.
Start with ``actions.py``.
"""
