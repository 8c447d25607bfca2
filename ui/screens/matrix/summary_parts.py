"""Parts of the cell's summary: its text with chips, how far it is, why it is out of date, and a button that shows its key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QPushButton, QSizePolicy, QTextBrowser, QWidget

from qcode.synthesis.summaries import Why
from qcode.text.chips import pieces_of
from qcode.views.summaries import CellSummary
from ui.icons import paint_icon, pixmap
from ui.measures import LABEL, SHORT_ID
from ui.painting import chip, line_of_text
from ui.style import set_look
from ui.theme import FAMILIES, Theme
from ui.widgets.key_hint import key_hint

#: The text is shown up to this height and scrolled beyond it; it may be squeezed to the least one.
_MOST, _LEAST = 156, 46
_MOST_REASONS = 5
_NAMED = re.compile(r"#([A-Z0-9-]+)")
_ICONS = {Why.NEW: ("plus", "ok"), Why.REMOVED: ("minus", "bad"), Why.UNKNOWN: ("circle-help", "warn")}


class SummaryText(QTextBrowser):
    """Shows words with chips. Emits `chosen(coding)` for the chip that was clicked, `entered(coding)` for Enter on one."""

    chosen = Signal(str)
    entered = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._summary: CellSummary | None = None
        self.setOpenLinks(False)
        set_look(self, "field")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.anchorClicked.connect(lambda url: self.chosen.emit(url.path()))

    def show_summary(self, summary: CellSummary, words: str) -> None:
        """Show `words`, in which chips lead to the codings that the summary names."""
        self._summary = summary
        codings = {one.short_id: one for one in summary.chips}
        parts = []
        for piece, name in pieces_of(words):
            known = codings.get(name)
            if known is None:
                parts.append(escape(piece).replace("\n", "<br>"))
            else:
                parts.append(f'<a href="{known.coding}" style="{chip_look(self._theme, gone=not known.is_there)}">{_chip_words(name)}</a>')
        self.setHtml(f"<div style='line-height:135%'>{''.join(parts)}</div>")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Qt asks: as high as its words, up to a limit."""
        px, document = self._theme.px, self.document()
        height = round(document.size().height()) + px(12)
        return QSize(px(200), min(max(height, px(_LEAST)), px(_MOST)))

    def minimumSizeHint(self) -> QSize:
        """Qt asks: where there is little room it is scrolled."""
        return QSize(self._theme.px(80), self._theme.px(_LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: another width wraps otherwise."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells: Enter on a chip opens the place of its quote."""
        link = self.textCursor().charFormat().anchorHref()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and link:
            self.entered.emit(QUrl(link).path())
        else:
            super().keyPressEvent(event)


class StateChip(QWidget):
    """'draft', 'reviewed' or 'out of date' on its ground; the last one with a sign, for colour alone says nothing."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._words, self._role, self._icon = theme, "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, words: str, role: str = "", icon: str = "") -> None:
        """Show other words; `role` is 'ok', 'warn' or '' for plain."""
        self._words, self._role, self._icon = words, role, icon
        self.setVisible(bool(words))
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt asks: as wide as its words."""
        px = self._theme.px
        width = QFontMetricsF(self._theme.font(LABEL)).horizontalAdvance(self._words) + px(13 + (16 if self._icon else 0))
        return QSize(round(width), px(17))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: ground, sign and words."""
        px, colour = self._theme.px, self._theme.colour
        painter = QPainter(self)
        room = QRectF(self.rect())
        chip(painter, room, colour(f"{self._role}_soft" if self._role else "hover"), px(3))
        ink, left = colour(self._role or "text_muted"), px(6)
        if self._icon:
            side = px(12)
            paint_icon(painter, QRectF(left, (room.height() - side) / 2, side, side), self._icon, ink)
            left += px(16)
        line_of_text(painter, self._theme.font(LABEL), ink, room.adjusted(left, 0, 0, 0), self._words)
        painter.end()


class Reasons(QWidget):
    """Why a summary is out of date, a line for each reason with its sign."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lines: list[str] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)

    def say(self, whys: Sequence[Why], sentences: Sequence[str]) -> None:
        """Show other reasons, none for a fresh summary."""
        px = self._theme.px
        _empty(self._grid)
        self._grid.setHorizontalSpacing(px(7))
        self._grid.setVerticalSpacing(px(4))
        self.lines = list(sentences)
        shown = list(zip(whys, sentences, strict=True))[:_MOST_REASONS]
        for row, (why, sentence) in enumerate(shown):
            icon, role = _ICONS.get(why, ("pencil", "warn"))
            sign = QLabel(self)
            sign.setPixmap(pixmap(self._theme, icon, 13, role))
            self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._line(sentence), row, 1)
        if len(sentences) > len(shown):
            self._grid.addWidget(self._line(self.tr("and %n more", "", len(sentences) - len(shown))), len(shown), 1)
        self.setVisible(bool(sentences))
        self.setAccessibleName(". ".join(sentences))

    def _line(self, sentence: str) -> QLabel:
        look = chip_look(self._theme)
        label = QLabel(
            _NAMED.sub(lambda found: f'<span style="{look}">{_chip_words(found[1])}</span>', escape(sentence, quote=False)), self
        )
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setAccessibleName(sentence)
        set_look(label, "small")
        return label


class KeyButton(QPushButton):
    """A small button that shows the key of its act at its right."""

    def __init__(self, theme: Theme, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hint = key_hint(keys)
        self._hint.setParent(self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_look(self, "small")
        theme.changed.connect(self._renew)
        self._renew()

    def sizeHint(self) -> QSize:
        """Qt asks: room for the words and the key."""
        size = super().sizeHint()
        return QSize(size.width() + self._hint.sizeHint().width() + self._theme.px(4), size.height())

    def minimumSizeHint(self) -> QSize:
        """Qt asks: it is never smaller."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: the key stands at the right, in the middle of the height."""
        super().resizeEvent(event)
        size = self._hint.sizeHint()
        self._hint.setGeometry(
            self.width() - size.width() - self._theme.px(6), (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def _renew(self) -> None:
        self.setStyleSheet("QPushButton { text-align: left; }")
        self.updateGeometry()


def chip_look(theme: Theme, *, gone: bool = False) -> str:
    """How an ID looks inside a line of words; one whose quote is `gone` is struck through."""
    families = ", ".join(f"'{family}'" for family in FAMILIES["mono"])
    line = "line-through" if gone else "none"
    return (
        f"font-family:{families}; font-size:{theme.px(SHORT_ID.size)}px; color:{theme.colour('text_muted').name()}; "
        f"background-color:{theme.colour('hover').name()}; text-decoration:{line};"
    ).replace('"', "'")


def _chip_words(name: str) -> str:
    """The ID with room at both sides, never broken at its hyphen."""
    return f"&nbsp;{escape(name).replace('-', '&#8288;-&#8288;')}&nbsp;"


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
