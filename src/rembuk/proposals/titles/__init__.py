"""Titles that say nearly the same: which words tell them apart, and which proposals share them."""
