"""Proposals (usulan): from a citizen's draft to the official answer.

Not here: comments, votes, follows and the queue's rows (``engagement``), programmes (``programs``), pages (``web``).
Start at ``states``, then ``rules``, then ``actions``. Other domains copy this shape.
"""
