"""What became of a consultation, for everybody and for the desk: figures, matrix, report, files. Start with ``public``."""
