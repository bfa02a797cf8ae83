"""Notifications: outbox, inbox, preferences, and the delivery of mail.

Knows no domain: domains register kinds (``kinds``) and enqueue events (``outbox``); ``accounts`` says who
has which address (``addressbook``). Texts are rendered when delivered, in the language of the person.
Start with ``outbox.py``, then ``delivery.py``.
"""
