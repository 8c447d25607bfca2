"""The verbs a user can undo: one file per noun, one function per act."""
