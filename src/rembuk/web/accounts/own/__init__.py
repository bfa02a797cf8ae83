"""Pages of the own account: what one did here, and the settings."""
