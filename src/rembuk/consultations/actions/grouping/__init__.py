"""Groups of like rows: suggested by the system (``suggesting``), put right and confirmed by people (``editing``)."""
