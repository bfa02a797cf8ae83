"""Which rows, in which order: of consultations, their ties, texts, submissions and answers."""
