"""How the web server hands requests over: kept pages from its loop, everything else in threads (decision 64).

Here: a protocol for uvicorn that asks the page cache first (``readers``), the WSGI application in a bounded number of
threads (``threads``, ``environ``), and what packs pages that the cache has not packed (``packing``). Not here: what is
kept (``pagecache``); gunicorn uses the WSGI application alone.
"""
