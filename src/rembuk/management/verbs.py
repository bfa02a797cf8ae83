"""Deeds of ``management`` in the audit trail."""
