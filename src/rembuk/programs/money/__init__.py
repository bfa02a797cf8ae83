"""The money of a programme: how much of the pagu is spent, and the planned and actual curve of it."""
