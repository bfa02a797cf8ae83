"""Management pages: accounts that a desk opens for people without email."""
