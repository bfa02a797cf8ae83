"""Actions of the programmes domain."""
