"""Pages of the area «management»."""
