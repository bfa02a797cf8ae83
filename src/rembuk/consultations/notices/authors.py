"""What the author of a submission is told: receipt, change, withdrawal, moderation."""
