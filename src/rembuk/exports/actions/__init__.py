"""What is done with exports: asked for, made, fetched, ended."""
