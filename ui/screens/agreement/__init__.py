"""The agreement screen: figures by pair and by code, one text with two coders beside it, and the differences to settle."""
