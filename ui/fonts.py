"""The fonts that travel with the program: Inter for the interface, Source Serif 4 for documents."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from qcode.resources import resource


def load_fonts() -> list[str]:
    """Make the bundled fonts known to Qt and give the families found. One that cannot be loaded is left out: the next in line serves."""
    families: set[str] = set()
    for path in sorted(resource("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number >= 0:
            families.update(QFontDatabase.applicationFontFamilies(number))
    return sorted(families)
