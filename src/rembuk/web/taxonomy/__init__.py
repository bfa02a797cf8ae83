"""Pages of the area «taxonomy»."""
