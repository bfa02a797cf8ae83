"""Management pages: site."""
