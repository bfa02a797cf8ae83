"""Actions on one's own account. ``by`` is an ``Actor``: rights and roles are a stratum above.

Deleting the account and the copy of one's data reach into all domains: ``management.actions``.
"""
