"""Which proposals may belong together: what a text asks for, where, and groups of them. Pure: no rows, no clock.

``words`` reads a text, ``themes`` what it asks for, ``places`` where; ``grouping`` makes groups. Method and figures:
docs/decisions/0055-suggested-groups.md.
"""
