"""Letters about an account: posted through the job queue, written and handed over by the worker.

Notices about what happens on the site are in ``notifications``; its templates give both the same look.
"""
