"""Pages of the area «demo»."""
