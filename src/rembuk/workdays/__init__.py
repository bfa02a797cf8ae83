"""Working days: holidays (national or of a region) and the clocks that count by them.

Which deadline applies to what is not here: callers pass the number of days.
Start with ``clock.py``.
"""
