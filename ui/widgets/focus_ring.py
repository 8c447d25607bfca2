"""The ring round what has the keyboard: two pixels of accent, two pixels outside, shown while keys are used."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from shiboken6 import isValid

from ui.theme import Theme

_ROUND = (QAbstractButton, QComboBox, QLineEdit)
_OUTSIDE = 4


class FocusRing(QWidget):
    """Lies over one window and follows the keyboard from button to button and field to field. Texts and lists show it themselves."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        theme.changed.connect(self.update)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays round what has the keyboard while that moves; changes nothing."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        elif event.type() is QEvent.Type.Hide or (watched is self._target and event.type() is QEvent.Type.MouseButtonPress):
            self._go(None)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("focus"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), self._theme.px(6), self._theme.px(6))

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        # A filter of all events would tell the reason, and cost every scroll step; a pressed mouse button tells enough.
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        round_it = isinstance(now, _ROUND) and not by_mouse and now.window() is self.parentWidget()
        self._go(now if round_it else None)

    def _go(self, target: QWidget | None) -> None:
        for each in filter(isValid, self._watched):
            each.removeEventFilter(self)
        self._target = target
        self._watched = _upwards(target, self.parentWidget())
        for each in self._watched:
            each.installEventFilter(self)
        self.setVisible(target is not None)
        if target is not None:
            self._place()
            self.raise_()

    def _place(self) -> None:
        window = self.parentWidget()
        if self._target is None or not isValid(self._target) or window is None:
            return
        corner = self._target.mapTo(window, QPoint(0, 0))
        self.setGeometry(QRect(corner, self._target.size()).adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE))


def _upwards(widget: QWidget | None, window: QWidget | None) -> list[QWidget]:
    """A widget and all it stands in, below the window: when one of them moves, it moves."""
    found: list[QWidget] = []
    while widget is not None and widget is not window:
        found.append(widget)
        widget = widget.parentWidget()
    return found
