"""The line under the matrix that says what its marks mean."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcode.exchange.exporters.heat import step_words
from qcode.model.matrix import Measure
from ui.measures import LABEL, Type
from ui.painting import hatch, line_of_text
from ui.screens.matrix.bars import HEIGHT as HEIGHT_OF_BARS
from ui.screens.matrix.bars import paint_bars
from ui.screens.matrix.summary_marks import paint_diamond, paint_lines
from ui.theme import Theme

HEIGHT = 32
_LINE = 22
_MARGIN = 14
_ZERO = Type(13, 18)
#: How wide each mark is with the gap after it.
_MARKS = {"": 0, "pos": 62, "neg": 62, "strength": 26, "contested": 26, "zero": 16, "unread": 21, "summary": 17, "stale": 15}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A mark, its words, and the gap after them."""

    mark: str
    words: str
    gap: int


class Legend(QWidget):
    """Steps of heat in both tones as far as the table has them, the bars of strength, and the two ways of not finding anything."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title, self._measure, self._tones = "", Measure.CODINGS, frozenset({"pos", "neg"})
        self._is_contested = False
        self._has_summary = self._has_stale = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._renew)

    def explain(self, title: str, measure: Measure, tones: frozenset[str], *, contested: bool = False) -> None:
        """Say the steps of another measure; `title` is what it counts ('Quotes'), `contested` whether evidence is so anywhere."""
        self._title, self._measure, self._tones, self._is_contested = title, measure, tones, contested
        steps = ", ".join(step_words(measure))
        colours = self.tr("Colours: {} {}.").format(title, steps).replace(" .", ".")
        plain, struck = self.tr("Bars: evidence strength, 1 to 4."), self.tr("Bars: evidence strength, 1 to 4, struck through: contested.")
        bars = struck if contested else plain
        self.setAccessibleName(f"{colours} {bars} {self.tr('0: read, nothing found. Hatched: not yet read.')}")
        self._fit()
        self.update()

    def explain_marks(self, summary: bool, stale: bool) -> None:
        """Say what the marks of summaries mean, as far as there are any."""
        if (summary, stale) != (self._has_summary, self._has_stale):
            self._has_summary, self._has_stale = summary, stale
            marks = (self.tr("Lines: a summary is written."), self.tr("Diamond: a summary is out of date."))
            self.setAccessibleDescription(" ".join(words for words, shown in zip(marks, (summary, stale), strict=True) if shown))
            self._renew()

    @property
    def words(self) -> tuple[str, ...]:
        """What stands beside the marks, from left to right."""
        return tuple(piece.words for piece in self._pieces())

    def sizeHint(self) -> QSize:
        """Qt asks: as many lines as the words need at its width."""
        places = self._places()
        lines = places[-1][2] + 1 if self.width() > 0 else 1
        return QSize(self._theme.px(400), self._theme.px(HEIGHT if lines == 1 else _LINE * lines + HEIGHT - _LINE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: narrower, it may need another line."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: all marks with their words, from left to right."""
        painter = QPainter(self)
        px, places = self._theme.px, self._places()
        painter.fillRect(self.rect(), self._theme.colour("panel"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))
        above = (self.height() - px(_LINE) * (places[-1][2] + 1)) / 2
        for piece, left, line in places:
            room = QRectF(left, above + line * px(_LINE), self._width(piece), px(_LINE))
            self._mark(painter, piece.mark, room)
            words = room.adjusted(px(_MARKS[piece.mark]), 0, 0, 0)
            line_of_text(painter, self._theme.font(LABEL), self._theme.colour("text_muted"), words, piece.words)
        painter.end()

    def _fit(self) -> None:
        """Ask for another height, where its words need more or fewer lines."""
        if self.sizeHint().height() != self.height():
            self.updateGeometry()

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()

    def _pieces(self) -> list[_Piece]:
        said = " ".join((self._title, ", ".join(step_words(self._measure)))).strip()
        tones = (("pos", self.tr("success")), ("neg", self.tr("constraint")))
        shown = [_Piece(tone, words, 8) for tone, words in tones if tone in self._tones]
        return [
            _Piece("", said, 8),
            *shown,
            _Piece("strength", self.tr("evidence strength, 1 to 4"), 22),
            *((_Piece("contested", self.tr("contested"), 22),) if self._is_contested else ()),
            _Piece("zero", self.tr("read, nothing found"), 22),
            _Piece("unread", self.tr("not yet read"), 22),
            *((_Piece("summary", self.tr("summary"), 22),) if self._has_summary else ()),
            *((_Piece("stale", self.tr("summary out of date"), 0),) if self._has_stale else ()),
        ]

    def _places(self) -> list[tuple[_Piece, float, int]]:
        """Each piece with its left edge and its line: what has no room begins the next line."""
        px = self._theme.px
        found: list[tuple[_Piece, float, int]] = []
        left, line = float(px(_MARGIN)), 0
        for piece in self._pieces():
            if found and left + self._width(piece) > self.width() - px(_MARGIN):
                left, line = float(px(_MARGIN)), line + 1
            elif piece.mark == "strength":
                left += px(14)
            found.append((piece, left, line))
            left += self._width(piece) + px(piece.gap)
        return found

    def _width(self, piece: _Piece) -> float:
        return self._theme.px(_MARKS[piece.mark]) + QFontMetricsF(self._theme.font(LABEL)).horizontalAdvance(piece.words) + 1

    def _mark(self, painter: QPainter, mark: str, room: QRectF) -> None:
        px, colour = self._theme.px, self._theme.colour
        top = room.center().y() - px(11) / 2
        if mark == "zero":
            line_of_text(painter, self._theme.font(_ZERO), colour("text"), QRectF(room.left(), room.top(), px(12), room.height()), "0")
        elif mark in ("strength", "contested"):
            is_contested = mark == "contested"
            at = QPointF(round(room.left()), round(room.center().y() - px(HEIGHT_OF_BARS) / 2))
            paint_bars(painter, self._theme, at, 1 if is_contested else 3, colour("text"), contested=is_contested)
        elif mark == "summary":
            paint_lines(painter, self._theme, QPointF(room.left(), room.center().y()), colour("text_muted"))
        elif mark == "stale":
            paint_diamond(painter, self._theme, QPointF(room.left(), room.center().y()), colour("warn"))
        elif mark == "unread":
            hatch(painter, QRectF(room.left(), top, px(15), px(11)), colour("hatch_bg"), colour("text_muted"), px(5), 1.2)
        elif mark:
            steps = range(1, 5) if step_words(self._measure) else range(2, 3)
            each = px(_MARKS[mark] - 8) / 4
            for number, step in enumerate(steps):
                painter.fillRect(QRectF(room.left() + number * each, top, each, px(11)), self._theme.heat(mark, step))
