"""Positions, quotes and structure of texts; pure functions."""
