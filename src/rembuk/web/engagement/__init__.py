"""Pages of the area «engagement»."""
