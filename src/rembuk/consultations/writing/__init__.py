"""What a participant has before her while writing: the sheet, what is missing on it, differences. Nothing is written here."""
