"""The item that is being decided: its fields, and the next question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from qcode.exchange.exporters.wording import counted
from qcode.model.merging import Joined, Question
from ui.screens.team.field_block import FieldBlock
from ui.screens.team.giving_way import GivingWay
from ui.screens.team.joined_line import JoinedLine
from ui.screens.team.painting import paint_swatch
from ui.screens.team.question_card import QuestionCard
from ui.screens.team.review import Item, Review, is_decidable
from ui.screens.team.wording import item_colour, item_title
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.elided import Elided

_LONG_TITLE = 24


class Detail(QScrollArea):
    """Shows one item. Emits `taken(conflict, place)`, `wrote(conflict, words)`, `confirmed(conflict)`, `answered(Answer)`,
    `later(question)`; `done()` when the keyboard has no place in it any more."""

    taken = Signal(str, int)
    wrote = Signal(str, str)
    confirmed = Signal(str)
    answered = Signal(object)
    later = Signal(str)
    done = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.blocks: dict[str, FieldBlock] = {}
        self.cards: dict[str, QuestionCard] = {}
        self._shown: tuple[object, ...] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What is being decided"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_item(self, item: Item | None, review: Review, current: str, joined: Sequence[Joined] = ()) -> None:
        """Show an item of a review, with one of its conflicts as the current one, and the fields that joined beside them."""
        asked = [each.question for each in review.items if each.question]
        question = item.question if item and item.question else next((one for one in asked if not review.is_decided(one.id)), None)
        rows = {(one.table, one.row) for one in item.conflicts} if item else set()
        beside = tuple(one for one in joined if (one.table, one.row) in rows)
        shown = (item, question, review, beside)
        if shown != self._shown:
            self._shown = shown
            self._build(item, review, question, asked, beside)
        for name, block in self.blocks.items():
            block.renew(name == current)
        for card in self.cards.values():
            card.renew()
        if current in self.blocks:
            self.ensureWidgetVisible(self.blocks[current], 0, self._theme.px(20))

    @property
    def is_written_in(self) -> bool:
        """Whether somebody is writing words."""
        return any(block.result.is_written_in for block in self.blocks.values())

    def keep_words(self) -> None:
        """Let words count that are being written."""
        for block in list(self.blocks.values()):
            block.result.keep()

    def _build(
        self, item: Item | None, review: Review, question: Question | None, asked: list[Question], beside: Sequence[Joined]
    ) -> None:
        px = self._theme.px
        body = _Body()
        set_look(body, "paper")
        column = QVBoxLayout(body)
        column.setContentsMargins(px(20), px(10), px(20), px(16))
        column.setSpacing(px(12))
        self.blocks, self.cards = {}, {}
        if item is not None and item.conflicts:
            column.addWidget(self._head(item, beside, body))
            for conflict in item.conflicts:
                block = FieldBlock(self._theme, conflict, review, body)
                block.taken.connect(self.taken)
                block.wrote.connect(self.wrote)
                block.confirmed.connect(self.confirmed)
                block.result.done.connect(self.done)
                self.blocks[conflict.id] = block
                column.addWidget(block)
            for one in beside:
                column.addWidget(JoinedLine(self._theme, one, body))
        if question is not None:
            place = self.tr("question {0} of {1}").format(asked.index(question) + 1, len(asked))
            card = QuestionCard(self._theme, question, review, place, body)
            card.answered.connect(self.answered)
            card.later.connect(self.later)
            self.cards[question.id] = card
            column.addSpacing(px(6))
            column.addWidget(card)
        if item is None:
            nothing = QLabel(self.tr("Nothing is to be decided."))
            set_look(nothing, "muted")
            column.addWidget(nothing, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        focused, before = QApplication.focusWidget(), self.takeWidget()
        had_focus = before is not None and focused is not None and before.isAncestorOf(focused)
        if before is not None:
            before.hide()
            before.deleteLater()
        self.setWidget(body)
        if had_focus:
            self.done.emit()

    def _head(self, item: Item, beside: Sequence[Joined], parent: QWidget) -> GivingWay:
        row = GivingWay(self._theme.px(8), parent)
        title, within, needs = QLabel(parent), Elided(), QLabel(parent)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setText(item_title(item))
        within.setText(item.conflicts[0].within)
        title.setWordWrap(len(item_title(item)) > _LONG_TITLE)
        set_look(title, "screen")
        set_look(within, "muted")
        set_look(needs, "small")
        count = sum(is_decidable(one) for one in item.conflicts)
        words = self.tr("{0} for you").format(counted(count, "field")) if count else self.tr("settles itself")
        needs.setText(self.tr("{0}, {1} without conflict").format(words, len(beside)) if beside else words)
        if item_colour(item):
            row.add(_Swatch(self._theme, item_colour(item), parent))
        row.add(title)
        row.add(within, 1)
        row.add(needs)
        return row


class _Body(QFrame):
    """As high as its words are at the width there is; Qt would keep room for them at the least width."""

    def minimumSizeHint(self) -> QSize:
        """Qt asks: the height follows from the width."""
        return QSize(super().minimumSizeHint().width(), 0)


class _Swatch(QWidget):
    """The colour of the code."""

    def __init__(self, theme: Theme, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._colour = theme, colour
        self.setFixedSize(theme.px(15), theme.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: a square."""
        painter = QPainter(self)
        paint_swatch(painter, self._theme, 0, self.height() / 2, self._colour, 14)
        painter.end()
