"""Pages of the area «programs»."""
