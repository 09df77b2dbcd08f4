"""A run with faults of every kind: nothing is lost, nothing is doubled, whatever goes wrong."""
