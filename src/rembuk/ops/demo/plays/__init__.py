"""How the texts are played: each module turns one kind of text into acts of the real domains.

Start at ``story`` (a proposal) and ``undertaking`` (a programme).
"""
