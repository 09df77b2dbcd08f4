"""Who may come in, and what they may do there: the door, and the one table it asks."""
