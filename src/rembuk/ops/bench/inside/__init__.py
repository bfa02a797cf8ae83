"""What needs Django, in a process with the settings of a measured site: CPU of pages, and who votes."""
