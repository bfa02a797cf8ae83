"""Changes to consultations: each action is one transaction with its audit entry."""
