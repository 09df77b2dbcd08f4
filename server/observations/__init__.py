"""Observations: what a reporter saw or heard, and the feedback that is owed for it."""
