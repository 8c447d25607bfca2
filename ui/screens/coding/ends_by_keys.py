"""Moving an end of a coding with the keys: `[` or `]` takes it, arrows move it, Enter puts it there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from qcode.model.span import Span
from ui.screens.coding.acts import CodingActs
from ui.screens.coding.moved_ends import stepped
from ui.screens.coding.parts import Parts
from ui.screens.coding.stripes import End


class EndsByKeys(QObject):
    """While an end is taken (`is_taken`) all keys of the text go to `take_key`; what else moves the selection leaves the end as it was."""

    def __init__(self, parts: Parts, acts: CodingActs) -> None:
        super().__init__()
        self._parts, self._acts = parts, acts
        #: The coding whose end is being moved, and whether it is its start.
        self._taken: tuple[str, bool] | None = None
        #: What the coding would be now, and what it would have been before each move.
        self._span: Span | None = None
        self._before: list[Span] = []

    def take(self, *, start: bool) -> None:
        """Take one end: arrows move it by words, with Shift by letters; Enter puts it there, Esc leaves it."""
        coding = self._acts.current()
        if coding:
            self._taken = (coding.uuid, start)
            self._before.clear()
            self._select(coding.span, start)
            self._parts.text.setFocus()

    def leave(self) -> None:
        """Take no end any more; the coding stays as it was."""
        if self._taken:
            self._parts.say("")
        self._taken = None

    def step_back(self) -> bool:
        """Take the last move of the end back, or leave the end where none was made; False when no end is taken."""
        if self._taken is None:
            return False
        if self._before:
            self._select(self._before.pop(), self._taken[1])
        else:
            self.leave()
            self._parts.text.select(None)
        return True

    def follow(self) -> None:
        """The selection may be another one: by a mouse, say. Then the end is left."""
        if self._taken and self._span and self._parts.text.selection() != self._parts.text.whole(self._span):
            self.leave()

    @property
    def is_taken(self) -> bool:
        """Whether an end is being moved with the keys."""
        return self._taken is not None

    def take_key(self, event: QKeyEvent) -> None:
        """A key while an end is being moved."""
        if self._taken is None:
            return
        (uuid, start), key = self._taken, event.key()
        span = self._span
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and span:
            letters = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            by = -1 if key == Qt.Key.Key_Left else 1
            self._before.append(span)
            self._select(stepped(self._parts.text, span, End.START if start else End.END, by, letters=letters), start)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.leave()
            self._parts.text.select(None)
            if span and key != Qt.Key.Key_Escape:
                self._acts.move_ends(uuid, span.start, span.end)
        else:
            self._say()

    def _select(self, span: Span, start: bool) -> None:
        self._span = span
        self._parts.text.select(span, keep_start=not start)
        self._say()

    def _say(self) -> None:
        self._parts.say(self.tr("Arrows move the end by words, with Shift by letters. Enter keeps it, Esc does not."))
