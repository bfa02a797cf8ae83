"""Pages of the area «workunits»."""
