"""The toolbar of a screen: its title, what it chooses by, Undo and Redo, and its one main action."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.icons import keep_icon
from ui.measures import SCREEN_TOOLBAR
from ui.style import set_look
from ui.theme import Theme


class ScreenBar(QFrame):
    """Stands over the screen that is shown; each screen's own widgets come and go with it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        set_look(self, "head")
        self.setAccessibleName(self.tr("Toolbar"))
        self._row = QHBoxLayout(self)
        self._title = QLabel()
        set_look(self._title, "screen")
        self._row.addWidget(self._title)
        self._middle = QHBoxLayout()
        self._row.addLayout(self._middle, 1)
        self._right = QHBoxLayout()
        self._row.addLayout(self._right)
        self._shown = ""
        self._boxes: dict[str, QWidget] = {}
        self._mains: dict[str, QPushButton] = {}
        self._steps: list[tuple[QToolButton, QAction]] = []
        self._held = ""
        theme.changed.connect(self._renew)
        self._renew()

    def add_step(self, action: QAction, icon: str) -> None:
        """A button that every screen has, such as Undo; it shows only its icon."""
        button = QToolButton()
        button.setProperty("look", "tool")
        keep_icon(self._theme, button, icon)
        button.clicked.connect(action.trigger)
        self._steps.append((button, action))
        action.changed.connect(lambda: self._name(button, action))
        self._name(button, action)
        self._right.addWidget(button)

    def hold_steps(self, reason: str) -> None:
        """Have the buttons that every screen has stand grey and say why; '' has them work."""
        self._held = reason
        for button, action in self._steps:
            self._name(button, action)

    def add_screen(self, name: str, widgets: Sequence[QWidget], main: QAction | None, icon: str = "") -> None:
        """Take in what a screen wants in its toolbar, once."""
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(6))
        for widget in widgets:
            row.addWidget(widget)
        if QSizePolicy.Policy.Expanding not in [widget.sizePolicy().horizontalPolicy() for widget in widgets]:
            row.addStretch(1)
        self._boxes[name] = box
        self._middle.addWidget(box)
        # Qt puts what comes from elsewhere at the end of the round, where Tab may never get to.
        before: QWidget = self._steps[-1][0] if self._steps else self
        for each in box.findChildren(QToolButton):
            QWidget.setTabOrder(before, each)
            before = each
        if main is not None:
            self._add_main(name, main, icon)

    def rename_screen(self, name: str, title: str) -> None:
        """Call a screen otherwise, if it is the one that is shown."""
        if name == self._shown:
            self._title.setText(title)

    def show_screen(self, name: str, title: str) -> None:
        """Show one screen's part."""
        self._shown = name
        self._title.setText(title)
        for other, box in self._boxes.items():
            box.setVisible(other == name)
        for other, button in self._mains.items():
            button.setVisible(other == name)

    def clear(self) -> None:
        """Forget all screens."""
        for widget in (*self._boxes.values(), *self._mains.values()):
            widget.setParent(None)
            widget.deleteLater()
        self._boxes.clear()
        self._mains.clear()

    def _add_main(self, name: str, action: QAction, icon: str) -> None:
        # Qt has no word for the gap between icon and text.
        button = QPushButton(f" {action.text()}" if icon else action.text())
        button.setAccessibleName(action.text())
        button.setToolTip(action.toolTip())
        set_look(button, "primary")
        if icon:
            keep_icon(self._theme, button, icon, 16, "accent_ink", "accent_ink")
        button.clicked.connect(action.trigger)
        self._mains[name] = button
        self._right.addWidget(button)

    def _name(self, button: QToolButton, action: QAction) -> None:
        button.setEnabled(not self._held)
        button.setAccessibleName(action.text())
        button.setToolTip(self._held or action.toolTip())

    def _renew(self) -> None:
        px = self._theme.px
        self.setMinimumHeight(px(SCREEN_TOOLBAR))
        self._row.setContentsMargins(px(12), px(4), px(12), px(4))
        self._row.setSpacing(px(14))
        self._middle.setSpacing(0)
        self._right.setSpacing(px(6))
