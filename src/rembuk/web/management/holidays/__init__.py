"""Management pages: holidays."""
