"""Consultations (uji publik): a plan, draft regulation, policy or evaluation put to the public, and what became of it.

Not here: comments, support, follows and the queue's rows (``engagement``), programmes (``programs``), pages (``web``).
Start at ``states``, then ``schedule``, ``rules``, ``actions``. ``drafts`` reads legal texts, ``likeness`` finds like submissions.
"""
