"""What a participant does: writes, sends, changes, withdraws; and how a submission arrives, whoever enters it."""
