"""Keeping what people learned: a monthly nudge to practise, and the wish for a training."""
