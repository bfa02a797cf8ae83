"""Managed lists: the tree of categories, reason codes, text templates.

Rows and selectors; the staff screens act through ``management``. Start at ``models``.
"""
