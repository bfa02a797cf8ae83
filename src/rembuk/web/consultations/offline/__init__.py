"""Staff pages: submissions entered for somebody, names, moderation of submissions."""
