"""Copies of both stores, and putting them back."""
