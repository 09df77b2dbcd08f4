"""Telling people that there is something to read: a seintje on the phone, never the content."""
