"""What somebody at a desk keeps for themselves, and who has the same report open."""
