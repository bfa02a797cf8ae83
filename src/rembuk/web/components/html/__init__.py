"""Small HTML that is written in Python, for tags of templates and for cells of tables."""
