"""What a set of operations means; pure functions."""
