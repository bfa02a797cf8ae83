"""The indicators of a programme on the desk: defining them, reporting actual values."""
