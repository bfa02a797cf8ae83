"""A workbook with the layers of a programme: its sheets and columns, and reading them. Nothing is written here."""
