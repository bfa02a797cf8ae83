"""How far a plan is, computed from weighted milestones: shares, progress, Kurva S, deviation, condition.

Pure functions over plain rows and dates; nothing here asks the database or the clock, nothing is stored.
Start at ``progress``.
"""
