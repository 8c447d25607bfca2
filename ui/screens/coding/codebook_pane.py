"""The right pane, above: the codebook, with how often each code stands here and everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from qcode.model.code import Code
from qcode.model.span import Span
from qcode.text.folding import fold
from qcode.views.coding_codes import CodeList
from ui.measures import BODY
from ui.screens.coding.drop_tree import DropTree
from ui.screens.coding.glyphs import paint_swatch
from ui.screens.coding.key_tree import KEY, AnyIndex, KeyTree
from ui.screens.coding.list_pane import ListPane, PaneWords
from ui.screens.coding.mime import CODE, CODING, PASSAGE
from ui.screens.coding.row_painting import RowDelegate
from ui.theme import Theme

_ALL_WIDTH = 36
_HERE_WIDTH = 26


class CodesModel(KeyTree):
    """The codes as they stand in the codebook; with words only those whose path holds them, under those above them."""

    ABOVE = KeyTree.ABOVE | Qt.ItemFlag.ItemIsDragEnabled

    def __init__(self, codes: CodeList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._codes = codes
        self._here: dict[str, int] = {}
        self.show_only("")

    def show_only(self, words: str) -> None:
        """Show the codes whose path holds every word."""
        wanted = fold(words).split()
        found = {code.uuid for code in self._codes.codes.values() if all(word in fold(code.path) for word in wanted)}
        for code in reversed(self._codes.codes.values()):
            if code.uuid in found and code.parent:
                found.add(code.parent)
        children: dict[str, list[str]] = {}
        for code in self._codes.codes.values():
            if code.uuid in found:
                children.setdefault(code.parent or "", []).append(code.uuid)
        self.fill(children)

    def set_here(self, counts: dict[str, int]) -> None:
        """Say how many codings each code has in the open source; only rows with another number are painted anew."""
        before, self._here = self._here, counts
        self.touch(code for code in {*before, *counts} if before.get(code, 0) != counts.get(code, 0))

    def code(self, key: str) -> Code | None:
        """The code of a row."""
        return self._codes.codes.get(key)

    def counts(self, key: str) -> tuple[int, int]:
        """How many codings a code has here and everywhere."""
        return self._here.get(key, 0), self._codes.counts.get(key, 0)

    def is_heading(self, key: str) -> bool:
        """Whether a code at the top only holds others together."""
        code = self.code(key)
        return bool(code and code.depth == 1 and self.rowCount(self.index_of(key)) and not self._codes.counts.get(key, 0))

    def words(self, key: str) -> str:
        """Read aloud: all that is painted, and the definition."""
        code = self.code(key)
        if code is None:
            return ""
        here, everywhere = self.counts(key)
        said = self.tr("{name}, {here} here, {all} in all").format(name=code.name, here=here, all=everywhere)
        return f"{said}. {code.definition}" if code.definition else said

    def mimeTypes(self) -> list[str]:
        """Qt: what is dropped here."""
        return [PASSAGE, CODING]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Qt: what is dragged from here."""
        data = QMimeData()
        if indexes:
            data.setData(CODE, QByteArray(str(indexes[0].data(KEY)).encode()))
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """Qt: a code stays where it is."""
        return Qt.DropAction.CopyAction


class _CodeDelegate(RowDelegate):
    def paint_row(self, painter: QPainter, row: QRectF, index: AnyIndex, selected: bool) -> None:
        model, px, theme = index.model(), self.theme.px, self.theme
        if not isinstance(model, CodesModel):
            return
        key = str(index.data(KEY))
        code = model.code(key)
        if code is None:
            return
        here, everywhere = model.counts(key)
        heading = model.is_heading(key)
        x = float(px(14 + 16 * (code.depth - 1)))
        if model.rowCount(index):
            self.arrow(painter, row, x - px(4 if code.depth == 1 else 17), index)
        if code.depth == 1:
            x += px(16)
        if not heading:
            paint_swatch(painter, theme, x, row.center().y(), code.colour)
            x += px(16)
        end = row.right() - px(10)
        if not heading:
            faint = theme.colour("text_faint")
            self.write(
                painter,
                QRectF(end - px(_ALL_WIDTH), row.top(), px(_ALL_WIDTH), row.height()),
                str(everywhere),
                faint,
                self.font(),
                right=True,
            )
            rect = QRectF(end - px(_ALL_WIDTH + _HERE_WIDTH), row.top(), px(_HERE_WIDTH), row.height())
            self.write(painter, rect, str(here or "–"), theme.colour("text") if here else faint, self.font(bool(here)), right=True)
            end -= px(_ALL_WIDTH + _HERE_WIDTH)
        self.write(painter, QRectF(x, row.top(), end - x - px(4), row.height()), code.name, theme.colour("text"), self.font(heading, BODY))


class CodebookPane(ListPane):
    """Emits `clicked(code)` for a click or Enter on a code, `passage_dropped(code, span)`, `coding_dropped(code, coding, copies)` when a
    stripe was dropped on a code, `told(str)` with what a drop will do."""

    model: CodesModel
    clicked = Signal(str)
    passage_dropped = Signal(str, object)
    coding_dropped = Signal(str, str, bool)
    told = Signal(str)

    def __init__(self, theme: Theme, codes: CodeList) -> None:
        super().__init__(theme)
        self._codes = codes
        self.model = CodesModel(codes, self)
        tr, view = self.tr, DropTree(self._offer)
        columns = (tr("here"), tr("all"))
        words = PaneWords(tr("Codebook"), tr("Filter codes"), "/", "list-tree", tr("No codes here"), tr("Clear the filter"), columns)
        self.build(words, view, _CodeDelegate(theme, view))
        view.dropped.connect(self._take)
        view.told.connect(self.told)
        self._count()

    def patch(self, touched: set[str] | None, here: dict[str, int]) -> None:
        """Show what an act did: the counts of these codes, everything for None."""
        self.model.set_here(here)
        if touched is None:
            self.filter_now()
            self._count()
        else:
            self.model.touch(touched)

    def refill(self) -> None:
        """The codes the words stand in."""
        self.model.show_only(self.field.text())

    def press(self, key: str) -> None:
        """Tells which code was clicked."""
        self.clicked.emit(key)

    def folds(self, key: str) -> bool:
        """A code that only holds others together is folded by a click."""
        return self.model.is_heading(key)

    def current(self) -> Code | None:
        """The code whose row is marked."""
        return self.model.code(self.marked())

    def place_of_new_code(self) -> str | None:
        """Below which code (a UUID) a new one is made: beside the marked one, or below it when it only holds others together."""
        code = self.current()
        if code is None:
            return None
        return code.uuid if self.model.is_heading(code.uuid) else code.parent

    def _count(self) -> None:
        self.count.setText(str(len(self._codes.codes)))

    def _offer(self, data: QMimeData, key: str, copies: bool) -> str:
        code = self.model.code(key)
        if code is None:
            return ""
        if data.hasFormat(CODING):
            words = self.tr("Drop to apply {code} here too") if copies else self.tr("Drop to give this coding the code {code}")
            return words.format(code=code.name)
        return self.tr("Drop to apply {code}").format(code=code.name) if data.hasFormat(PASSAGE) else ""

    def _take(self, data: QMimeData, key: str, copies: bool) -> None:
        if data.hasFormat(CODING):
            self.coding_dropped.emit(key, bytes(data.data(CODING).data()).decode(), copies)
        else:
            start, end = bytes(data.data(PASSAGE).data()).split()
            self.passage_dropped.emit(key, Span(int(start), int(end)))
