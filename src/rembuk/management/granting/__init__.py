"""Grants and requests for them: rules, which rows, notices. What changes them is in ``actions.grants``.

Start with ``rules.py``.
"""
