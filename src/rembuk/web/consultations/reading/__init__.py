"""Pages that anybody reads: the list, a consultation, its clauses and versions, submissions."""
