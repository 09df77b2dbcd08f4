"""What an editor of the content does from a terminal: check, compare, publish, and have it read."""
