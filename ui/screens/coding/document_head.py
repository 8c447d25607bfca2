"""Above the text: which source it is, what is known of it, and how far its reader is."""

from __future__ import annotations

from datetime import date
from enum import Enum

from PySide6.QtCore import QDate, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout

from qcode.model.case import AttributeType
from qcode.model.reading import ReadingStatus
from qcode.views.coding_document import CodingDocument
from ui.icons import FIELD, TOOLBAR, icon, pixmap
from ui.screens.coding.glyphs import status_icon
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.elided import Elided
from ui.widgets.key_hint import key_hint

_PERMISSION = "permission to quote"
#: Not shown: the text says its language itself, and the date its year.
_LEFT_OUT = ("language", "year", _PERMISSION)
_MOST_FACTS = 4
#: Pixels at 100 %: what the words at the left keep, what is around the buttons, and what is in the one that finishes.
_LEAST_WORDS = 150
_AROUND = 52
_INSIDE = 8
_BETWEEN = 6
_ICON_BUTTON = 38
_MOST_LABEL = 90
_QUOTES = 12
_MOST_PERMISSION = 120


class Fits(Enum):
    """What there is room for on the buttons, most first."""

    ALL = 0
    WORDS = 1
    ICONS = 2


class DocumentHead(QFrame):
    """Emits `status_chosen(status)` and `finished()`."""

    status_chosen = Signal(str)
    finished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        set_look(self, "paper")
        self.label, self.title, self.facts, self.permission = Elided(), Elided(), Elided(), Elided()
        self._quotes = QLabel()
        self.status = QToolButton()
        self._why_not = ""
        self.finish = QPushButton()
        self._finish_words, self._finish_key = QLabel(self.tr("Mark finished")), key_hint("Ctrl+D")
        self._chevron = QLabel()
        self._fits = Fits.ALL
        self._document: CodingDocument | None = None
        self._actions: dict[ReadingStatus, QAction] = {}
        self._status = ReadingStatus.UNREAD
        self._build()
        theme.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        """Sizes and colours that the window's style sheet does not know."""
        px = self._theme.px
        self.label.setStyleSheet(f"font-size: {px(15)}px;")
        self.status.setStyleSheet(f"QToolButton {{ padding-left: {px(10)}px; padding-right: {px(28)}px; }}")
        self.status.setIconSize(QSize(px(FIELD), px(FIELD)))
        self.finish.setIconSize(QSize(px(TOOLBAR), px(TOOLBAR)))
        self._chevron.setPixmap(pixmap(self._theme, "chevron-down", FIELD))
        self._keep_label_whole()
        self._show_permission(self._document)
        self.show_status(self._status)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room the key goes first, then the words of the buttons."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self._theme.px(_LEAST_WORDS)
        self._show_buttons(next((fits for fits in Fits if self._buttons_at(fits) <= room), Fits.ICONS))

    def _buttons_at(self, fits: Fits) -> int:
        """What both buttons and the margins take up."""
        px = self._theme.px
        finish = {
            Fits.ALL: self._finish_words.sizeHint().width() + self._finish_key.sizeHint().width() + px(2 * _INSIDE + _BETWEEN),
            Fits.WORDS: self._finish_words.sizeHint().width() + px(2 * _INSIDE),
            Fits.ICONS: px(_ICON_BUTTON),
        }[fits]
        # Its padding leaves room for the arrow.
        words = 0 if fits is Fits.ICONS else self.status.fontMetrics().horizontalAdvance(self.status.text())
        return finish + words + px(_AROUND + TOOLBAR + 10 + 28)

    def _show_buttons(self, fits: Fits) -> None:
        px, icons = self._theme.px, fits is Fits.ICONS
        self._finish_key.setVisible(fits is Fits.ALL)
        self._finish_words.setVisible(not icons)
        self._box.setContentsMargins(px(_INSIDE), 0, px(_INSIDE), 0)
        self._box.setSpacing(px(_BETWEEN))
        self._box.invalidate()
        self.finish.setMinimumWidth(px(_ICON_BUTTON) if icons else self._box.sizeHint().width() + px(4))
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if icons else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.status.setToolButtonStyle(style)
        if fits is not self._fits:
            self._fits = fits
            self.finish.setIcon(icon(self._theme, "circle-check") if icons else QIcon())

    def show_document(self, document: CodingDocument | None) -> None:
        """Say which source is open."""
        self._document = document
        for widget in (self.status, self.finish, self.permission, self._quotes):
            widget.setVisible(document is not None)
        self.label.setText(document.source.label if document else "")
        self._keep_label_whole()
        self.title.setText((document.source.title or document.source.name) if document else self.tr("No source is open"))
        facts = _facts(document) if document else ""
        self.facts.setText(f"{facts} ·" if facts else "")
        # Empty it would still hold its room, and the permission would stand apart from the edge.
        self.facts.setVisible(bool(facts))
        self._show_permission(document)

    @property
    def shown_status(self) -> ReadingStatus:
        """The status that is shown."""
        return self._status

    def show_status(self, status: ReadingStatus) -> None:
        """Say how far the coder is."""
        self._status = status
        self.status.setText(" " + self._actions[status].text())
        self.status.setIcon(status_icon(self._theme, status))
        for one, action in self._actions.items():
            action.setIcon(status_icon(self._theme, one))
        self.finish.setEnabled(status is not ReadingStatus.FINISHED and not self._why_not)
        self.finish.setToolTip(self._why_not or self.tr("Mark this source finished and go to the next unread one (Ctrl+D)"))
        self.status.setEnabled(not self._why_not)
        words = self.tr("Reading status: {status}").format(status=self._actions[status].text())
        self.status.setAccessibleName(words)
        self.status.setToolTip(self._why_not or words)

    def forbid(self, why_not: str) -> None:
        """Say why nothing can be marked, '' when it can."""
        self._why_not = why_not
        self.show_status(self._status)

    def _keep_label_whole(self) -> None:
        """The title gives way, not the label."""
        self.label.setMinimumWidth(min(self.label.sizeHint().width(), self._theme.px(_MOST_LABEL)))

    def _show_permission(self, document: CodingDocument | None) -> None:
        known = {name.casefold(): value for name, _, value in document.facts} if document else {}
        value = known.get(_PERMISSION, "").casefold()
        words, colour = {
            "yes": (self.tr("may be quoted"), "ok"),
            "no": (self.tr("not to be quoted"), "bad"),
        }.get(value, (self.tr("permission unknown"), "text_faint"))
        self._quotes.setPixmap(pixmap(self._theme, "quote", _QUOTES, colour))
        self.permission.setText(words)
        self.permission.setStyleSheet(f"color: {self._theme.colour(colour).name()}; font-size: {self._theme.px(12)}px;")
        self.permission.setMinimumWidth(min(self.permission.sizeHint().width(), self._theme.px(_MOST_PERMISSION)))

    def _build(self) -> None:
        px = self._theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(8), px(14), px(8))
        row.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(px(8))
        second.setSpacing(px(5))
        set_look(self.title, "screen")
        set_look(self.facts, "small")
        set_look(self.label, "muted")
        self.label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.facts.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        first.addWidget(self.label)
        first.addWidget(self.title)
        second.addWidget(self.facts)
        second.addWidget(self._quotes)
        second.addWidget(self.permission)
        second.addStretch(1)
        words.addLayout(first)
        words.addLayout(second)
        row.addLayout(words, 1)
        self._fill_menu()
        set_look(self.status, "plain")
        self.status.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.status.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        chevron = self._chevron
        chevron.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(self.status)
        inside.setContentsMargins(0, 0, px(8), 0)
        inside.addStretch(1)
        inside.addWidget(chevron)
        self.finish.setAccessibleName(self.tr("Mark finished"))
        self.finish.clicked.connect(self.finished)
        self._box = QHBoxLayout(self.finish)
        for part in (self._finish_words, self._finish_key):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._box.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.status)
        row.addWidget(self.finish)

    def _fill_menu(self) -> None:
        menu = QMenu(self.status)
        for status, words in (
            (ReadingStatus.UNREAD, self.tr("Not read")),
            (ReadingStatus.READING, self.tr("Reading")),
            (ReadingStatus.FINISHED, self.tr("Finished")),
        ):
            # Made here: Python may lose sight of an action that Qt made ('already deleted') though the menu still has it.
            action = QAction(words, menu)
            menu.addAction(action)
            action.triggered.connect(lambda _=False, one=status: self.status_chosen.emit(one.value))
            self._actions[status] = action
        self.status.setMenu(menu)
        self.show_status(self._status)


def _facts(document: CodingDocument) -> str:
    """The attributes in one line: how and when first, then what is said of the people."""
    shown = [(name, kind, value) for name, kind, value in document.facts if name.casefold() not in _LEFT_OUT]
    first = [value for name, _, value in shown if name.casefold() == "method"]
    dates = [_date(value) for _, kind, value in shown if kind is AttributeType.DATE]
    rest = [value for name, kind, value in shown if kind is AttributeType.TEXT and name.casefold() != "method"]
    opening = ", ".join([*first, *dates[:1]])
    words = [opening[:1].upper() + opening[1:], *rest][:_MOST_FACTS]
    return " · ".join(word for word in words if word)


def _date(value: str) -> str:
    found = date.fromisoformat(value)
    return QLocale().toString(QDate(found.year, found.month, found.day), "d MMM yyyy")
