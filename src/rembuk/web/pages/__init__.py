"""Pages of the area «pages»."""
