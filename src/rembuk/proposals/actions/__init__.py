"""Actions of the proposals domain: the only code that changes its rows. ``steps`` is the shared core."""
