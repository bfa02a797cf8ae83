"""Pictures and letters made while the demonstration is loaded; no file of them is kept in the project."""
