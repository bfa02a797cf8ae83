"""Pages: they know HTTP, never rules. One folder per area; guards and middleware here."""
