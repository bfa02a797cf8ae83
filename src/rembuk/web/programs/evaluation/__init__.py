"""The evaluation of a programme: its page, print and file, and writing it on the desk."""
