"""Which action a key means in the text pane: Latin letters as the layout has them, all else by its place on the keyboard.

With a Russian or Kyrgyz layout the key of M gives 'ь', and that of the slash gives '.': their places count, so that coding needs no
change of layout.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_EVDEV_ROWS = {10: "1234567890", 24: "QWERTYUIOP[]", 38: "ASDFGHJKL", 52: "ZXCVBNM,./"}
_MAC = dict(
    zip(
        (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 30, 31, 32, 33, 34, 35, 37, 38, 40, 44, 45, 46, 47),
        "ASDFHGZXCVBQWERYT]OU[IPLJK/NM.",
        strict=True,
    )
)
#: Scan codes of X11 and Wayland: those of evdev and eight more.
_LINUX = {first + place: letter for first, letters in _EVDEV_ROWS.items() for place, letter in enumerate(letters)}
_WINDOWS_MARKS = {0xBE: ".", 0xBF: "/", 0xDB: "[", 0xDD: "]"}
_ASCII = 0x7F


def sequence_of(event: QKeyEvent) -> str:
    """The pressed keys as a shortcut is written ('Shift+Space', '.'), '' for a modifier alone."""
    key = event.key()
    if key in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, 0, Qt.Key.Key_unknown):
        return ""
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    if Qt.Key.Key_Space < key < Qt.Key.Key_Escape and not (key <= _ASCII and chr(key).isalpha()):
        letter = by_place(event.nativeScanCode(), event.nativeVirtualKey(), sys.platform)
        key = ord(letter) if letter else key
    return QKeySequence(QKeyCombination(modifiers, Qt.Key(key))).toString(QKeySequence.SequenceFormat.PortableText)


def by_place(scan_code: int, virtual_key: int, platform: str) -> str:
    """The letter an American keyboard has at a place, '' for places that are not asked for."""
    if platform == "darwin":
        return _MAC.get(virtual_key, "") if virtual_key or scan_code else ""
    if platform == "win32":
        plain = chr(virtual_key) if 0x30 <= virtual_key <= 0x5A else ""
        return _WINDOWS_MARKS.get(virtual_key, plain)
    return _LINUX.get(scan_code, "")
