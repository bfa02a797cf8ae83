"""Acts that make a consultation: its words and settings, what belongs to it, its questions."""
