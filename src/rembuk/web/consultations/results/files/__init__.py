"""What is taken along: the spreadsheet for staff and for everybody, and the open data."""
