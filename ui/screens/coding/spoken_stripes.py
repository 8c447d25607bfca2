"""The stripe column as a screen reader has it: a list of the codings in the order of the text, each with its words and place."""

from __future__ import annotations

from functools import cache
from typing import Any

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from ui.screens.coding.stripes import Stripes


class SpokenStripes(QAccessibleWidget):
    """Made by Qt when a screen reader asks for a column of stripes; its children are made as they are asked for."""

    def __init__(self, stripes: Stripes) -> None:
        super().__init__(stripes, QAccessible.Role.List, stripes.accessibleName())
        self._stripes = stripes
        self._children: dict[str, SpokenCoding] = {}

    def names(self) -> list[str]:
        """The codings (UUIDs) in the order of the text."""
        return [name for _, _, name in self._stripes.marks.all()]

    def childCount(self) -> int:
        """Qt: how many codings are shown."""
        return len(self.names())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Qt: one coding."""
        names = self.names()
        if not 0 <= index < len(names):
            return None
        name = names[index]
        if name not in self._children:
            self._children[name] = SpokenCoding(self, self._stripes, name)
            QAccessible.registerAccessibleInterface(self._children[name])
        return self._children[name]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Qt: which of the codings an interface is."""
        names = self.names()
        return names.index(child.name) if isinstance(child, SpokenCoding) and child.name in names else -1


class SpokenCoding(QAccessibleInterface):
    """One coding in the list; not valid any more once it is gone or another source is open."""

    def __init__(self, above: SpokenStripes, stripes: Stripes, name: str) -> None:
        super().__init__()
        self._above, self._stripes, self.name = above, stripes, name

    def isValid(self) -> bool:
        """Qt: whether the coding is still there."""
        return self._stripes.marks.coding(self.name) is not None

    def object(self) -> Any:
        """Qt: no object stands for it."""
        return None

    def parent(self) -> QAccessibleInterface:
        """Qt: the list."""
        return self._above

    def childCount(self) -> int:
        """Qt: none."""
        return 0

    def child(self, index: int) -> Any:
        """Qt: none."""
        return None

    def childAt(self, x: int, y: int) -> Any:
        """Qt: none."""
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Qt: none."""
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        """Qt: code, coder and quote; the memo is its description."""
        coding = self._stripes.marks.coding(self.name)
        if coding is None:
            return ""
        if kind is QAccessible.Text.Description:
            return coding.memo
        return self._stripes.spoken(coding) if kind is QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, words: str) -> None:
        """Qt: nothing is written this way."""

    def rect(self) -> QRect:
        """Qt: its stripe in global pixels, empty while it is out of sight."""
        return self._stripes.global_rect(self.name)

    def role(self) -> QAccessible.Role:
        """Qt: an entry of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Qt: whether it is selected, and whether it is in sight."""
        state = QAccessible.State()
        state.selectable = True
        state.selected = self._stripes.marks.selected == self.name
        state.offscreen = self.rect().isEmpty()
        return state


@cache
def have_stripes_spoken() -> None:
    """Have Qt ask here when a screen reader comes to a column of stripes."""
    QAccessible.installFactory(_speak)


def _speak(_: str, asked: QObject | None) -> QAccessibleInterface | None:
    return SpokenStripes(asked) if isinstance(asked, Stripes) else None
