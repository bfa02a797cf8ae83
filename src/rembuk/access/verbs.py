"""Deeds of ``access`` in the audit trail."""
