"""What staff do with the indicators of a programme: define them with their targets, report actual values."""
