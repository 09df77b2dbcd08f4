"""What the approach brings about: goals with values, and what reporters say of it."""
