"""The tree of work units (satuan kerja): rows, selectors and pure moves.

No rights in it (``access``), no staff screens (``management``, ``web``). Start at ``models``.
"""
