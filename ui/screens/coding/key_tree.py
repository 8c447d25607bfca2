"""A tree of keys as Qt's views see it: what the sources pane and the codebook pane have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

AnyIndex = QModelIndex | QPersistentModelIndex
KEY = Qt.ItemDataRole.UserRole
NOWHERE = QModelIndex()
_FEW = 8


@dataclass(slots=True)
class _Node:
    key: str
    row: int
    parent: int
    children: list[int] = field(default_factory=list)


class KeyTree(QAbstractItemModel):
    """One column; each row is named by a key. Subclasses say in `words` what a screen reader reads of it.

    `ROW` and `ABOVE` are the flags of rows without and with rows below them.
    """

    ABOVE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
    ROW = ABOVE | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes = [_Node("", 0, -1)]
        self._ids: dict[str, int] = {}

    def fill(self, children: Mapping[str, Sequence[str]]) -> None:
        """Show another tree: for each key ('' for the top) those below it, in order."""
        self.beginResetModel()
        self._nodes = [_Node("", 0, -1)]
        self._ids = {"": 0}
        waiting = [0]
        while waiting:
            above = waiting.pop()
            for row, key in enumerate(children.get(self._nodes[above].key, ())):
                number = len(self._nodes)
                self._nodes.append(_Node(key, row, above))
                self._nodes[above].children.append(number)
                self._ids[key] = number
                waiting.append(number)
        self.endResetModel()

    def touch(self, keys: Iterable[str]) -> None:
        """What is shown of these is another: have just their rows painted anew."""
        touched = [index for key in keys if (index := self.index_of(key)).isValid()]
        if len(touched) > _FEW:
            # A range of rows has a view paint itself once.
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
        else:
            for index in touched:
                self.dataChanged.emit(index, index)

    def words(self, key: str) -> str:
        """What is read aloud of a row."""
        return key

    def index_of(self, key: str) -> QModelIndex:
        """Where a key stands; an invalid index where it does not."""
        number = self._ids.get(key, 0)
        return self.createIndex(self._nodes[number].row, 0, number) if number else QModelIndex()

    def all_keys(self) -> list[str]:
        """All keys, each before those below it."""
        return [node.key for node in self._nodes[1:]]

    def keys_above(self) -> list[str]:
        """The keys that have others below them."""
        return [node.key for node in self._nodes[1:] if node.children]

    def keys_below(self, key: str) -> list[str]:
        """The keys that stand directly below a key ('' for the top), in order."""
        number = self._ids.get(key)
        return [] if number is None else [self._nodes[below].key for below in self._nodes[number].children]

    def index(self, row: int, column: int, parent: AnyIndex = NOWHERE) -> QModelIndex:
        """Qt: the index of a row below another."""
        children = self._node(parent).children
        return self.createIndex(row, column, children[row]) if column == 0 and 0 <= row < len(children) else QModelIndex()

    def parent(self, index: AnyIndex = NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Qt: the index above another."""
        above = self._node(index).parent
        return self.createIndex(self._nodes[above].row, 0, above) if above > 0 else QModelIndex()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Qt: how many stand below."""
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Qt: one."""
        return 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Qt: what can be done with a row, which it asks for every row whenever it lays them out."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return self.ABOVE if self._node(index).children else self.ROW

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: the key, and the words for people."""
        if not index.isValid():
            return None
        key = self._node(index).key
        if role == KEY:
            return key
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(key)
        return None

    def _node(self, index: AnyIndex) -> _Node:
        return self._nodes[index.internalId() if index.isValid() else 0]
