"""Files of sheets that several areas write."""
