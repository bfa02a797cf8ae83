"""Management pages: people."""
