"""Rights: the closed list of permissions, roles, grants in a unit, and the one test ``can``.

Not here: domain rules (each domain's ``rules``), staff screens. Start at ``permissions`` and ``rights``.
"""
