"""Taking part: writing, reviewing, sending, changing a submission."""
