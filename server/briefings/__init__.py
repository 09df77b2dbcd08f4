"""One sheet about a quarter for who decides: figures, what was done, and a story."""
