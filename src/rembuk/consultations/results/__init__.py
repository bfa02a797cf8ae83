"""What was said in a consultation, counted: stances, clauses, questions, split by groups of participants.

Reading alone, in a bounded number of statements whatever the number of submissions. Whether the public sees totals
now: ``selectors.shows_totals``. Start with ``stances``.
"""
