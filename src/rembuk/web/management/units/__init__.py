"""Management pages: units."""
