"""Management pages: why somebody may or may not, and who may."""
