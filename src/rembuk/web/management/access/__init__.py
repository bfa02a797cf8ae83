"""Management pages: access."""
