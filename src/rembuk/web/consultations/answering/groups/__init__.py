"""Staff pages of groups of like rows: the list with its suggestions, one group, rows like one row."""
