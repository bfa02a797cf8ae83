"""Pages of the area «notifications»."""
