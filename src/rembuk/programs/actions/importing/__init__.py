"""Bringing milestones, money and indicators of a programme from a workbook: all of it, or nothing."""
