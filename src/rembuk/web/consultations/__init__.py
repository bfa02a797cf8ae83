"""Pages of the area «uji publik»: reading, taking part, making, drafting, answering, results; one folder each."""
