"""Pages of the author: writing, files, and what she does with what was sent."""
