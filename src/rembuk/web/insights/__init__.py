"""Pages of the area «insights»."""
