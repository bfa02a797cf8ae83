"""A large made-up site, filled by COPY: for measuring how pages, votes and exports bear growth, never for showing.

Rows are written as the actions leave them, without running the actions. Their look is tested on pages; where a rule of
a domain changes what its rows look like, change it here too. Start at ``filling``.
"""
