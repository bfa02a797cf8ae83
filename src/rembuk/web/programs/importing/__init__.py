"""Bringing milestones, money and indicators from a workbook on the desk."""
