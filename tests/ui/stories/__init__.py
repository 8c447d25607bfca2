"""What somebody does in the whole window, from beginning to end."""
