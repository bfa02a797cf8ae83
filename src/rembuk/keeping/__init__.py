"""Values made once a minute for all processes: by the worker as long as somebody asks, else by whoever needs one first.

For what counts everything. A reader is given what was made at most ``MOST_SECONDS`` ago. Knows no domain: a module that
counts names its value (``values.Kept``), the loop of the worker is given them all (``worker.remake_asked``). Beside it
figures of single things, which each process finds for itself (``lately``).
Why: docs/decisions/0075-kept-figures.md.
"""
