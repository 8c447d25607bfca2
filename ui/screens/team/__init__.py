"""Merging, settling, and what the team brought."""
