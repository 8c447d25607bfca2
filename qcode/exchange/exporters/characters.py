"""Characters that would break a file or fool its reader, made visible or closed off."""

from __future__ import annotations

import re
import unicodedata

# XML 1.0 forbids these; the C1 controls and DEL are allowed but shown by nobody
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_POP_EMBEDDING = "\u202c"
_POP_ISOLATE = "\u2069"


def visible(text: str) -> str:
    """The text with every character XML forbids as a sign one can see: U+0001 as '␁', U+007F as '␡', others as '�'."""
    return _FORBIDDEN.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    point = ord(found.group())
    if point < 0x20:
        return chr(0x2400 + point)
    return {0x7F: "\u2421", 0x85: "\u2424"}.get(point, "\ufffd")


def closed(text: str) -> str:
    """`visible(text)` with each change of direction it opens closed at its end, so that the words after it keep their order."""
    text = visible(text)
    if not _DIRECTION.search(text):
        return text
    ends: list[str] = []
    for sign in _DIRECTION.findall(text):
        if sign in (_POP_EMBEDDING, _POP_ISOLATE):
            if ends and ends[-1] == sign:
                ends.pop()
        else:
            ends.append(_POP_ISOLATE if sign >= "\u2066" else _POP_EMBEDDING)
    return text + "".join(reversed(ends))


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is one of a right-to-left script."""
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "L":
                return False
            case "R" | "AL":
                return True
    return False
