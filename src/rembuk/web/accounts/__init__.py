"""Pages of the area «accounts»."""
