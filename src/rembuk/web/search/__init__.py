"""Pages of the area «search»."""
