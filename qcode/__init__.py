"""qcode: code interview notes and reports, and synthesise them across countries, offline."""

__version__ = "0.1.0"
