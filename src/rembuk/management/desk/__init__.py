"""Accounts that a desk or a village officer opens for people without email: who may, which ones, and who hears of it.

The acts are in ``management.actions.desk_accounts``; names and codes in ``accounts.slips``.
"""
