"""Rembuk: a public participation system for Indonesian government bodies."""
