"""Management pages: roles with their permissions."""
