"""Who hears of what happens here, and in which words."""
