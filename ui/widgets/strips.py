"""Messages under the screen's toolbar: they cover nothing and stay until they are dismissed or solved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.icons import keep_icon, pixmap
from ui.style import set_look
from ui.theme import Theme

ICONS = {"warn": "lock", "ok": "check", "bad": "triangle-alert", "info": "info"}


@dataclass(frozen=True, slots=True)
class Message:
    """What a strip says. `kind` is 'warn', 'ok', 'bad' or 'info'; `lead` one or two words in bold; `button` a verb, which `act` does.

    A message takes the place of the one with the same `key`; it goes away when its button was used, unless `stays`.
    """

    kind: str
    lead: str
    text: str
    button: str = ""
    act: Callable[[], None] | None = None
    key: str = ""
    icon: str = ""
    stays: bool = False
    lasting: bool = False


class Strips(QWidget):
    """The messages that are shown, one below the other, the newest on top."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(self.tr("Messages"))
        self.hide()

    def messages(self) -> list[Message]:
        """What is shown, from the top."""
        return [strip.message for strip in self._strips()]

    def show_message(self, message: Message) -> None:
        """Show a message; a screen reader says it."""
        if message.key or message.lead:
            self.drop(message.key or message.lead)
        strip = _Strip(message, self._theme, self)
        self._column.insertWidget(0, strip)
        self.show()
        event = QAccessibleEvent(strip, QAccessible.Event.Alert)
        QAccessible.updateAccessibility(event)

    def drop(self, key: str) -> None:
        """Take the message with that key (or lead) away, if it is shown."""
        for strip in self._strips():
            if (strip.message.key or strip.message.lead) == key:
                self.remove(strip)

    def clear(self) -> None:
        """Take everything away."""
        for strip in self._strips():
            self.remove(strip)

    def remove(self, strip: _Strip) -> None:
        """Take one strip away."""
        self._column.removeWidget(strip)
        strip.hide()
        strip.setParent(None)
        strip.deleteLater()
        self.setVisible(self._column.count() > 0)

    def _strips(self) -> list[_Strip]:
        items = (self._column.itemAt(index) for index in range(self._column.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), _Strip)]


class _Strip(QFrame):
    def __init__(self, message: Message, theme: Theme, strips: Strips) -> None:
        super().__init__()
        self.message, self._theme, self._strips = message, theme, strips
        set_look(self, message.kind)
        self.setAccessibleName(f"{message.lead}. {message.text}")
        row = QHBoxLayout(self)
        self._row = row
        self._icon = QLabel()
        words = QLabel(f"<b>{_escaped(message.lead)}.</b> {_escaped(message.text)}" if message.lead else _escaped(message.text))
        words.setWordWrap(True)
        words.setAccessibleName(f"{message.lead}. {message.text}")
        row.addWidget(self._icon)
        row.addWidget(words, 1)
        if message.button:
            button = QPushButton(message.button)
            set_look(button, "small")
            button.setAccessibleName(message.button)
            button.clicked.connect(self._do)
            row.addWidget(button)
        if not message.lasting:
            row.addWidget(self._dismiss_button())
        theme.changed.connect(self._renew)
        self._renew()

    def _dismiss_button(self) -> QToolButton:
        button = QToolButton()
        keep_icon(self._theme, button, "x", 14)
        button.setAccessibleName(self.tr("Dismiss this message"))
        button.setToolTip(self.tr("Dismiss this message"))
        button.clicked.connect(self._dismiss)
        return button

    def _renew(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(12), px(5), px(8), px(5))
        self._row.setSpacing(px(8))
        kind = self.message.kind
        role = "accent" if kind == "info" else kind
        self._icon.setPixmap(pixmap(self._theme, self.message.icon or ICONS[kind], 16, role))
        self.setMinimumHeight(px(36))

    def _dismiss(self) -> None:
        self._strips.remove(self)

    def _do(self) -> None:
        act = self.message.act
        if not self.message.stays:
            self._strips.remove(self)
        if act:
            act()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
