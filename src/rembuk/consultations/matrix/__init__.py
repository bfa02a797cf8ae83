"""Reading the matrix for staff: which rows, how far each is, who waits for whom. Writing: ``actions.answering``."""
