"""Figures for who steers the approach, in which nobody can be found back."""
