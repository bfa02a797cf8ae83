"""Template tags of the pages: `ui` is the only library."""
