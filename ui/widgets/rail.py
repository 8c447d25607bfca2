"""The rail: one button for each screen, icon over word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolBar, QToolButton, QWidget

from ui.icons import RAIL as ICON_SIZE
from ui.icons import keep_icon
from ui.measures import LABEL, RAIL, RAIL_BUTTON
from ui.style import set_look
from ui.theme import Theme

#: From here on the badge says only that it is more.
_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One screen of the rail; `key` is its shortcut as Qt writes it. `group` parts them by a line."""

    id: str
    title: str
    icon: str
    key: str = ""
    group: int = 0


class Rail(QToolBar):
    """Emits `chosen(id)` when a screen is asked for."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setWindowTitle(self.tr("Screens"))
        self.setAccessibleName(self.tr("Screens"))
        self.setOrientation(Qt.Orientation.Vertical)
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        theme.changed.connect(self._renew)

    def fill(self, entries: Sequence[RailEntry]) -> None:
        """Show these screens, in this order."""
        self._empty()
        self._add_gap(6)
        before = entries[0].group if entries else 0
        for entry in entries:
            if entry.group != before:
                self._add_line()
            before = entry.group
            self._add(entry)
        self._renew()

    def show_current(self, screen: str) -> None:
        """Mark the screen that is shown."""
        if screen in self._buttons:
            self._buttons[screen].setChecked(True)
            self.update()

    def show_badge(self, screen: str, count: int) -> None:
        """Say how much waits on a screen; 0 for nothing."""
        if screen in self._buttons:
            self._buttons[screen].show_badge(count)

    def sizeHint(self) -> QSize:
        """As wide as a rail is; Qt's layout of toolbars forgets a fixed width when it is shown."""
        return QSize(self._theme.px(RAIL), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The same width."""
        return QSize(self._theme.px(RAIL), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """An accent bar at the window's edge beside the screen that is shown."""
        super().paintEvent(event)
        shown = self._group.checkedButton()
        if shown is not None:
            bar = QRect(0, shown.y() + self._theme.px(8), self._theme.px(3), shown.height() - self._theme.px(16))
            QPainter(self).fillRect(bar, self._theme.colour("accent"))

    def _empty(self) -> None:
        # A toolbar that is cleared keeps what stood in it as long as it lives.
        for held in self.actions():
            widget = self.widgetForAction(held)
            self.removeAction(held)
            held.deleteLater()
            widget.deleteLater()
        self._buttons.clear()

    def _add(self, entry: RailEntry) -> None:
        button = RailButton(self._theme)
        button.setText(entry.title)
        button.setAccessibleName(entry.title)
        button.setToolTip(f"{entry.title} ({entry.key})" if entry.key else entry.title)
        keep_icon(self._theme, button, entry.icon, ICON_SIZE)
        button.clicked.connect(lambda _=False, screen=entry.id: self.chosen.emit(screen))
        self._group.addButton(button)
        self._buttons[entry.id] = button
        self.addWidget(button)

    def _add_gap(self, height: int) -> None:
        gap = QWidget()
        gap.setFixedHeight(self._theme.px(height))
        self.addWidget(gap)

    def _add_line(self) -> None:
        line = _Line(self._theme)
        self.addWidget(line)

    def _renew(self) -> None:
        side = self._theme.px(ICON_SIZE)
        self.setFixedWidth(self._theme.px(RAIL))
        self.setIconSize(QSize(side, side))
        for button in self._buttons.values():
            button.setFixedWidth(self._theme.px(RAIL_BUTTON[0]))
            button.setMinimumHeight(self._theme.px(RAIL_BUTTON[1]))


class RailButton(QToolButton):
    """A checkable button, icon over word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._badge = 0
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_look(self, "rail")

    def show_badge(self, count: int) -> None:
        """Show a number at the icon, none for 0."""
        self._badge = count
        self.setAccessibleName(self.tr("{0}, {1} waiting").format(self.text(), count) if count else self.text())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and the number over its corner."""
        super().paintEvent(event)
        if not self._badge:
            return
        words, font = str(self._badge) if self._badge < _MOST_SHOWN else f"{_MOST_SHOWN - 1}+", self._theme.font(LABEL)
        side = self._theme.px(17)
        width = max(side, round(QFontMetricsF(font).horizontalAdvance(words)) + self._theme.px(8))
        place = QRectF(min(self.width() / 2 + self._theme.px(16), self.width() - width), self._theme.px(2), width, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(place, side / 2, side / 2)
        painter.setFont(font)
        painter.setPen(self._theme.colour("accent_ink"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter.value, words)
        painter.end()

    def sizeHint(self) -> QSize:
        """As wide as the rail lets it be."""
        return QSize(self._theme.px(RAIL_BUTTON[0]), max(self._theme.px(RAIL_BUTTON[1]), super().sizeHint().height()))


class _Line(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self) -> QSize:
        """Room for a line."""
        return QSize(self._theme.px(RAIL_BUTTON[0]), self._theme.px(13))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line across, short of the edges."""
        middle = self.height() // 2
        inset = self._theme.px(14)
        QPainter(self).fillRect(QRect(inset, middle, self.width() - 2 * inset, 1), self._theme.colour("line_strong"))
