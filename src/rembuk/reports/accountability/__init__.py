"""Accountability reports: the figures of a unit in a quarter or year, and the words drafted from them."""
