"""What the management of people knows beside its actions: the list, who may be acted on together, sheets of invitations."""
