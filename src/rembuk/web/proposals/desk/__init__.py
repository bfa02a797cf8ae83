"""Staff pages for proposals: the list, one proposal with its handling panel, bulk, export, entering for somebody."""
