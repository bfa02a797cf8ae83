"""Pages of the area «home»."""
