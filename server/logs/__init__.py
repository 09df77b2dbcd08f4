"""What is written down while the server runs, by the name of the request it came of."""
