"""What stands in the toolbar over the coding screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ui.actions import Action
from ui.icons import keep_icon
from ui.screens.coding.chip import GAP
from ui.style import segments, set_look
from ui.theme import Theme
from ui.widgets.key_hint import key_hint


class Shows(IntEnum):
    """Which codings are shown."""

    ALL = 0
    BRANCH = 1
    MINE = 2


class CodingToolbar(QWidget):
    """Emits `shows(Shows)` when other codings are to be shown."""

    shows = Signal(object)

    def __init__(self, theme: Theme, actions: Mapping[str, Action], do: Callable[[Action], None]) -> None:
        super().__init__()
        self._theme, self._do = theme, do
        self._buttons: list[tuple[QToolButton, Action]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        for name in ("coding.apply", "coding.repeat", "coding.memo"):
            row.addWidget(self._button(actions[name], framed=name == "coding.apply"))
        row.addStretch(1)
        self._label = QLabel(self.tr("Stripes"))
        set_look(self._label, "faint")
        row.addWidget(self._label)
        self._group = QButtonGroup(self)
        row.addWidget(self._segments())
        row.addSpacing(theme.px(6))
        row.addWidget(self._button(actions["coding.find"]))
        self.renew()

    @property
    def shown(self) -> Shows:
        """Which codings are shown now."""
        return Shows(max(0, self._group.checkedId()))

    def show_all(self) -> None:
        """Have all codings shown."""
        self._group.button(Shows.ALL).click()

    def renew(self) -> None:
        """Say of each button whether it can be used now, and what is missing if not."""
        for button, action in self._buttons:
            missing = action.why_not()
            if button.isEnabled() == bool(missing):
                button.setEnabled(not missing)
            button.setToolTip(missing or f"{action.tip or action.title} ({action.keys[0]})")

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone where words have no room; tooltips and names stay."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button, _ in self._buttons:
            button.setToolButtonStyle(style)
            hint = button.findChild(QWidget)
            if isinstance(hint, QWidget):
                hint.setHidden(narrow)
            button.setStyleSheet("" if narrow else str(button.property("padded")))
        self._label.setHidden(narrow)

    def _button(self, action: Action, *, framed: bool = False) -> QToolButton:
        button = QToolButton()
        set_look(button, "plain" if framed else "tool")
        button.setText(GAP + action.title.rstrip("…"))
        button.setAccessibleName(action.title.rstrip("…"))
        button.setAccessibleDescription(action.tip)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        keep_icon(self._theme, button, action.icon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._do(action))
        _add_key(button, action.keys[0], self._theme.px(8))
        self._buttons.append((button, action))
        return button

    def _segments(self) -> QWidget:
        buttons = []
        for shows, words in ((Shows.ALL, self.tr("All")), (Shows.BRANCH, self.tr("This branch")), (Shows.MINE, self.tr("Mine"))):
            button = QToolButton()
            button.setText(words)
            button.setAccessibleName(words)
            self._group.addButton(button, shows)
            buttons.append(button)
        frame = segments(buttons, self.tr("Which codings are shown"))
        buttons[0].setChecked(True)
        self._group.idClicked.connect(lambda number: self.shows.emit(Shows(number)))
        return frame


def _add_key(button: QToolButton, keys: str, margin: int) -> None:
    """Draw the key at the button's end; the button keeps room for it."""
    hint = key_hint(keys)
    hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    row = QHBoxLayout(button)
    row.setContentsMargins(0, 0, margin, 0)
    row.addStretch(1)
    row.addWidget(hint, 0, Qt.AlignmentFlag.AlignVCenter)
    # Qt lays out icon and words; the key stands in the padding after them.
    padded = f"QToolButton {{ padding-left: {margin}px; padding-right: {hint.sizeHint().width() + margin + 6}px; }}"
    button.setProperty("padded", padded)
    button.setStyleSheet(padded)
