"""Pages of the area «imports»."""
