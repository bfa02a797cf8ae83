"""Actions on managed things, one module per area."""
