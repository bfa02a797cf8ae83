"""What citizens say of a programme as figures: the elements asked, the counts of a round, the SKM. Pure but for one reader."""
