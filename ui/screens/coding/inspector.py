"""The right pane, below: one coding with everything that is known of it, and what can be done with it."""

from __future__ import annotations

from datetime import datetime
from html import escape

from PySide6.QtCore import QDate, QLocale, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.views.coding_codes import CodeList
from qcode.views.coding_document import Coding
from ui.icons import keep_icon
from ui.measures import BODY, CHIP, QUOTE, SHORT_ID
from ui.screens.coding.chip import GAP, Chip
from ui.screens.coding.glyphs import SWATCH, paint_swatch
from ui.screens.coding.nothing import Nothing
from ui.screens.coding.wrapping import in_few_lines, without_middle
from ui.style import set_look
from ui.theme import FAMILIES, Theme

_MOST_QUOTE_LINES = 4
#: A screen reader and a tooltip give so many letters of a quote.
_MOST_LETTERS_SAID = 1000


class Inspector(QFrame):
    """Shows the coding under the caret or the one clicked; the pin keeps it.

    Emits `memo_left(uuid, memo)` when the memo was changed and left, `important(uuid, on)`, `contradicts(uuid, on)`,
    `recode(uuid)`, `adjust(uuid)`, `remove(uuid)`, `copied(short_id)`, `text_wanted()` when Esc goes back to the text.
    """

    memo_left = Signal(str, str)
    important = Signal(str, bool)
    contradicts = Signal(str, bool)
    recode = Signal(str)
    adjust = Signal(str)
    remove = Signal(str)
    copied = Signal(str)
    text_wanted = Signal()

    def __init__(self, theme: Theme, codes: CodeList) -> None:
        super().__init__()
        self._theme, self._codes = theme, codes
        self._coding: Coding | None = None
        #: The memo as it came, or as it was handed over to be saved last.
        self._handed = ""
        self._why_not = ""
        self._tips: dict[QWidget, str] = {}
        set_look(self, "panel")
        self.nothing = Nothing(
            theme, "highlighter", self.tr("No coding here"), self.tr("Click a stripe, or put the caret into a coded passage.")
        )
        self._full = QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self._full)
        self._make_parts()
        self._lay_out()

    @property
    def coding(self) -> str:
        """The coding that is shown (a UUID), '' for none."""
        return self._coding.uuid if self._coding else ""

    @property
    def is_pinned(self) -> bool:
        """Whether it keeps the coding it shows."""
        return self.pin.isChecked()

    def show_coding(self, coding: Coding | None, text: str) -> None:
        """Show a coding of `text`, or none. A memo that was being written for another one is saved first."""
        if coding is None or coding.uuid != self.coding:
            self.save_memo()
            self.pin.setChecked(False)
        same = coding is not None and coding.uuid == self.coding
        self._coding = coding
        self._stack.setCurrentWidget(self._full if coding else self.nothing)
        if coding is None:
            return
        code = self._codes.codes.get(coding.code)
        self.short_id.setText(coding.short_id)
        self.code.show_code(code.name if code else "", code.colour if code else "Slate")
        self._tips[self.code] = code.definition if code else ""
        self.code.setToolTip(self._why_not or self._tips[self.code])
        self.quote.show_quote(text[coding.start : coding.end], code.colour if code else "Slate")
        self.coder.setText(self.tr("{coder} · {when}").format(coder=coding.coder, when=_when(coding.made_at)))
        self.origin.setText(self._origin(coding.origin))
        self.show_flags()
        written = self.memo.toPlainText()
        if not same or written == self._handed:
            # Else it is being written, and stays.
            self._handed = coding.memo
            if written != coding.memo:
                self.memo.setPlainText(coding.memo)
        if layout := self._full.layout():
            # Laid out before it is painted, not after and then painted once more.
            layout.activate()

    def show_flags(self) -> None:
        """Have the buttons of the marks stand as the coding has them."""
        for button, on in ((self.star, self._coding and self._coding.important), (self.against, self._coding and self._coding.contradicts)):
            button.setChecked(bool(on))

    def forbid(self, why: str) -> None:
        """Nothing can be changed now, for this reason; '' when everything can."""
        if why == self._why_not:
            return
        self._why_not = why
        self.memo.setReadOnly(bool(why))
        self.memo.setToolTip(why)
        for control, tip in self._tips.items():
            control.setEnabled(not why)
            control.setToolTip(why or tip)

    def save_memo(self) -> None:
        """Have the memo saved if it was changed."""
        written = self.memo.toPlainText()
        if self._coding and written != self._handed and not self._why_not:
            self._handed = written
            self.memo_left.emit(self._coding.uuid, written)

    def keep_memo(self) -> None:
        """What was handed over could not be saved: it is still to be."""
        self._handed = self._coding.memo if self._coding else ""

    def write_memo(self) -> None:
        """Go to the memo, to its end."""
        self.memo.setFocus()
        self.memo.moveCursor(QTextCursor.MoveOperation.End)

    def _make_parts(self) -> None:
        tr, theme = self.tr, self._theme
        self.short_id = Chip(theme)
        self.short_id.setAccessibleName(tr("Copy the ID"))
        self.short_id.setToolTip(tr("Copy the ID"))
        self.short_id.clicked.connect(self._copy)
        self.pin = QToolButton()
        self.pin.setCheckable(True)
        self.pin.setAccessibleName(tr("Keep this coding here"))
        self.pin.setToolTip(tr("Keep this coding here"))
        keep_icon(theme, self.pin, "pin")
        self.code = CodeChip(theme)
        self.code.clicked.connect(lambda: self.recode.emit(self.coding))
        self.star = self._flag("star", tr("Important"), tr("Mark as important (I)"))
        self.star.clicked.connect(lambda on: self.important.emit(self.coding, on))
        self.against = self._flag("arrow-left-right", tr("Contradicts"), tr("This passage speaks against the others (C)"))
        self.against.clicked.connect(lambda on: self.contradicts.emit(self.coding, on))
        self.quote = QuoteLines(theme)
        self.coder, self.origin = QLabel(), QLabel()
        for label in (self.coder, self.origin):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.memo = Memo()
        self.memo.setAccessibleName(tr("Memo"))
        self.memo.setPlaceholderText(tr("What this passage made you think"))
        self.memo.left.connect(self.save_memo)
        self.memo.done.connect(self.text_wanted)
        self.buttons = {
            "recode": self._button(tr("Recode"), tr("Give it another code (Shift+Space)"), self.recode),
            "adjust": self._button(tr("Adjust ends"), tr("Move its ends with the arrow keys ([ and ])"), self.adjust),
            "remove": self._button(GAP + tr("Remove"), tr("Remove this coding (Delete)"), self.remove),
        }
        keep_icon(theme, self.buttons["remove"], "trash-2", 14, role="bad")
        self._tips = {control: control.toolTip() for control in (self.code, self.star, self.against, *self.buttons.values())}
        theme.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        """What the style sheet of the window does not say: a small button that warns, and an ID in the letters of IDs."""
        self.buttons["remove"].setStyleSheet(f"QPushButton {{ color: {self._theme.colour('bad').name()}; }}")
        families = ", ".join(f"'{family}'" for family in FAMILIES["mono"])
        muted = self._theme.colour("text_muted").name()
        size = self._theme.px(SHORT_ID.size)
        self.short_id.setStyleSheet(f"QToolButton {{ font-family: {families}; font-size: {size}px; color: {muted}; }}")

    def _lay_out(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self._full)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        title = QLabel(self.tr("Coding"))
        set_look(title, "strong")
        for widget in (title, self.short_id):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.pin)
        column.addLayout(head)
        first = QHBoxLayout()
        first.setSpacing(px(8))
        first.addWidget(self.code)
        first.addStretch(1)
        first.addWidget(self.star)
        column.addLayout(first)
        column.addWidget(self.quote)
        column.addLayout(self._facts())
        above = QHBoxLayout()
        memo = QLabel(self.tr("Memo"))
        set_look(memo, "label")
        memo.setBuddy(self.memo)
        above.addWidget(memo)
        above.addStretch(1)
        above.addWidget(self.against)
        column.addLayout(above)
        column.addWidget(self.memo, 1)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.buttons["recode"])
        row.addWidget(self.buttons["adjust"])
        row.addStretch(1)
        row.addWidget(self.buttons["remove"])
        column.addLayout(row)

    def _facts(self) -> QFormLayout:
        px = self._theme.px
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(px(16))
        form.setVerticalSpacing(px(3))
        for words, widget in ((self.tr("Coder"), self.coder), (self.tr("From"), self.origin)):
            label = QLabel(words)
            set_look(label, "faint")
            set_look(widget, "small")
            label.setMinimumWidth(px(44))
            form.addRow(label, widget)
        return form

    def _button(self, words: str, tip: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words.strip())
        set_look(button, "small")
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.clicked.connect(lambda: signal.emit(self.coding))
        return button

    def _flag(self, icon: str, words: str, tip: str) -> QToolButton:
        button = Chip(self._theme)
        button.setText(GAP + words)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(tip)
        button.setAccessibleName(words)
        keep_icon(self._theme, button, icon, 12)
        return button

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.short_id.text())
        self.copied.emit(self.short_id.text())

    def _origin(self, origin: str) -> str:
        return {"hand": self.tr("Coded by hand"), "import": self.tr("Imported from a table")}.get(origin, origin)


class Memo(QPlainTextEdit):
    """Emits `left()` when the keyboard goes elsewhere, and `done()` after that for Esc and Ctrl+Enter."""

    left = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_look(self, "field")
        self.setTabChangesFocus(True)
        self.setMinimumHeight(56)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Ctrl+Enter go back to the text."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.done.emit()
        else:
            super().keyPressEvent(event)


class CodeChip(QPushButton):
    """A code on its wash, with its swatch; a click recodes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._name, self._colour = "", "Slate"
        self.setAccessibleName(self.tr("Choose another code"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_code(self, name: str, colour: str) -> None:
        """Show another code."""
        self._name, self._colour = name, colour
        self.setAccessibleName(self.tr("Code {name}: choose another").format(name=name))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As large as what it shows."""
        width = QFontMetricsF(self._theme.font(BODY)).horizontalAdvance(self._name)
        return QSize(round(width) + self._theme.px(SWATCH + 28), self._theme.px(CHIP))

    def minimumSizeHint(self) -> QSize:
        """The least it can be."""
        return QSize(self._theme.px(60), self._theme.px(CHIP))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints itself."""
        painter, px = QPainter(self), self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.code(self._colour)
        painter.setPen(colours.wash_overlap)
        painter.setBrush(colours.wash)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, 3, 3)
        paint_swatch(painter, self._theme, px(8), rect.center().y(), self._colour)
        font = self._theme.font(BODY)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        room = rect.adjusted(px(SWATCH + 14), 0, -px(8), 0)
        name = QFontMetricsF(font).elidedText(self._name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        painter.end()


class QuoteLines(QWidget):
    """The coded words, a few lines of them, the middle left out when there are more; a bar in the code's colour at the left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._quote, self._colour = "", "Slate"
        # Not Fixed: the height of the hint belongs to the width before, and in a narrower pane the last lines would be cut off.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_quote(self, quote: str, colour: str) -> None:
        """Show another quote."""
        self._quote, self._colour = " ".join(quote.split()), colour
        said = without_middle(self._quote, _MOST_LETTERS_SAID)
        self.setAccessibleName(said)
        self.setToolTip(f"<p>{escape(said)}</p>")
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its lines."""
        return len(self._lines(width)) * self._theme.px(QUOTE.line)

    def sizeHint(self) -> QSize:
        """As large as what it shows."""
        return QSize(self._theme.px(120), self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints itself."""
        painter, px = QPainter(self), self._theme.px
        painter.fillRect(QRectF(0, 0, px(2), self.height()), self._theme.code(self._colour).solid)
        painter.setFont(self._theme.font(QUOTE))
        painter.setPen(self._theme.colour("text"))
        for number, line in enumerate(self._lines(self.width())):
            rect = QRectF(px(10), number * px(QUOTE.line), self.width() - px(10), px(QUOTE.line))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, line)
        painter.end()

    def _lines(self, width: int) -> tuple[str, ...]:
        return in_few_lines(self._quote, self._theme.font(QUOTE), max(60, width - self._theme.px(10)), _MOST_QUOTE_LINES)


def _when(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{QLocale().toString(QDate(local.year, local.month, local.day), 'd MMM yyyy')}, {local:%H:%M}"
