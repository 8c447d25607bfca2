"""The card on which one difference is settled: whose passage, both, neither or a new one, and why."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qcode.agreement.differences import Kind
from qcode.exchange.exporters.wording import counted
from qcode.model.decision import Outcome
from qcode.model.span import Span
from qcode.views.adjudication import Point
from ui.measures import BODY, LABEL, PANE_PADDING, RADIUS_CARD, RADIUS_CHIP, SMALL
from ui.painting import chip, line_of_text
from ui.screens.agreement.wording import history_words, passage_words
from ui.style import set_look
from ui.theme import Theme

_TALL, _LOW = 48, 32
_KEY = 16
#: The choices in the order of their keys.
OUTCOMES = (Outcome.FIRST, Outcome.SECOND, Outcome.BOTH, Outcome.NEITHER, Outcome.NEW)


class Choice(QAbstractButton):
    """A choice with its key: what it is in bold, and below it, where there is any, what it means."""

    def __init__(self, theme: Theme, key: str, tall: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._key, self._tall = theme, key, tall
        self._below = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def say(self, title: str, below: str = "", why_not: str = "") -> None:
        """Show other words; `why_not` says why it cannot be chosen now."""
        self._below = below
        self.setText(title)
        self.setAccessibleName(f"{title}. {below}" if below else title)
        self.setToolTip(why_not or f"{title} ({self._key})")
        self.setAccessibleDescription(why_not)
        self.setEnabled(not why_not)
        self.update()

    def sizeHint(self) -> QSize:
        """Qt asks: two lines, or one."""
        return QSize(self._theme.px(120), self._theme.px(_TALL if self._tall else _LOW))

    def minimumSizeHint(self) -> QSize:
        """Qt asks: the words may be shortened."""
        return QSize(self._theme.px(70), self.sizeHint().height())

    def nextCheckState(self) -> None:
        """Qt asks: pressing decides; what is decided is shown by whoever has decided it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: card, key, words."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "accent_soft" if self.isChecked() else "pressed" if self.isDown() else "hover" if self.underMouse() else "raised"
        painter.setBrush(theme.colour(ground if self.isEnabled() else "panel"))
        painter.setPen(QPen(theme.colour("accent" if self.isChecked() else "line_strong"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(RADIUS_CARD - 1), px(RADIUS_CARD - 1))
        key = QRectF(px(11), self.height() / 2 - px(_KEY) / 2, px(_KEY), px(_KEY))
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(key, px(RADIUS_CHIP), px(RADIUS_CHIP))
        painter.setFont(theme.font(LABEL))
        painter.setPen(theme.colour("text_muted" if self.isEnabled() else "text_disabled"))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter.value, self._key)
        self._words(painter, key.right() + px(9))
        painter.end()

    def _words(self, painter: QPainter, left: float) -> None:
        theme, px = self._theme, self._theme.px
        bold = theme.font(BODY)
        bold.setWeight(QFont.Weight.DemiBold)
        width = self.width() - left - px(8)
        top = (self.height() - px(18 + 16 * bool(self._below))) / 2
        ink = theme.colour("text" if self.isEnabled() else "text_disabled")
        line_of_text(painter, bold, ink, QRectF(left, top, width, px(18)), self.text())
        if self._below:
            faint = theme.colour("text_muted" if self.isEnabled() else "text_disabled")
            line_of_text(painter, theme.font(SMALL), faint, QRectF(left, top + px(18), width, px(16)), self._below)


class CodeChip(QWidget):
    """A code by swatch and name on its wash."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = self._colour = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_code(self, name: str, colour: str) -> None:
        """Show another code."""
        self._name, self._colour = name, colour
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt asks: the name, as far as a narrow pane has room."""
        px = self._theme.px
        width = QFontMetricsF(self._theme.font(SMALL)).horizontalAdvance(self._name)
        return QSize(min(px(170), round(width) + px(27)), px(22))

    def minimumSizeHint(self) -> QSize:
        """Qt asks: the name may be shortened."""
        return QSize(self._theme.px(60), self._theme.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: wash, swatch, name."""
        if not self._name:
            return
        theme, px = self._theme, self._theme.px
        colours = theme.code(self._colour)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.wash_overlap, 1))
        painter.setBrush(colours.wash)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(RADIUS_CHIP), px(RADIUS_CHIP))
        chip(painter, QRectF(px(8), self.height() / 2 - px(4), px(8), px(8)), colours.solid, px(2))
        line_of_text(painter, theme.font(SMALL), theme.colour("text"), QRectF(px(21), 0, self.width() - px(26), self.height()), self._name)
        painter.end()


class _Reason(QPlainTextEdit):
    """Two lines for a reason. Emits `left()` when the keyboard leaves it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt tells: the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()


def _reason_of(point: Point | None) -> str:
    decision = point and (point.decision or point.overtaken)
    return decision.reason if decision else ""


class SettleCard(QFrame):
    """Shows the current difference. Emits `decided(Outcome)` for a choice, `reopened()` to take the decision back, and
    `reason_left(Point, words)` when the reason of one was changed and left, by the keyboard or for another difference."""

    decided = Signal(object)
    reopened = Signal()
    reason_left = Signal(object, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_look(self, "panel")
        self._point: Point | None = None
        #: What was typed for a difference, by its key, as long as its decision does not say the same.
        self._drafts: dict[str, str] = {}
        self._selection: Span | None = None
        self._text = ""
        self._names = ("", "")
        self._can_write = True
        self._title, self._who, self._note = (QLabel(self) for _ in range(3))
        self._chip = CodeChip(theme, self)
        self._choices = [Choice(theme, str(at), at < 3, self) for at in range(1, 6)]
        self._reason = _Reason(self)
        self._reopen = QPushButton(self.tr("Take the decision back"), self)
        self._prepare()
        self._lay_out()
        theme.changed.connect(self._fit)

    @property
    def reason(self) -> str:
        """What stands in the field."""
        return self._reason.toPlainText().strip()

    def show_point(self, point: Point | None, text: str, names: tuple[str, str]) -> None:
        """Show another difference in a text, or none, between coders of these short names."""
        other = self._point is None or point is None or self._point.key != point.key
        before = _reason_of(self._point)
        if other:
            self._leave_reason()
        self._point, self._text, self._names = point, text, names
        now = _reason_of(point)
        # What is being typed stays while only the decision is another one.
        if other or self.reason == before:
            draft = self._drafts.pop(point.key, now) if point else now
            self._reason.setPlainText(draft)
        elif point and self._drafts.get(point.key) == now:
            del self._drafts[point.key]
        self._say()

    def show_selection(self, span: Span | None) -> None:
        """Something else is selected in the text."""
        self._selection = span
        self._say()

    def set_writable(self, can: bool) -> None:
        """Whether the project can be written."""
        self._can_write = can
        self._reason.setReadOnly(not can)
        self._say()

    def go_to_reason(self) -> None:
        """Have the reason written."""
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def why_not(self, outcome: Outcome) -> str:
        """What is missing for a choice."""
        if self._point is None:
            return self.tr("Choose a disagreement first.")
        if not self._can_write:
            return self.tr("The project is open for reading only.")
        kind = self._point.disagreement.difference.kind
        if outcome is Outcome.BOTH and kind in (Kind.ONLY_FIRST, Kind.ONLY_SECOND):
            return self.tr("Only one of the two has a passage here.")
        if outcome is Outcome.NEW and self._selection is None:
            return self.tr("Select the new passage in the text first.")
        return ""

    def why_not_reopen(self) -> str:
        """What is missing for taking a decision back."""
        if not self._can_write:
            return self.tr("The project is open for reading only.")
        decided = self._point and (self._point.decision or self._point.overtaken)
        return "" if decided else self.tr("Nothing is decided here yet.")

    def _leave_reason(self) -> None:
        """Keep what was typed: it comes again with its difference, and goes into the decision if there is one."""
        if self._point and self.reason != _reason_of(self._point):
            self._drafts[self._point.key] = self.reason
            self.reason_left.emit(self._point, self.reason)

    def _prepare(self) -> None:
        self._title.setText(self.tr("Settle this one"))
        set_look(self._title, "strong")
        set_look(self._who, "small")
        set_look(self._note, "small")
        for label in (self._who, self._note):
            label.setWordWrap(True)
        self._note.setText(self.tr("Both coders’ own work stays as it is. The decision goes into the layer “agreed”, with your name."))
        set_look(self._reason, "field")
        self._reason.setAccessibleName(self.tr("Reason, kept with the decision"))
        self._reason.setTabChangesFocus(True)
        self._reason.left.connect(self._leave_reason)
        set_look(self._reopen, "link")
        self._reopen.setToolTip(self.tr("The difference is open again (0)"))
        self._reopen.setAccessibleName(self._reopen.text())
        self._reopen.clicked.connect(self.reopened)
        for choice, outcome in zip(self._choices, OUTCOMES, strict=True):
            choice.clicked.connect(lambda _=False, outcome=outcome: self.decided.emit(outcome))
        self._fit()

    def _lay_out(self) -> None:
        px = self._theme.px
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip)
        grid = QGridLayout()
        grid.setSpacing(px(6))
        for row, choice in enumerate(self._choices[:2]):
            grid.addWidget(choice, row, 0, 1, 2)
        grid.addWidget(self._choices[2], 2, 0)
        grid.addWidget(self._choices[3], 2, 1)
        grid.addWidget(self._choices[4], 3, 0, 1, 2)
        label = QLabel(self.tr("Reason, kept with the decision"), self)
        set_look(label, "small")
        label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(PANE_PADDING), px(8), px(PANE_PADDING), px(10))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addLayout(grid)
        column.addSpacing(px(2))
        column.addWidget(label)
        column.addWidget(self._reason)
        column.addWidget(self._who)
        column.addWidget(self._reopen, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._note)
        column.addStretch(1)

    def _fit(self) -> None:
        self._reason.setFixedHeight(self._theme.px(50))

    def _say(self) -> None:
        point = self._point
        decision = point.decision if point else None
        self._chip.setVisible(point is not None)
        if point:
            self._chip.show_code(point.disagreement.code.name, point.disagreement.code.colour)
        for choice, outcome, (title, below) in zip(self._choices, OUTCOMES, self._words(point), strict=True):
            choice.say(title, below, self.why_not(outcome))
            choice.setChecked(decision is not None and decision.outcome is outcome)
        self._reason.setEnabled(point is not None)
        self._who.setText(history_words(point, self._names) if point else "")
        self._who.setVisible(bool(self._who.text()))
        self._reopen.setVisible(bool(point and (point.decision or point.overtaken)) and self._can_write)
        self._note.setVisible(decision is None)

    def _words(self, point: Point | None) -> tuple[tuple[str, str], ...]:
        names = self._names
        rest = ((self.tr("Both"), ""), (self.tr("Neither"), ""), (self.tr("New passage"), ""))
        if point is None:
            return ((self.tr("First coder’s passage"), ""), (self.tr("Second coder’s passage"), ""), *rest)
        one = point.disagreement
        if self._selection:
            words = counted(len(self._selection.of(self._text).split()), "word")
            rest = (*rest[:2], (self.tr("The selected passage, {0}").format(words), ""))
        other_code = one.difference.kind is Kind.OTHER_CODE
        title = self.tr("{0}’s code") if other_code else self.tr("{0}’s passage")
        sides = ((names[0], one.code, one.difference.first), (names[1], one.other or one.code, one.difference.second))
        first, second = (
            (title.format(name), code.name if other_code else passage_words(self._text, spans))
            if spans
            else (self.tr("Nothing, as {0} has it").format(name), self.tr("No passage with this code"))
            for name, code, spans in sides
        )
        return (first, second, *rest)
