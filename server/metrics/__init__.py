"""Numbers for who keeps the installation running: never a person, a place or a card."""
