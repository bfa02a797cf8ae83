"""One module for each command; `commandline` names and lists them."""
