"""News of a programme: pictures before and after, documents with their class."""
