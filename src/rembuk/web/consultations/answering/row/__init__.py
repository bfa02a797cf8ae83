"""The staff page of one row of the matrix: what was said, the answer, and the acts on it."""
