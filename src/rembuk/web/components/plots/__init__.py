"""Charts as values for SVG templates, each with the table that says the same."""
