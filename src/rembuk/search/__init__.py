"""Finding proposals, programmes and consultations by words, and anything by its code. Reads across domains, changes nothing."""
