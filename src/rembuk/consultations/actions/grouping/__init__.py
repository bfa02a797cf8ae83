"""Groups of like rows: suggested by the system (``suggesting``), put right (``editing``), answered (``answering``)."""
