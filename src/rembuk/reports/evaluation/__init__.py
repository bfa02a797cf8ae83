"""Evaluation of a programme: its figures at one moment, and the words drafted from them."""
