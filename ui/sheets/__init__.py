"""Sheets: what is asked before something is brought in or sent out."""
