"""What management knows of work units beyond single fields: what hangs on one, whom a move touches, sheets of units.

Reading and reckoning only; what changes anything is in ``management.actions.units``.
"""
