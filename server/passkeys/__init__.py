"""Passkeys: signing in, and showing again that it is you, without anything to remember."""
