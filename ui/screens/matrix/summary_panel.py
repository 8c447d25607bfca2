"""The summary of the current cell above its quotes: read, written in its place, reviewed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from qcode.exchange.exporters.wording import day_of
from qcode.model.summary import EMPTY_REASONS, Status, SummaryPlace
from qcode.views.matrix_cell import CellQuote
from qcode.views.summaries import CellSummary
from qcode.views.written_cell import WrittenCell
from ui.screens.matrix.quotes import PADDING
from ui.screens.matrix.summary_acts import SummaryActs
from ui.screens.matrix.summary_edit import SummaryEdit
from ui.screens.matrix.summary_parts import KeyButton, Reasons, StateChip, SummaryText
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.choice_button import ChoiceButton


class SummaryPanel(QFrame):
    """Shows and writes one summary. What is typed is kept when the cell is left; what is refused waits in the cell it was typed in.

    Emits `quote_chosen(coding)` for a chip that was clicked, `quote_entered(coding)` for Enter on one, `said(str)` for a refusal,
    `write_wanted()` and `review_wanted()` for its buttons, `wrote()` after each act, and `done()` when writing has ended by a key or a
    button.
    """

    quote_chosen = Signal(str)
    quote_entered = Signal(str)
    said = Signal(str)
    write_wanted = Signal()
    review_wanted = Signal()
    wrote = Signal()
    done = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._acts: SummaryActs | None = None
        self._written = WrittenCell()
        self._quotes: tuple[CellQuote, ...] = ()
        self._is_total = self._is_editing = self._is_reason = False
        self._began_with = ""
        self._refused: dict[SummaryPlace, tuple[str, bool]] = {}
        #: Where the keyboard may go while one writes: to the quotes that are dragged into the field.
        self.neighbour: QWidget | None = None
        self._title, self._hands = QLabel(self), QLabel(self)
        self._state = StateChip(theme, self)
        self.text = SummaryText(theme, self)
        self.edit = SummaryEdit(theme, self)
        self.reasons = Reasons(theme, self)
        self.write_button, self.keep_button = KeyButton(theme, "E", self), KeyButton(theme, "Ctrl+Return", self)
        self.holds_button = QPushButton(self)
        self.why_menu = QMenu(self)
        self.why_button = ChoiceButton(theme, self.why_menu, parent=self)
        self._prepare()
        self._lay_out()
        theme.changed.connect(self._render)
        self._render()

    def set_acts(self, acts: SummaryActs) -> None:
        """Write by these acts."""
        self._acts = acts
        self._render()

    @property
    def is_editing(self) -> bool:
        """Whether somebody writes."""
        return self._is_editing

    def show_written(self, written: WrittenCell, quotes: Sequence[CellQuote], *, is_total: bool) -> None:
        """Show the summary of another cell, or the same one as it is now; what was typed for another cell is kept first."""
        if written.place != self._written.place:
            self.leave()
        self._written, self._quotes, self._is_total = written, tuple(quotes), is_total
        self.edit.offer_from(self._quotes)
        waiting = self._refused.get(written.place) if written.place else None
        if waiting and written.place and waiting[0] == self._text_now():
            # What was kept while the disk was full is through by now.
            del self._refused[written.place]
            self._is_editing = False
        elif waiting and not self._is_editing:
            self._open(*waiting)
        self._render()

    def why_not_write(self) -> str:
        """Why nothing can be written here; '' when it can."""
        if self._written.place is None:
            return self.tr("Choose the cell of a code first: headings and the columns of coders have no summary.")
        if self._acts is None or not self._acts.may_write:
            return self.tr("This project is open for reading only.")
        return ""

    def why_not_review(self) -> str:
        """Why the summary cannot be reviewed; '' when it can."""
        refused = self.why_not_write()
        if refused:
            return refused
        summary = self._written.summary
        if summary is None:
            return self.tr("This cell has no summary yet.")
        if summary.status is Status.REVIEWED and not summary.is_stale:
            return self.tr("This summary is reviewed, and nothing has changed since.")
        return ""

    def write(self) -> None:
        """Begin to write, or go on."""
        refused = self.why_not_write()
        if refused:
            self.said.emit(refused)
            return
        if not self._is_editing:
            summary, waiting = self._written.summary, self._refused.get(self._written.place) if self._written.place else None
            self._open(*(waiting or (summary.text if summary else "", False)))
            self._render()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def review(self) -> None:
        """Say that the summary holds for what stands in the cell now."""
        refused = self.why_not_review()
        if not refused and self._acts and self._written.place:
            refused = self._acts.review(self._written.place)
        self._tell(refused)

    def explain(self, reason: str) -> None:
        """Say why the cell has nothing."""
        refused = self.why_not_write()
        if not refused and self._acts and self._written.place:
            refused = self._acts.explain(self._written.place, reason)
        self._tell(refused)

    def leave(self) -> None:
        """Keep what was typed; what is refused waits here."""
        if self._is_editing and not self._keep():
            self._is_editing = False
        self._render()

    def _prepare(self) -> None:
        tr = self.tr
        set_look(self, "panel")
        set_look(self._title, "strong")
        set_look(self._hands, "faint")
        set_look(self.holds_button, "small")
        self.text.setAccessibleName(tr("Summary of the cell"))
        self.text.setAccessibleDescription(tr("Tab goes to the quotes it names, Enter to the place of one"))
        self.edit.setAccessibleName(tr("Write the summary"))
        self.edit.setAccessibleDescription(tr("# names a quote, Ctrl+Enter and Esc keep what is written"))
        self.keep_button.setText(tr("Keep"))
        self.keep_button.setToolTip(tr("Keep what is written (Ctrl+Enter)"))
        self.keep_button.setAccessibleName(tr("Keep the summary"))
        # With the mouse: else the field would be left, and kept, before the button is.
        self.keep_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.why_button.setText(tr("Why is it empty"))
        self.why_button.setAccessibleName(tr("Why is it empty"))
        for reason in EMPTY_REASONS:
            self.why_menu.addAction(f"{reason[:1].upper()}{reason[1:]}").triggered.connect(
                lambda _=False, reason=reason: self.explain(reason)
            )
        self.why_menu.addSeparator()
        self.why_menu.addAction(tr("In own words…")).triggered.connect(self._explain_in_words)
        self.text.chosen.connect(self.quote_chosen)
        self.text.entered.connect(self.quote_entered)
        self.write_button.clicked.connect(self.write_wanted)
        self.holds_button.clicked.connect(self.review_wanted)
        self.keep_button.clicked.connect(self._end)
        self.edit.kept.connect(self._end)
        self.edit.put_away.connect(self._end)
        self.edit.left.connect(self._left)

    def _lay_out(self) -> None:
        px = self._theme.px
        head = QHBoxLayout()
        head.setSpacing(px(9))
        head.addWidget(self._title)
        head.addWidget(self._state)
        head.addStretch(1)
        head.addWidget(self._hands)
        row = QHBoxLayout()
        row.setSpacing(px(7))
        for button in (self.write_button, self.keep_button, self.holds_button, self.why_button):
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(PADDING), px(9), px(PADDING), px(10))
        layout.setSpacing(px(7))
        layout.addLayout(head)
        layout.addWidget(self.text)
        layout.addWidget(self.edit)
        layout.addWidget(self.reasons)
        layout.addLayout(row)

    def _render(self) -> None:
        """Everything as it is now, in the colours of now."""
        summary, tr, editing = self._written.summary, self.tr, self._is_editing
        self.setVisible(self._written.place is not None)
        self._title.setText(tr("Row summary") if self._is_total else tr("Cell summary"))
        self._say_state(summary)
        words = self._shown_words(summary)
        self.text.setVisible(bool(words) and not editing)
        if summary is not None and words:
            self.text.show_summary(summary, words)
        self.edit.setVisible(editing)
        self.edit.setFixedHeight(self._theme.px(112))
        placeholder = (
            tr("Why the cell is empty, on one line") if self._is_reason else tr("What the quotes say together; # names one of them")
        )
        self.edit.setPlaceholderText(placeholder)
        self.reasons.say(summary.whys if summary else (), summary.stale if summary else ())
        self._say_buttons(summary)

    def _say_state(self, summary: CellSummary | None) -> None:
        tr = self.tr
        if summary is None:
            self._state.say("")
            self._hands.setText("")
        elif summary.is_stale:
            self._state.say(tr("out of date"), "warn", "triangle-alert")
        elif summary.status is Status.REVIEWED:
            self._state.say(tr("reviewed"), "ok")
        else:
            self._state.say(tr("draft"))
        if summary is not None:
            self._hands.setText(", ".join(part for part in (summary.author, day_of(summary.at)) if part))
            reviewed = tr("Reviewed by {}, {}").format(summary.reviewer, day_of(summary.reviewed_at)) if summary.reviewer else ""
            self._hands.setToolTip(reviewed)

    def _say_buttons(self, summary: CellSummary | None) -> None:
        tr, editing = self.tr, self._is_editing
        refused = self.why_not_write()
        has_words = summary is not None and bool(summary.words)
        self.write_button.setText(tr("Edit summary") if has_words else tr("Write summary"))
        self.write_button.setAccessibleName(self.write_button.text())
        self.write_button.setToolTip(refused or tr("Write what the quotes say together (E)"))
        self.write_button.setVisible(not editing)
        self.keep_button.setVisible(editing)
        self.holds_button.setText(tr("It still holds") if summary and summary.is_stale else tr("Mark as reviewed"))
        self.holds_button.setAccessibleName(self.holds_button.text())
        self.holds_button.setToolTip(refused or tr("The summary holds for what stands in the cell now (H)"))
        self.holds_button.setVisible(not editing and summary is not None and (summary.is_stale or summary.status is not Status.REVIEWED))
        self.why_button.setToolTip(refused or tr("Say why there is nothing in this cell"))
        self.why_button.setVisible(not editing and not self._quotes and not has_words)
        for button in (self.write_button, self.holds_button, self.why_button):
            button.setEnabled(not refused)

    def _shown_words(self, summary: CellSummary | None) -> str:
        if summary is None:
            return ""
        return summary.text or self.tr("Empty: {}").format(summary.empty)

    def _text_now(self) -> str:
        summary = self._written.summary
        return (summary.empty if self._is_reason else summary.text) if summary else ""

    def _explain_in_words(self) -> None:
        summary = self._written.summary
        self._open(summary.empty if summary else "", is_reason=True)
        self._render()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, words: str, is_reason: bool) -> None:
        self._is_editing, self._is_reason = True, is_reason
        self._began_with = self._text_now()
        self.edit.setPlainText(words)
        cursor = self.edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.edit.setTextCursor(cursor)

    def _keep(self) -> bool:
        """Have what was typed written, where it is something else; False when that was refused, and then it waits."""
        place, words = self._written.place, self.edit.toPlainText()
        if place is None or self._acts is None:
            return False
        refused = ""
        if words != self._began_with and (words.strip() or not self._is_reason):
            refused = self._acts.explain(place, words) if self._is_reason else self._acts.write(place, words)
            self._tell(refused)
        if refused:
            self._refused[place] = words, self._is_reason
            return False
        self._refused.pop(place, None)
        self._is_editing = False
        return True

    def _tell(self, refused: str) -> None:
        if refused:
            self.said.emit(refused)
        else:
            self.wrote.emit()

    def _end(self) -> None:
        if self._is_editing and self._keep():
            self._render()
            self.done.emit()

    def _left(self) -> None:
        if self._is_editing and QApplication.focusWidget() is not self.neighbour and self._keep():
            self._render()
