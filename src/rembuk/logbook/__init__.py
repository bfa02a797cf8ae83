"""System log: technical and security events, kept in the database beside the log stream.

LogRecord, the handler that fills it from a thread of its own, the request context and the logging set-up.
Who changed which content is not here: that is ``rembuk.audit``.
Start with ``config.py`` (what is logged where) and ``events.py`` (named security events).
"""
