"""What arrived and did not fit: somebody at a desk decides what becomes of it."""
