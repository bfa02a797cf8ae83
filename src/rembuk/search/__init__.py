"""Finding proposals and programmes by words, and anything by its code. Reads across domains, changes nothing."""
