"""Counting what was coded: matrices and what their cells rest on; pure functions on plain tuples."""
