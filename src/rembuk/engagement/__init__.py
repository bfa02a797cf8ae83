"""What people do around a thing: comments, ballots, follows, reports, and the moderation cases these open.

Mechanism only: every proposal, programme and phase owns one Subject row and its domain decides who may do what.
Start at ``models``.
"""
