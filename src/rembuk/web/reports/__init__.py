"""Accountability reports for everybody and on the desk; what both kinds of reports share on pages and in files."""
