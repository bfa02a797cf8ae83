"""Staff actions on the managed things: categories, units, people, grants, holidays, settings, pages.

Rows live in their own apps below; pages live in ``web``. Start at ``actions``.
"""
