"""Acts on reports: each one transaction and one audit entry."""
