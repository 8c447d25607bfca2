"""Two codes of nearly one name: are they the same?"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qcode.exchange.exporters.wording import counted, ended
from qcode.model.merging import CodeSide, Question
from qcode.operations.settling import Answer
from ui.icons import pixmap
from ui.measures import RADIUS_CARD
from ui.screens.team.giving_way import GivingWay
from ui.screens.team.review import Review
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.elided import Elided

_ROOM_BESIDE = 480


class QuestionCard(QFrame):
    """Emits `answered(Answer)`, and `later(question)` when it is to stay open."""

    answered = Signal(object)
    later = Signal(str)

    def __init__(self, theme: Theme, question: Question, review: Review, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.question, self._review = theme, question, review
        self._labels: list[tuple[QLabel, CodeSide]] = []
        self._icon = QLabel(self)
        self._state = QLabel(self)
        set_look(self._state, "small")
        self.same, self.different, self.below, self.undecided = (QPushButton(self) for _ in range(4))
        self._lay_out(place)
        theme.changed.connect(self._renew)
        self._renew()

    def renew(self) -> None:
        """Show what is answered now."""
        answer = self._review.answers.get(self.question.id)
        kept = next((side.name for side in (self.question.one, self.question.other) if answer and side.uuid == answer.keep), "")
        words = {
            "": "",
            "same": ended(self.tr("Answered: the same, joined under {0}").format(kept)),
            "different": self.tr("Answered: different, both are kept."),
            "below": ended(self.tr("Answered: one below the other, under {0}").format(kept)),
        }
        self._state.setText(words[answer.answer if answer else ""])
        self._state.setVisible(answer is not None)

    def choose(self, number: int) -> bool:
        """Do what the button at a place (from 0) does; False where there is none."""
        buttons = (self.same, self.different, self.below, self.undecided)
        if not 0 <= number < len(buttons):
            return False
        if buttons[number].menu() is not None:
            buttons[number].setFocus(Qt.FocusReason.ShortcutFocusReason)
            buttons[number].showMenu()
        else:
            buttons[number].click()
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: a card with an accent bar at its left."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._theme.px(RADIUS_CARD), self._theme.px(RADIUS_CARD))
        painter.fillPath(shape, self._theme.colour("raised"))
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(QRectF(0, 0, self._theme.px(3), self.height()), self._theme.colour("accent"))
        painter.restore()
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        painter.drawPath(shape)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: with little room sides and buttons stand one below the other."""
        super().resizeEvent(event)
        beside = self.width() >= self._theme.px(_ROOM_BESIDE)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(direction)
        self._buttons.setDirection(direction)

    def _lay_out(self, place: str) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(10), px(14), px(10))
        column.setSpacing(px(8))
        column.addWidget(self._head(place))
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(px(16))
        for side in (self.question.one, self.question.other):
            label = QLabel(self)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            self._labels.append((label, side))
            self._sides.addWidget(label, 1)
        column.addLayout(self._sides)
        column.addWidget(self._state)
        column.addLayout(self._make_buttons())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.renew()

    def _head(self, place: str) -> GivingWay:
        row = GivingWay(self._theme.px(8), self)
        title, alike, where = QLabel(self.tr("Are these the same code?"), self), Elided(), QLabel(place, self)
        alike.setText(self.tr("names {0} % alike, never joined unasked").format(self.question.alike))
        for label, look in ((title, "strong"), (alike, "small"), (where, "small")):
            set_look(label, look)
        for widget, stretch in ((self._icon, 0), (title, 0), (alike, 1), (where, 0)):
            row.add(widget, stretch)
        return row

    def _make_buttons(self) -> QBoxLayout:
        px, sides = self._theme.px, (self.question.one, self.question.other)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(px(6))
        self.same.setText(self.tr("Same, join under…"))
        self.different.setText(self.tr("Different, keep both"))
        self.below.setText(self.tr("One below the other…"))
        self.undecided.setText(self.tr("Decide later"))
        self._offer(self.same, [(side.name, Answer(self.question.id, "same", side.uuid)) for side in sides])
        of = [(self.tr("{0} below {1}").format(lower.name, upper.name), upper) for lower, upper in (sides[::-1], sides)]
        self._offer(self.below, [(words, Answer(self.question.id, "below", upper.uuid)) for words, upper in of])
        self.different.clicked.connect(lambda: self.answered.emit(Answer(self.question.id, "different", self.question.one.uuid)))
        self.undecided.clicked.connect(lambda: self.later.emit(self.question.id))
        for number, button in enumerate((self.same, self.different, self.below, self.undecided), 1):
            button.setAccessibleName(button.text())
            button.setToolTip(f"{button.text()} ({number})")
            set_look(button, "small")
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        return self._buttons

    def _offer(self, button: QPushButton, answers: list[tuple[str, Answer]]) -> None:
        menu = QMenu(button)
        for words, answer in answers:
            menu.addAction(words).triggered.connect(lambda _=False, answer=answer: self.answered.emit(answer))
        button.setMenu(menu)

    def _renew(self) -> None:
        self._icon.setPixmap(pixmap(self._theme, "circle-help", 16, "accent"))
        muted = self._theme.colour("text_muted").name()
        for label, side in self._labels:
            used = self.tr("{0} in {1}").format(counted(side.codings, "coding"), counted(side.sources, "source"))
            who = " · ".join(part for part in (escape(side.coder), used) if part)
            swatch = f'<span style="background-color:{self._theme.code(side.colour).solid.name()}">&nbsp;&nbsp;&nbsp;</span>'
            small = f"font-size:{self._theme.px(12)}px;color:{muted}"
            said = f'<br><span style="{small}">{escape(side.definition)}</span>' if side.definition else ""
            name = f'<span style="font-weight:600">{escape(side.name)}</span>'
            label.setText(f'{swatch}&nbsp; {name} <span style="{small}">{who}</span>{said}')
        self.update()
