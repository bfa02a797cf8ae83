"""Editing a programme on the desk beside its words: what an office may add, and two officials who edit at once."""
