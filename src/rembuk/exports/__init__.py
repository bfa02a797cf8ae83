"""Files made of many rows: asked for, written by the worker, fetched and forgotten after a week."""
