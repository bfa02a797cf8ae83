"""Answering the rows of the matrix: draft, cut, assign, propose, return, approve, publish. Start at ``acts``."""
