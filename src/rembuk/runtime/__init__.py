"""What must be known before Django is loaded: the environment, the private database, child processes.

Nothing here imports Django or another part of Rembuk; `config` and `ops` import it.
"""
