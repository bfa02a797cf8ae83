"""Likeness of two short Indonesian texts, and groups of like ones. Pure Python: no models, no database, no network.

Start at ``compare.likeness``; ``meaning`` reads a text, ``lexicon`` knows the words, ``grouping`` joins many. What it finds and
what it misses is measured by ``bench/likeness.py`` and told in docs/decisions/0041-likeness.md.
"""
