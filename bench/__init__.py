"""Measures what this project promises, beside what others make of the same work: make bench."""
