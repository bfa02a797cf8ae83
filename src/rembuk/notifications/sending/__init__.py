"""Sending mail: claiming what waits, the hourly limit, building letters, noting what became of them.

Start with ``delivery.py``. Only the worker comes here.
"""
