"""The one round trip of a phone: it hands in what waits and hears what changed."""
