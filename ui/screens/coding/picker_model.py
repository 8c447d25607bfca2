"""What the picker offers: codes that answer what was typed, a new code of that name, and the codes used last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from qcode.model.code import Code
from qcode.text.folding import fold
from qcode.text.ranking import Match, rank_names
from ui.screens.coding.key_tree import NOWHERE, AnyIndex

_MOST = 8
_RECENT_WHEN_EMPTY = 5
_RECENT_BELOW = 2


class Kind(IntEnum):
    """What a row is."""

    CODE = 0
    NEW = 1
    HEAD = 2
    RECENT = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """One row. `start` to `end` of `name` is what was typed; `key` is its shortcut in words."""

    kind: Kind
    name: str
    code: Code | None = None
    start: int = 0
    end: int = 0
    key: str = ""


class PickerModel(QAbstractListModel):
    """The rows of the picker, reckoned anew at each letter: a codebook has hundreds of codes at most."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []
        self._codes: list[Code] = []
        self._recent: list[Code] = []

    def begin(self, codes: Sequence[Code], recent: Sequence[Code]) -> None:
        """Offer from these codes; `recent` are those used last, the last one first."""
        self._codes, self._recent = list(codes), list(recent)
        self.type("")

    def type(self, words: str) -> None:
        """Offer what answers `words`."""
        self.beginResetModel()
        self.offers = self._answers(words) if words.strip() else self._beginning()
        self.endResetModel()

    def recent(self, number: int) -> Code | None:
        """The code used `number` (from 1) before."""
        return self._recent[number - 1] if 0 < number <= len(self._recent) else None

    def first(self) -> int:
        """The row Enter applies unless another is chosen."""
        return next((row for row, offer in enumerate(self.offers) if offer.kind is not Kind.HEAD), -1)

    def row_named(self, name: str) -> int:
        """The row of a code that is called this already, capitals aside; -1 for none."""
        wanted = fold(name)
        return next((row for row, offer in enumerate(self.offers) if offer.code and fold(offer.code.name) == wanted), -1)

    def step(self, row: int, by: int) -> int:
        """The row above or below that can be chosen, going round at the ends."""
        for distance in range(1, len(self.offers) + 1):
            found = (row + by * distance) % len(self.offers)
            if self.offers[found].kind is not Kind.HEAD:
                return found
        return row

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a row in words."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        offer = self.offers[index.row()]
        return offer.code.path if offer.code else offer.name

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Qt: heads cannot be chosen."""
        if index.isValid() and self.offers[index.row()].kind is Kind.HEAD:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def _answers(self, words: str) -> list[Offer]:
        ranked = rank_names(words, [code.name for code in self._codes])
        found = [Offer(Kind.CODE, self._codes[one.index].name, self._codes[one.index], one.start, one.end) for one in ranked[:_MOST]]
        exact = any(one.match is Match.EXACT for one in ranked)
        new = [] if exact else [Offer(Kind.NEW, words.strip(), key="Ctrl+↵")]
        shown = {offer.code.uuid for offer in found if offer.code}
        return [*found, *new, *self._recent_offers(_RECENT_BELOW, shown)]

    def _beginning(self) -> list[Offer]:
        recent = self._recent_offers(_RECENT_WHEN_EMPTY, set())
        head = [Offer(Kind.HEAD, self.tr("All codes"))] if recent else []
        return [*recent, *head, *(Offer(Kind.CODE, code.name, code) for code in self._codes)]

    def _recent_offers(self, most: int, shown: set[str]) -> list[Offer]:
        numbered = [(number, code) for number, code in enumerate(self._recent, 1) if code.uuid not in shown][:most]
        offers = [Offer(Kind.RECENT, code.name, code, key=f"Alt+{number}" if number < 10 else "") for number, code in numbered]
        return [Offer(Kind.HEAD, self.tr("Recent")), *offers] if offers else []

    def index_at(self, row: int) -> QModelIndex:
        """Qt's index of a row."""
        return self.index(row, 0)
