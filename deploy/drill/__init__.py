"""The drill: a whole site of several machines on this one, whose primary database is killed five times under load.

Run it by ``deploy/drill/run`` (docs/operate/failover.md). Not here: the configuration, which is that of ``deploy/``.
"""
