"""The picker: type a part of a code's name, Enter applies it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from qcode.model.code import Code
from qcode.model.paths import split_path
from ui.icons import FIELD, pixmap
from ui.screens.coding.picker_model import Kind, PickerModel
from ui.screens.coding.picker_painting import PickerDelegate
from ui.style import set_look
from ui.theme import Theme

_WIDTH = 392
_MOST_HEIGHT = 340
_DISTANCE = 8


class Picker(QFrame):
    """A popup beside a passage. Emits `picked(code, stays)`, `named(name)` for a new code, `closed()`."""

    picked = Signal(str, bool)
    named = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._passage, self._within = QRect(), QRect()
        set_look(self, "popup")
        self.setAccessibleName(self.tr("Choose a code"))
        self.model = PickerModel(self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type a code"))
        self.field.setAccessibleName(self.tr("Part of a code's name"))
        self.field.setFrame(False)
        set_look(self.field, "bare")
        self.field.setStyleSheet("border: none; background: transparent; padding: 0;")
        self.field.textChanged.connect(self._type)
        self.field.installEventFilter(self)
        self.length = QLabel()
        set_look(self.length, "faint")
        #: Said before a second code of a name is made; while it stands, Ctrl+Enter makes it.
        self._is_double_told = False
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        set_look(self.notice, "small")
        self.notice.hide()
        self.list = _OfferList()
        self.list.setAccessibleName(self.tr("Codes"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(PickerDelegate(theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(lambda index: self._take(index.row(), stays=False))
        self._build()

    def open_at(self, passage: QRect, characters: int, codes: Sequence[Code], recent: Sequence[Code], within: QRect) -> None:
        """Show it under a passage (global pixels), above it where there is no room in `within`; it never covers the passage."""
        self._passage, self._within = passage, within
        self.length.setText(self.tr("{n} characters").format(n=characters) if characters != 1 else self.tr("1 character"))
        self.model.begin(codes, recent)
        self.field.clear()
        self._hide_notice()
        self._choose(self.model.first())
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def row(self) -> int:
        """The row Enter applies."""
        return self.list.currentIndex().row()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the keys that choose before the field does."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._take_key(event):
            return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tells that it is closed."""
        super().hideEvent(event)
        self.closed.emit()

    def tell(self, words: str) -> None:
        """Say something below what is offered, until something else is typed."""
        self.notice.setText(words)
        self.notice.show()
        self._place()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _hide_notice(self) -> None:
        self._is_double_told = False
        self.notice.hide()

    def _take_key(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._choose(self.model.step(self.row(), 1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                self._name()
            else:
                self._take(self.row(), stays=False)
        elif key == Qt.Key.Key_Tab:
            self._take(self.row(), stays=True)
        elif modifiers & Qt.KeyboardModifier.AltModifier and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            code = self.model.recent(key - Qt.Key.Key_0)
            if code:
                self._pick(code, stays=False)
        else:
            return False
        return True

    def _take(self, row: int, *, stays: bool) -> None:
        if not 0 <= row < len(self.model.offers):
            return
        offer = self.model.offers[row]
        if offer.kind is Kind.NEW:
            self._name()
        elif offer.code:
            self._pick(offer.code, stays=stays)

    def _pick(self, code: Code, *, stays: bool) -> None:
        self.picked.emit(code.uuid, stays)
        if stays:
            self.field.clear()

    def _name(self) -> None:
        name = self.field.text().strip()
        there = self.model.row_named(name)
        if name and (there < 0 or self._is_double_told):
            self.named.emit(name)
        elif name:
            self._tell_of(there)

    def _tell_of(self, row: int) -> None:
        """Say that there is such a code, and have Enter use it."""
        code = self.model.offers[row].code
        above = " · ".join(split_path(code.path)[:-1]) if code else ""
        opening = self.tr("There is {code} under {above}") if above else self.tr("There is {code}")
        rest = self.tr("Enter uses it, Ctrl+Enter once more makes another.")
        self._is_double_told = True
        self.tell(f"{opening.format(code=code.name if code else '', above=above)}: {rest}")
        self._choose(row)

    def _type(self, words: str) -> None:
        self._hide_notice()
        self.model.type(words)
        self._choose(self.model.first())

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index_at(row) if row >= 0 else QModelIndex())
        # The current row is taller than the others.
        self.list.doItemsLayout()
        self.list.scrollTo(self.list.currentIndex())
        self._place()

    def _place(self) -> None:
        px = self._theme.px
        self.list.setFixedHeight(min(px(_MOST_HEIGHT), self.list.sizeHint().height()))
        self.setFixedWidth(px(_WIDTH))
        self._column.activate()
        height = self._height()
        self.resize(px(_WIDTH), height)
        below = self._passage.bottom() + px(_DISTANCE)
        y = below if below + height <= self._within.bottom() else self._passage.top() - px(_DISTANCE) - height
        if y < self._within.top():
            # Neither below nor above is enough: the side with more room, with a shorter list.
            room_below, room_above = self._within.bottom() - below, self._passage.top() - px(_DISTANCE) - self._within.top()
            too_much = height - max(room_below, room_above)
            self.list.setFixedHeight(max(px(90), self.list.height() - too_much))
            self._column.activate()
            height = self._height()
            self.resize(px(_WIDTH), height)
            y = below if room_below >= room_above else self._passage.top() - px(_DISTANCE) - height
        x = min(max(self._passage.left() + px(60), self._within.left()), self._within.right() - px(_WIDTH))
        self.move(QPoint(x, y))

    def _height(self) -> int:
        """As high as the parts need at this width; a notice is the higher the narrower."""
        column = self._column
        return column.totalHeightForWidth(self.width()) if column.hasHeightForWidth() else column.totalSizeHint().height()

    def _build(self) -> None:
        px = self._theme.px
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(px(12), px(4), px(12), px(4))
        top.setSpacing(px(8))
        self._tag = QLabel()
        self._theme.changed.connect(self._renew)
        self._renew()
        top.addWidget(self._tag)
        top.addWidget(self.field, 1)
        top.addWidget(self.length)
        column.addLayout(top)
        self.notice.setContentsMargins(px(12), 0, px(12), px(8))
        column.addWidget(self.notice)
        column.addWidget(_line())
        column.addWidget(self.list)
        column.addWidget(_line())
        column.addWidget(self._hints())

    def _renew(self) -> None:
        """The icon does not grow with the style sheet."""
        self._tag.setPixmap(pixmap(self._theme, "tag", FIELD, "accent"))

    def _hints(self) -> QWidget:
        px = self._theme.px
        foot = QFrame()
        set_look(foot, "panel")
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(12), px(5), px(8), px(5))
        row.setSpacing(px(3))
        for keys, words in (("↑ ↓", self.tr("choose")), ("Tab", self.tr("apply and add another")), ("Esc", self.tr("close"))):
            for key in keys.split():
                label = QLabel(key)
                set_look(label, "key")
                row.addWidget(label)
            label = QLabel(words)
            set_look(label, "small")
            row.addWidget(label)
            row.addSpacing(px(8))
        row.addStretch(1)
        return foot


class _OfferList(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        set_look(self, "raised")
        self.setStyleSheet("QListView { background: transparent; }")

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        model = self.model()
        rows = (self.sizeHintForIndex(model.index(row, 0)).height() for row in range(model.rowCount()))
        return QSize(80, sum(rows))


def _line() -> QFrame:
    line = QFrame()
    set_look(line, "line")
    line.setFixedHeight(1)
    return line
