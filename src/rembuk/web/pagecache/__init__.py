"""The page cache: pages of visitors, answered outside of Django (ARCHITECTURE section 6).

Here: what may be kept (``requests``), a kept page in three packings (``entries``), where pages lie (``store``), when a
staff act makes them old (``freshness``), and the WSGI application around Django (``cache``). Not here: who may see
what; a view says itself that its page is the same for every visitor (``guards.visitors_page``). Start at ``cache``.
"""
