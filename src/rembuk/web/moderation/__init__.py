"""Pages of the area «moderation»."""
