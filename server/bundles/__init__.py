"""Observations that belong together: what looks alike, and what somebody decided about it."""
