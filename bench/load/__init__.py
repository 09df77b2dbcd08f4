"""What happens when many come at once, for long, over bad lines or to bad push services."""
