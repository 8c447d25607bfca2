"""One of the values a field was given: who, when, and the words with what they change."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from ui.measures import RADIUS_CHIP
from ui.screens.team.word_differences import Mark, Piece
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.elided import Elided

_HEAD = 28


class ValueCard(QFrame):
    """A card with a head; with `choosable` it is chosen by its round button or by a click anywhere. Emits `taken()` then."""

    taken = Signal()

    def __init__(self, theme: Theme, title: str, who: str, when: str, choosable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._is_chosen, self._pieces, self._colour = theme, False, [Piece("", Mark.SAME)], ""
        self.button = QRadioButton(self)
        self.button.setAutoExclusive(False)
        self.button.setAccessibleName(" ".join((title, who, when)).strip())
        self.button.clicked.connect(self._clicked)
        self._title, self._who, self._when, self.body = QLabel(title, self), Elided(), QLabel(when, self), QLabel(self)
        self._who.setText(who)
        self.button.setVisible(choosable)
        self._choosable = choosable
        self._lay_out()
        theme.changed.connect(self._renew)
        self._renew()

    def show_words(self, pieces: list[Piece], colour: str = "") -> None:
        """Show words with their differences; `colour` is the code colour they name, if they do."""
        self._pieces, self._colour = pieces, colour
        self._renew()
        words = "".join(piece.words for piece in pieces if piece.mark is not Mark.REMOVED)
        self.button.setAccessibleDescription(words)
        self.body.setAccessibleName(words)

    def set_chosen(self, chosen: bool) -> None:
        """Mark the card as the one that counts."""
        self._is_chosen = chosen
        self.button.setChecked(chosen)
        self.update()

    @property
    def is_chosen(self) -> bool:
        """Whether it is marked."""
        return self._is_chosen

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: ground, head and border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, line = self._theme, 2 if self._is_chosen else 1
        edge = QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2)
        round_ = theme.px(RADIUS_CHIP) + 1
        shape = QPainterPath()
        shape.addRoundedRect(edge, round_, round_)
        painter.fillPath(shape, theme.colour("paper"))
        painter.save()
        painter.setClipPath(shape)
        head = QRectF(0, 0, self.width(), self._head.geometry().bottom() + 1)
        painter.fillRect(head, theme.colour("panel"))
        painter.fillRect(QRectF(0, head.bottom(), self.width(), 1), theme.colour("line"))
        painter.restore()
        painter.setPen(QPen(theme.colour("accent" if self._is_chosen else "line_strong"), line))
        painter.drawPath(shape)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt tells: a click takes the value."""
        if self._choosable and event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.taken.emit()
        super().mouseReleaseEvent(event)

    def _clicked(self) -> None:
        # The button shows what counts; it does not decide by itself.
        self.button.setChecked(self._is_chosen)
        self.taken.emit()

    def _lay_out(self) -> None:
        px = self._theme.px
        self._head = QWidget(self)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(px(10), px(2), px(10), px(2))
        head.setSpacing(px(7))
        set_look(self._title, "strong")
        set_look(self._who, "muted")
        set_look(self._when, "small")
        self._who.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for widget in (self.button, self._title):
            head.addWidget(widget)
        head.addWidget(self._who, 1)
        head.addWidget(self._when)
        self.body.setWordWrap(True)
        self.body.setTextFormat(Qt.TextFormat.RichText)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.setContentsMargins(px(10), px(6), px(10), px(10))
        self.body.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.body, 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def _renew(self) -> None:
        theme = self._theme
        self._head.setMinimumHeight(theme.px(_HEAD))
        self.body.setText(difference_words(theme, self._pieces, self._colour))
        self.body.setMinimumHeight(theme.px(54))
        self.update()


def difference_words(theme: Theme, pieces: list[Piece], colour: str = "") -> str:
    """Rich text: what was added on a ground and underlined, what was removed struck."""
    ok, ok_ground = theme.colour("ok").name(), theme.colour("ok_soft").name()
    bad, bad_ground = theme.colour("bad").name(), theme.colour("bad_soft").name()
    looks = {
        Mark.SAME: "",
        Mark.ADDED: f"background-color:{ok_ground};text-decoration:underline;color:{ok}",
        Mark.REMOVED: f"background-color:{bad_ground};text-decoration:line-through;color:{bad}",
    }
    swatch = f'<span style="background-color:{theme.code(colour).solid.name()}">&nbsp;&nbsp;&nbsp;&nbsp;</span>&nbsp; ' if colour else ""
    said = ""
    for before, piece in zip((None, *pieces), pieces, strict=False):
        # What replaces a word stands apart from it, as a word would.
        said += " " if before is not None and (before.mark, piece.mark) == (Mark.REMOVED, Mark.ADDED) else ""
        said += f'<span style="{looks[piece.mark]}">{_lines(piece.words)}</span>' if looks[piece.mark] else _lines(piece.words)
    return f'<div style="line-height:145%">{swatch}{said}</div>'


def _lines(words: str) -> str:
    return escape(words).replace("\n", "<br>")
