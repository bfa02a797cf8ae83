"""How long a session lasts."""
