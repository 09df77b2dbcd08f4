"""What other systems of the gemeente hear of: that something happened, and nothing about it."""
