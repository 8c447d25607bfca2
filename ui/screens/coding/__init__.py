"""Coding: read a source, code its passages."""
