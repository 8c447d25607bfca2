"""Where letters begin and end as a reader sees them: an accent is part of its letter, a flag or a family is one. Places are Qt's units."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument


def beside(document: QTextDocument, unit: int, by: int) -> int:
    """Where the next letter ends (`by` 1) or the one before begins (-1); `unit` itself at an end of the text."""
    cursor = QTextCursor(document)
    cursor.setPosition(unit)
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter if by > 0 else QTextCursor.MoveOperation.PreviousCharacter)
    return cursor.position()


def edges(document: QTextDocument, unit: int) -> tuple[int, int]:
    """Where the letter that `unit` stands in begins and ends; `unit` twice where it stands between two."""
    before = beside(document, unit, -1)
    after = beside(document, before, 1)
    return (before, after) if before < unit < after else (unit, unit)


def whole(cursor: QTextCursor) -> QTextCursor:
    """A cursor that selects the letters whole that `cursor` begins or ends in; where it selects nothing, it stands before its letter."""
    document, widened = cursor.document(), QTextCursor(cursor)
    start, end = edges(document, cursor.selectionStart())[0], edges(document, cursor.selectionEnd())[1]
    if not cursor.hasSelection():
        end = start
    backwards = cursor.position() < cursor.anchor()
    widened.setPosition(end if backwards else start)
    widened.setPosition(start if backwards else end, QTextCursor.MoveMode.KeepAnchor)
    return widened
