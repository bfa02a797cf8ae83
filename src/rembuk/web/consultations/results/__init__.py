"""Results, report, open data, public matrix."""
