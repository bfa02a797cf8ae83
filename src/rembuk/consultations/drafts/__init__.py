"""Reading legal texts: plain text or Markdown to a tree of parts, mending it, matching two versions. Pure: no models.

Start at ``reading.read_text``. ``parts`` holds the tree, ``matching`` carries identities forward.
"""
