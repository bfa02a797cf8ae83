"""What citizens say of a programme and its milestones, and what staff do around it."""
