"""Devices people signed in on: which there are, how they do, and shutting one out."""
