"""Reading legal texts: plain text or Markdown to a tree of parts, and matching two versions. Pure: no models."""
