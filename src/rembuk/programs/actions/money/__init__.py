"""What staff do with the money of a programme: plan it, enter what was spent, strike out what was wrong."""
