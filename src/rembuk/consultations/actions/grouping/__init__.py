"""Groups of like rows: suggested by the system (``suggesting``), put right (``editing``) and answered (``answering``) by people."""
