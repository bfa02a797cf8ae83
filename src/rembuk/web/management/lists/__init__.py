"""Managed lists: ``desk`` is one set of pages for all of them, ``which`` says what makes each its own."""
