"""Coding: read a source, code its passages."""

from ui.screens.coding.screen import CodingScreen

__all__ = ["CodingScreen"]
