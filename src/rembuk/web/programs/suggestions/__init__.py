"""Suggested groups of proposals on the desk."""
