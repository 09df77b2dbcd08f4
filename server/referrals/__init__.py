"""Bringing somebody else in: recorded with the ground and what was shared, and never sent."""
