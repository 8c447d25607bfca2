"""The field a summary is written in: '#' offers the quotes of the cell, a quote dropped on it becomes a chip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QListView, QPlainTextEdit, QWidget

from qcode.text.chips import chip, pieces_of
from qcode.views.matrix_cell import CellQuote
from ui.measures import SHORT_ID
from ui.screens.matrix.quotes import SHORT_IDS
from ui.style import set_look
from ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
Key = Qt.Key
_ENTER = (Key.Key_Return, Key.Key_Enter)
_MOST_OFFERED = 50
_ROWS_SHOWN = 6
_WORDS_SHOWN = 160


class SummaryEdit(QPlainTextEdit):
    """Emits `kept()` for Ctrl+Enter, `put_away()` for Esc, and `left()` when the keyboard goes elsewhere in the window."""

    kept = Signal()
    put_away = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_look(self, "field")
        self.setTabChangesFocus(True)
        self._quotes: tuple[CellQuote, ...] = ()
        self.offered = OfferedQuotes(theme, self)
        self._chips = _Chips(theme, self.document())
        self.textChanged.connect(self._offer)
        self.cursorPositionChanged.connect(self._offer)

    def offer_from(self, quotes: Sequence[CellQuote]) -> None:
        """Have '#' offer these quotes."""
        self._quotes = tuple(quotes)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Qt asks: quotes, and text without looks."""
        return source.hasFormat(SHORT_IDS) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt tells: something was dropped or pasted at the caret; quotes become chips."""
        if not source.hasFormat(SHORT_IDS):
            super().insertFromMimeData(source)
            return
        ids = bytes(source.data(SHORT_IDS).data()).decode().split()
        self._insert(" ".join(chip(one) for one in ids))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells: what is offered is gone through with the arrows and taken with Enter or Tab; Esc first puts the offer away."""
        if self.offered.isVisible() and self._goes_to_the_offer(event):
            return
        if event.key() == Key.Key_Escape:
            self.put_away.emit()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.kept.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt asks: Tab leads out of the field, but takes what is offered."""
        return not self.offered.isVisible() and super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt tells: the keyboard goes elsewhere; not for a menu of the field's own, nor because another window is in front."""
        super().focusOutEvent(event)
        self.offered.hide()
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def take_offered(self, index: AnyIndex) -> None:
        """Put the chip of an offered quote in the place of '#' and what was typed after it."""
        one = self.offered.quotes.quote(index)
        cursor = self.textCursor()
        cursor.setPosition(cursor.position() - len(self._typed().encode("utf-16-le")) // 2, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._insert(chip(one.quote.id))
        self.offered.hide()

    def _insert(self, words: str) -> None:
        cursor = self.textCursor()
        before = cursor.block().text().encode("utf-16-le")[: 2 * (cursor.selectionStart() - cursor.block().position())].decode("utf-16-le")
        cursor.insertText(words if not before or before[-1].isspace() else f" {words}")

    def _typed(self) -> str:
        """The '#' before the caret with what follows it; '' where there is none."""
        cursor = self.textCursor()
        before = cursor.block().text().encode("utf-16-le")[: 2 * cursor.positionInBlock()].decode("utf-16-le")
        at = before.rfind("#")
        return "" if at < 0 or before[at - 1 : at] == "[" or any(letter.isspace() for letter in before[at:]) else before[at:]

    def _offer(self) -> None:
        typed = self._typed()
        if not typed or not self.hasFocus() or self.isReadOnly():
            self.offered.hide()
            return
        wanted = typed[1:].casefold()
        found = [one for one in self._quotes if wanted in one.quote.id.casefold() or wanted in one.quote.quote.casefold()]
        self.offered.offer(found[:_MOST_OFFERED], self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))

    def _goes_to_the_offer(self, event: QKeyEvent) -> bool:
        key, at = event.key(), self.offered.currentIndex()
        if key in (Key.Key_Up, Key.Key_Down):
            step = 1 if key == Key.Key_Down else -1
            count = self.offered.quotes.rowCount()
            self.offered.setCurrentIndex(self.offered.quotes.index((at.row() + step) % count, 0))
        elif key in (*_ENTER, Key.Key_Tab) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.take_offered(at)
        elif key == Key.Key_Escape:
            self.offered.hide()
        else:
            return False
        return True


class OfferedQuotes(QListView):
    """What '#' offers, below the caret; the keyboard stays in the field."""

    def __init__(self, theme: Theme, field: SummaryEdit) -> None:
        super().__init__(field)
        self._theme, self._field = theme, field
        self.quotes = _OfferedModel(self)
        self.setModel(self.quotes)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.Box)
        set_look(self, "popup")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.setAccessibleName(self.tr("Quotes to name"))
        self.clicked.connect(field.take_offered)
        self.hide()

    def offer(self, quotes: Sequence[CellQuote], corner: QPoint) -> None:
        """Offer these, under `corner` (on the screen) or above its line where there is no room; nothing is shown without any."""
        self.quotes.show_quotes(quotes)
        if not quotes:
            self.hide()
            return
        self.setCurrentIndex(self.quotes.index(0, 0))
        # In the window, not in the field, whose edges would cut it.
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        px, field = self._theme.px, self._field
        height = self.sizeHintForRow(0) * min(len(quotes), _ROWS_SHOWN) + px(4)
        left = window.mapFromGlobal(field.mapToGlobal(QPoint(0, 0))).x()
        top = window.mapFromGlobal(corner).y() + px(2)
        if top + height > window.height():
            top -= height + field.fontMetrics().lineSpacing() + px(4)
        self.setGeometry(left, top, field.width(), height)
        self.show()
        self.raise_()


class _OfferedModel(QAbstractListModel):
    """Short ID and first words of each quote."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._quotes: tuple[CellQuote, ...] = ()

    def show_quotes(self, quotes: Sequence[CellQuote]) -> None:
        self.beginResetModel()
        self._quotes = tuple(quotes)
        self.endResetModel()

    def quote(self, index: AnyIndex) -> CellQuote:
        return self._quotes[index.row()]

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._quotes)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        quote = self.quote(index).quote
        return f"{quote.id}  {' '.join(quote.quote[:_WORDS_SHOWN].split())}"


class _Chips(QSyntaxHighlighter):
    """Puts each chip on a ground of its own, in the letters of IDs."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        """Qt asks: one paragraph."""
        look = QTextCharFormat()
        look.setFont(self._theme.font(SHORT_ID))
        look.setForeground(self._theme.colour("text_muted"))
        look.setBackground(self._theme.colour("hover"))
        at = 0
        for words, name in pieces_of(text):
            length = len(words.encode("utf-16-le")) // 2
            if name:
                self.setFormat(at, length, look)
            at += length
