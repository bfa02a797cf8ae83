"""Pages of the area «trail»."""
