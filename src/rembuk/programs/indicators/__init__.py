"""The indicators of a programme and how far their targets are reached."""
