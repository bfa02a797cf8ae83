"""Pages and fragments around a subject: votes, comments, follows, reports.

``context.talk_for`` gathers what a proposal's or phase's page shows of it; the templates lie in
``templates/engagement``. Staff decide in ``web.moderation``.
"""
