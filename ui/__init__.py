"""The window: Qt only shows."""
