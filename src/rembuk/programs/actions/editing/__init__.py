"""Editing a programme beside its words: its places, and two people who edit at once."""
