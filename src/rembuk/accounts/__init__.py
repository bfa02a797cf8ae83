"""People: the account, consents, limits, sign-in and sessions.

Not here: what a person may do (``access``), mails (``notifications``), pages (``web.accounts``). Start at ``models``.
"""
