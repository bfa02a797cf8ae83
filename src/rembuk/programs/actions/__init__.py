"""Actions of the programmes domain: the only code that changes its rows. ``steps`` is the shared core."""
