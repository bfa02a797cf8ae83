"""What followers are told: announced, opened, a day before closing, extended, cancelled, new version, result, concluded."""
