"""Management pages: categories."""
