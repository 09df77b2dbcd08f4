"""How long things stay, and that they go: what is past its term, and the keys that open it."""
