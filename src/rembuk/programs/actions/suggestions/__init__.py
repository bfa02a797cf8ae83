"""Suggested groups of proposals: ``find`` (the job) and ``judge`` (what staff make of them)."""
