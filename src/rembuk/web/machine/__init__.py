"""Pages of the area «machine»."""
