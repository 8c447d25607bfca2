"""The screens of the rail, a folder each; they never import each other."""
