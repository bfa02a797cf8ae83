"""The demonstration: an invented regency with months of history, played through the real actions.

What people write and decide stands in ``content/*.toml`` (Indonesian); the modules here read it, set it on days
relative to today, and play it in the order of time. Start at ``loading``. Not here: the command itself
(``management/commands/load_demo``), serving it (``launch/demo``).
"""
