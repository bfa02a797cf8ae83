"""What staff are told: a second pair of eyes is asked for, rows assigned, objections."""
