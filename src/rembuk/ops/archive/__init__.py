"""One archive of a whole site: a tar of the database's dump, the uploads and a manifest of checksums.

`writing` makes it, `reading` proves it and puts it back, `postgres` runs the programs of the server's major.
"""
