"""A field that several gave a value: the values side by side, the choices, and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from qcode.merge.content import Reason
from qcode.model.colours import PALETTE
from qcode.model.merging import Conflict, Said
from qcode.views.conflicts import ONE
from ui.screens.team.giving_way import GivingWay
from ui.screens.team.result_box import ResultBox
from ui.screens.team.review import Review, has_both, is_decidable, takes_words
from ui.screens.team.value_card import ValueCard
from ui.screens.team.word_differences import Mark, Piece, differences
from ui.screens.team.wording import day, field_words, kind_words
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.elided import Elided
from ui.widgets.key_hint import key_hint

#: Under this width the values stand one below the other.
_ROOM_BESIDE = 520


class FieldBlock(QWidget):
    """One conflict. Emits `taken(conflict, place)` for a value by its place as drawn, `wrote(conflict, words)`, `confirmed(conflict)`."""

    taken = Signal(str, int)
    wrote = Signal(str, str)
    confirmed = Signal(str)

    def __init__(self, theme: Theme, conflict: Conflict, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.conflict, self._review = theme, conflict, review
        self.cards: list[ValueCard] = []
        self.result = ResultBox(theme, takes_words(conflict), self)
        self.result.written.connect(lambda words: self.wrote.emit(conflict.id, words))
        self.result.confirmed.connect(lambda: self.confirmed.emit(conflict.id))
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        set_look(self._note, "small")
        self._lay_out()
        self.renew(False)

    def renew(self, is_current: bool) -> None:
        """Show what is chosen now; the current one shows its keys."""
        review, conflict = self._review, self.conflict
        chosen = review.chosen(conflict)
        for place, number in enumerate(review.order(conflict)):
            self.cards[place].set_chosen(number == chosen)
        self._hints.setVisible(is_current and is_decidable(conflict))
        self.result.show_result(self._why(), review.result(conflict), review.wording(conflict), conflict.id in review.again)
        # What is kept or removed has no words of its own, and what was mended shows them in its card.
        self.result.setVisible(takes_words(conflict) or conflict.kind == Reason.CONFLICT or conflict.id in review.again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: with little room the values stand one below the other."""
        super().resizeEvent(event)
        beside = self.width() >= self._theme.px(_ROOM_BESIDE)
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _lay_out(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(7))
        column.addWidget(self._head())
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(px(7))
        if self.conflict.base is not None:
            card = self._card(self.tr("Base"), self.tr("as it was"), self.conflict.base, False)
            card.show_words([Piece(self.conflict.base.words, Mark.SAME)], self._colour(self.conflict.base))
            self._cards.addWidget(card, 1)
        for place, number in enumerate(self._review.order(self.conflict)):
            self._cards.addWidget(self._value(place, number), 1)
        column.addLayout(self._cards)
        column.addWidget(self.result)
        self._note.setText(self._says())
        column.addWidget(self._note)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def _head(self) -> GivingWay:
        row = GivingWay(self._theme.px(8), self)
        title, kind = QLabel(field_words(self.conflict), self), Elided()
        kind.setText(kind_words(self.conflict))
        set_look(title, "strong")
        set_look(kind, "muted")
        row.add(title)
        row.add(kind, 1)
        self._hints = QWidget(self)
        hints = QHBoxLayout(self._hints)
        hints.setContentsMargins(0, 0, 0, 0)
        hints.setSpacing(self._theme.px(4))
        for number, words in enumerate(self.choices(), 1):
            label = QLabel(words)
            set_look(label, "small")
            hints.addWidget(key_hint(str(number)))
            hints.addWidget(label)
        row.add(self._hints)
        return row

    def choices(self) -> list[str]:
        """What can be done, in the order of the keys from 1 on."""
        if not is_decidable(self.conflict):
            return []
        values = [self.conflict.values[number] for number in self._review.order(self.conflict)]
        words = [self._short(said) for said in values]
        if has_both(self.conflict):
            words.append(self.tr("both") if len(values) == 2 else self.tr("all"))
        return [*words, self.tr("write")] if takes_words(self.conflict) else words

    def _short(self, said: Said) -> str:
        if self.conflict.kind in (Reason.EDITED, Reason.USED):
            return said.words.split()[0]
        if said.value == ONE:
            return self.tr("the same")
        if self.conflict.kind != Reason.CONFLICT:
            return self.tr("as it is")
        if self._review.is_mine(said):
            return self.tr("mine")
        others = [each for each in self.conflict.values if not self._review.is_mine(each)]
        return self.tr("theirs") if len(others) == 1 else said.coder

    def _value(self, place: int, number: int) -> ValueCard:
        said = self.conflict.values[number]
        title = self._short(said)
        title = said.words if self.conflict.kind in (Reason.EDITED, Reason.USED) else title
        card = self._card(title[:1].upper() + title[1:], said.coder if title != said.coder else "", said, is_decidable(self.conflict))
        card.show_words(self._pieces(said), self._colour(said))
        card.taken.connect(lambda: self.taken.emit(self.conflict.id, place))
        self.cards.append(card)
        return card

    def _card(self, title: str, who: str, said: Said, choosable: bool) -> ValueCard:
        return ValueCard(self._theme, title, who, day(said.at), choosable, self)

    def _pieces(self, said: Said) -> list[Piece]:
        if self.conflict.kind in (Reason.EDITED, Reason.USED):
            kept = said is self.conflict.values[0]
            words = self.tr("It stays as it is.") if kept else self.tr("It goes, with all that refers to it. Undo brings it back.")
            return [Piece(words, Mark.SAME)]
        base = self.conflict.base
        if base is None or not takes_words(self.conflict):
            return [Piece(said.words or self.tr("(empty)"), Mark.SAME)]
        return differences(base.words, said.words)

    def _colour(self, said: Said) -> str:
        return str(said.value) if self.conflict.field == "colour" and (said.value in PALETTE or str(said.value).startswith("#")) else ""

    def _why(self) -> str:
        review, conflict = self._review, self.conflict
        decision = review.decisions.get(conflict.id)
        if decision is not None and conflict.id in review.again:
            if decision.take is None:
                return self.tr("Result: the words you wrote earlier; the values have changed since")
            return self.tr("Result: what you chose earlier; another value came since")
        if conflict.id in review.both:
            return self.tr("Result: both")
        if decision is None:
            return self.tr("Result while it is open: the last one written") if conflict.kind == Reason.CONFLICT else self.tr("As it is now")
        return self.tr("Result: your own words") if decision.take is None else self.tr("Result")

    def _says(self) -> str:
        if not is_decidable(self.conflict):
            return self.tr("There is nothing to choose: it settles itself when a file brings what it refers to.")
        if self.conflict.kind == Reason.CONFLICT:
            return self.tr("The words you do not take stay in the history and in the merge report.")
        return self.tr("Your choice is an act like any other: it travels, and Undo takes it back.")
