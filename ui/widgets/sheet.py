"""A sheet: a card over the window's content, for what has to be settled before going on. No window of its own, so nothing floats."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenuBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.style import set_look
from ui.theme import Theme


class Sheet(QFrame):
    """Base of all sheets: a title, a sentence, a body, and buttons, the main one last. Emits `closed()` when it is through."""

    closed = Signal()
    width_wanted = 560

    def __init__(self, theme: Theme, title: str, text: str = "") -> None:
        super().__init__()
        self.theme = theme
        set_look(self, "popup")
        self.setAccessibleName(title)
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        self.heading = QLabel(title)
        set_look(self.heading, "screen")
        self.explanation = QLabel(text)
        set_look(self.explanation, "muted")
        self.explanation.setWordWrap(True)
        # Never shown here: without a parent yet it would be a window of its own for a moment, and take the keyboard.
        if not text:
            self.explanation.hide()
        self.problem = QLabel()
        set_look(self.problem, "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(px(8))
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(8))
        self.buttons.addStretch(1)
        column.addWidget(self.heading)
        column.addWidget(self.explanation)
        column.addLayout(self.body, 1)
        column.addWidget(self.problem)
        column.addSpacing(px(4))
        column.addLayout(self.buttons)

    def add_button(self, text: str, look: str = "plain") -> QPushButton:
        """One more button at the bottom right; 'primary' is what Enter does."""
        button = QPushButton(text)
        set_look(button, look)
        button.setAccessibleName(text)
        button.setDefault(look == "primary")
        self.buttons.addWidget(button)
        return button

    def refuse(self, sentence: str) -> None:
        """Say above the buttons why what was wanted cannot be done, with all that was written left as it is."""
        self.problem.setText(sentence)
        self.problem.setAccessibleName(sentence)
        self.problem.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self.problem, QAccessible.Event.Alert))
        first = self.first_focus()
        if first is not None:
            first.setFocus()

    def leave(self) -> None:
        """Close without doing anything; Esc does this."""
        self.closed.emit()

    def first_focus(self) -> QWidget | None:
        """Where the keyboard is when the sheet comes up."""
        return None


class SheetHost(QWidget):
    """Holds the one sheet that is up, over everything but the menus. The keyboard stays inside until it is closed."""

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over)
        self._theme = theme
        self._sheet: Sheet | None = None
        self._before: QWidget | None = None
        self.setAccessibleName(self.tr("Sheet"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 24, 24, 24)
        over.installEventFilter(self)
        # After the menu bar has taken its new height.
        theme.changed.connect(self._cover, Qt.ConnectionType.QueuedConnection)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._hold)
        self.hide()

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that is up."""
        return self._sheet

    def show_sheet(self, sheet: Sheet) -> None:
        """Put a sheet up in place of the one there was."""
        self.close_sheet()
        self._before = QApplication.focusWidget()
        self._sheet = sheet
        sheet.setMaximumWidth(self._theme.px(sheet.width_wanted))
        sheet.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._row.addWidget(sheet, 1, Qt.AlignmentFlag.AlignVCenter)
        sheet.closed.connect(self.close_sheet)
        self._cover()
        self.show()
        self.raise_()
        first = sheet.first_focus() or self._inside()[0]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def close_sheet(self) -> None:
        """Take the sheet down; the keyboard goes back to where it was."""
        if self._sheet is None:
            return
        sheet, self._sheet = self._sheet, None
        self._row.removeWidget(sheet)
        sheet.hide()
        sheet.setParent(None)
        sheet.deleteLater()
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        self._before = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """What lies below, dimmed."""
        shade = QColor("black")
        shade.setAlphaF(0.5 if self._theme.name == "dark" else 0.28)
        QPainter(self).fillRect(self.rect(), shade)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the sheet; no key goes through to what lies below."""
        if event.key() == Qt.Key.Key_Escape and self._sheet:
            self._sheet.leave()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Qt asks: Esc is for the sheet, though the screen below may have an action of that key."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside the sheet."""
        inside = self._inside()
        now = QApplication.focusWidget()
        place = inside.index(now) if now in inside else -1
        step = 1 if forward else -1
        inside[(place + step) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays as large as what it covers."""
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def _hold(self, _: QWidget | None, now: QWidget | None) -> None:
        """Take the keyboard back when something below the sheet took it."""
        if self._sheet is None or now is None or now.window() is not self.window() or isinstance(now, QMenuBar):
            return
        if not self.isAncestorOf(now):
            (self._sheet.first_focus() or self._inside()[0]).setFocus()

    def _cover(self) -> None:
        over = self.parentWidget()
        if over:
            top = over.menuBar().height() if isinstance(over, QMainWindow) and not over.menuBar().isNativeMenuBar() else 0
            self.setGeometry(over.rect().adjusted(0, top, 0, 0))

    def _inside(self) -> list[QWidget]:
        """What Tab reaches in the sheet, in Qt's order."""
        found: list[QWidget] = []
        start: QWidget = self._sheet or self
        each = start.nextInFocusChain()
        while each is not None and each is not start:
            # What hands the keyboard on, as the field in a box of choices does, would hold Tab for ever.
            takes = each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None
            if takes and start.isAncestorOf(each) and each.isVisibleTo(start) and each.isEnabled():
                found.append(each)
            each = each.nextInFocusChain()
        return found or [start]


class Question(Sheet):
    """Asks before something that Undo could not bring back: says what will happen, and has a verb for each way. Emits `chosen(verb)`."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, title: str, text: str, verbs: list[str]) -> None:
        super().__init__(theme, title, text)
        self._last = None
        for verb in verbs:
            button = self.add_button(verb, "primary" if verb is verbs[-1] else "plain")
            button.clicked.connect(lambda _=False, verb=verb: self._choose(verb))
            self._last = button

    def first_focus(self) -> QWidget | None:
        """The last verb, which changes nothing."""
        return self._last

    def _choose(self, verb: str) -> None:
        self.closed.emit()
        self.chosen.emit(verb)
