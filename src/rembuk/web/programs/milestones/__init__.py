"""Milestones of a programme on the desk: their plan, their course, their evidence, and the revision of all dates."""
