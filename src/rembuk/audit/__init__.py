"""Audit trail: who changed what, when, with which right and why.

``actors`` says who acts, ``verbs`` holds the closed list of deeds, ``actions.record`` writes an entry in
the caller's transaction, ``selectors`` reads. Technical events are in ``rembuk.logbook``.
Start with ``actions.py``; the table itself is SQL in ``migrations/0001_initial.py``.
"""
