"""What is known about the lists that administrators manage: their deeds, and what uses their rows.

The changes are in ``actions.categories``, ``actions.lists`` and ``actions.phases``.
"""
