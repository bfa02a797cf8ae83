"""Many programmes at once, computed in the database: their condition, their money, what waits for an office."""
