"""Work programmes (program kerja): from planning to evaluation, with public revisions of the plan.

Not here: comments and votes (``engagement``), the proposals themselves (``proposals``), pages (``web``).
Start at ``states``.
"""
