"""Read models: what a screen, a table or the command line shows."""
