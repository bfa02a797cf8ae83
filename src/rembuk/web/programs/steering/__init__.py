"""The staff side of programmes: putting one together, its board, its steps, its reports."""
