"""Staff pages of the matrix: rows, groups, approval, objections."""
