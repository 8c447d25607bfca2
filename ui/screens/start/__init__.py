"""Start: new projects, opening one, the recent ones."""
