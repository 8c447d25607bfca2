"""What a field will say: the words, and a field to write others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.icons import keep_icon
from ui.measures import BODY
from ui.style import set_look
from ui.theme import Theme


class ResultBox(QFrame):
    """Shows a result on a dashed card. Emits `written(words)` when somebody wrote others, `confirmed()` when what was decided earlier
    was looked at and stays, `done()` when somebody ends writing with a key."""

    written = Signal(str)
    confirmed = Signal()
    done = Signal()

    def __init__(self, theme: Theme, can_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wording, self._asks = "", False
        self._why, self._said = QLabel(self), QLabel(self)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        set_look(self._why, "small")
        self._why.setWordWrap(True)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.pencil = QToolButton(self)
        keep_icon(theme, self.pencil, "pencil", 14)
        self.pencil.setAccessibleName(self.tr("Write your own words"))
        self.pencil.setToolTip(self.tr("Write your own words (Enter)"))
        self.pencil.clicked.connect(self.edit)
        self.pencil.setVisible(can_write)
        self.holds = QPushButton(self.tr("It still holds"), self)
        self.holds.setAccessibleName(self.tr("It still holds"))
        self.holds.setToolTip(self.tr("Keep what you decided before the values changed"))
        set_look(self.holds, "small")
        self.holds.clicked.connect(self.confirmed)
        self.holds.hide()
        self.field = _Field(self)
        self.field.setAccessibleName(self.tr("Result"))
        self.field.hide()
        self.field.left.connect(self._left)
        self.field.done.connect(self.done)
        self._lay_out()
        theme.changed.connect(self._renew)
        self._renew()

    def show_result(self, why: str, words: str, wording: str, asks: bool = False) -> None:
        """Say what the field will say, and by whose choice; `wording` is what one goes on writing from. With `asks` whether that still
        holds is asked."""
        self._wording, self._asks = wording, asks
        self._why.setText(why)
        set_look(self._why, "strong" if asks else "small")
        self.holds.setVisible(asks)
        self.update()
        self._said.setText(words)
        self._said.setAccessibleName(words)

    def edit(self) -> None:
        """Have the words written."""
        if self.pencil.isHidden():
            return
        self.field.setPlainText(self._wording)
        self._said.hide()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    @property
    def is_written_in(self) -> bool:
        """Whether somebody is writing."""
        return not self.field.isHidden()

    def keep(self) -> None:
        """Let what is being written count: something else is gone to from within the field."""
        if self.is_written_in:
            self.field.leave(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: a dashed border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.colour("panel"))
        painter.setPen(QPen(self._theme.colour("warn" if self._asks else "line_strong"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._theme.px(4), self._theme.px(4))
        painter.end()

    def _left(self, keep: bool) -> None:
        words = self.field.toPlainText()
        self.field.hide()
        self._said.show()
        if keep and (words != self._wording or self._asks):
            self.written.emit(words)

    def _lay_out(self) -> None:
        px = self._theme.px
        top = QHBoxLayout()
        top.addWidget(self._why, 1)
        top.addWidget(self.holds, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.pencil, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(5), px(6), px(8))
        column.setSpacing(px(2))
        column.addLayout(top)
        column.addWidget(self._said)
        column.addWidget(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def _renew(self) -> None:
        self.field.setFixedHeight(self._theme.px(BODY.line * 4 + 16))
        self.pencil.setMinimumSize(self._theme.px(24), self._theme.px(22))
        self.update()


class _Field(QPlainTextEdit):
    """Emits `left(keep)`: with Ctrl+Enter or another place to type what was written counts, with Esc it does not; after a key `done()`."""

    left = Signal(bool)
    done = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_look(self, "field")
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        """Qt tells: Esc and Ctrl+Enter are the field's own while it is written in."""
        own = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in own:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells: a key."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave(False)
            self.done.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.leave(True)
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt tells: the keyboard is elsewhere."""
        super().focusOutEvent(event)
        passing = event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self.isVisible() and not passing:
            self.left.emit(True)

    def leave(self, keep: bool) -> None:
        """Write no more; what was written counts with `keep`."""
        self.blockSignals(True)
        self.hide()
        self.blockSignals(False)
        self.left.emit(keep)
