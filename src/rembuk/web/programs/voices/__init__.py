"""Rating a programme, saying whether a milestone is finished, and what staff see and do of both."""
