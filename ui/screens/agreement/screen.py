"""The agreement screen: how far coders agree, where they differ in the text, and the settling of each difference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from qcode.model.decision import Outcome
from qcode.model.span import Span
from qcode.operations.adjudication import reopen, settle, take_over
from qcode.progress import Progress
from qcode.views.adjudication import AgreementChoices, Point, SideBySide
from ui.actions import Action
from ui.screen import Screen
from ui.screens.agreement.asked import Asked, Figures, Relisted
from ui.screens.agreement.choosing import Choosing
from ui.screens.agreement.code_list import CodeLine
from ui.screens.agreement.computing import Computing
from ui.screens.agreement.export import export_request
from ui.screens.agreement.figures_pane import FiguresPane
from ui.screens.agreement.panes import PANE, AgreementPanes
from ui.screens.agreement.points_pane import PointsPane
from ui.screens.agreement.settle_card import OUTCOMES
from ui.screens.agreement.text_side import TextSide
from ui.screens.agreement.wording import reopened_words, short_names
from ui.sheets.export_sheet import export_from
from ui.widgets.nothing import BusyLine, Nothing
from ui.workspace import Place, Workspace

T = TypeVar("T")


class AgreementScreen(Screen):
    """Figures at left, one text with two coders beside it, disagreements at right. Everything is worked out beside the window."""

    id = "agreement"
    title = "Agreement"
    icon = "scale"
    main = "agreement.export"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        theme = workspace.theme
        self.choosing = Choosing(theme)
        self.figures_pane, self.text, self.points = FiguresPane(theme), TextSide(theme), PointsPane(theme)
        self.list, self.card = self.points.list, self.points.card
        self.panes = AgreementPanes(workspace, self.figures_pane, self.text, self.points)
        self.nothing = Nothing(theme)
        self._busy = BusyLine(theme, self)
        self._asked, self.figures = Asked(), Figures(Asked(), AgreementChoices())
        self._computing = Computing(workspace, lambda: self._asked, self._source_of, self.isVisible, self)
        self._current = ""
        self._row = 0
        self._is_deciding = False
        self._move_on = False
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()
        self.card.set_writable(not workspace.project.read_only)
        self.card.show_point(None, "", ("", ""))
        self.setFocusProxy(self.list)

    def actions_of(self) -> Sequence[Action]:
        """Everything a user can do here."""
        return self._actions

    def toolbar_widgets(self) -> Sequence[QWidget]:
        """The choices."""
        return (self.choosing,)

    @property
    def is_busy(self) -> bool:
        """Whether anything is still on its way."""
        return self._computing.is_busy or self._is_deciding

    @property
    def sides(self) -> tuple[str, str]:
        """The coders beside the text, left and right."""
        return self.figures.asked.sides

    def ask(self, asked: Asked) -> None:
        """Show something else, as if it had been chosen in the toolbar."""
        self._asked = asked
        self._computing.ask()

    # What keys and buttons do.

    def step(self, step: int) -> None:
        """Go to the next disagreement (1), or the one before (-1)."""
        count = self.list.rows.rowCount()
        if count:
            row = self.list.currentIndex().row()
            self.list.go_to((row + step) % count if row >= 0 else 0)
            self.panes.bring_points()

    def decide(self, outcome: Outcome) -> None:
        """Settle the current disagreement, and go on to the next open one."""
        reason = self.card.why_not(outcome)
        if reason:
            self.said.emit(reason)
            return
        self._settle(outcome, self.text.selection() if outcome is Outcome.NEW else None, move_on=True)

    def take_back(self) -> None:
        """Have the current disagreement open again."""
        point, sides = self.list.point, self.sides
        reason = self.card.why_not_reopen()
        if reason or point is None:
            self.said.emit(reason)
            return
        project, one = self._workspace.project, point.disagreement
        self._do(self.tr("Take a decision back"), lambda _: reopen(project, sides, one))

    def take_over(self) -> None:
        """Put what both have alike into the layer."""
        project, sides = self._workspace.project, self.sides
        self._do(self.tr("Take over what both agree on"), lambda progress: take_over(project, sides, progress), self._say_taken)

    def export(self) -> None:
        """Ask for a file for the figures."""
        measured = self.figures.measured
        if measured is not None:
            export_from(self, export_request(self._workspace.project, measured), self._workspace.project.path.parent)

    def show_in_coding(self) -> None:
        """Leave for the place of the current disagreement on the coding screen."""
        point = self.list.point
        if point is not None:
            one = point.disagreement
            self.go.emit(Place(one.source.uuid, one.difference.start, one.difference.end))

    # What Qt tells.

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: the screen is shown; what changed meanwhile is worked out now."""
        super().showEvent(event)
        self._computing.renew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: the line that says 'working' lies over the top."""
        super().resizeEvent(event)
        self._busy.setGeometry(0, 0, self.width(), self._busy.height())

    def _make_actions(self) -> tuple[Action, ...]:
        menu = self.tr("Team")

        def act(name: str, title: str, run: Callable[[], None], keys: tuple[str, ...], tip: str, pane: str = "", icon: str = "") -> Action:
            return Action(f"agreement.{name}", title, run, keys, tip, icon, menu, pane, self._why_not)

        titles = (
            self.tr("Settle: the first coder’s passage"),
            self.tr("Settle: the second coder’s passage"),
            self.tr("Settle: both"),
            self.tr("Settle: neither"),
            self.tr("Settle: the selected passage"),
        )
        choices = [
            act(outcome.value, title, lambda outcome=outcome: self.decide(outcome), (str(at),), title, PANE)  # type: ignore[misc]
            for at, (outcome, title) in enumerate(zip(OUTCOMES, titles, strict=True), 1)
        ]
        return (
            act("next", self.tr("Next disagreement"), lambda: self.step(1), ("F8",), self.tr("Go to the next disagreement")),
            act("before", self.tr("Previous disagreement"), lambda: self.step(-1), ("Shift+F8",), self.tr("Go to the disagreement before")),
            *choices,
            act("reopen", self.tr("Take the decision back"), self.take_back, ("0",), self.tr("The difference is open again"), PANE),
            act("reason", self.tr("Write the reason"), self._write_reason, (), self.tr("Go to the reason of the decision")),
            act("filter", self.tr("Filter the disagreements"), self._show_filter, ("/",), self.tr("By code, or open only"), PANE, "funnel"),
            act("place", self.tr("Show it on the coding screen"), self.show_in_coding, ("Ctrl+Return",), self.tr("Open it in its text")),
            act("take_over", self.tr("Take over what both agree on"), self.take_over, (), self.tr("Into the layer “agreed”, as one act")),
            act("export", self.tr("Export"), self.export, ("Ctrl+E",), self.tr("Write the figures to Excel or CSV"), "", "download"),
        )

    def _why_not(self) -> str:
        return "" if self.figures.measured else self.tr("There is no agreement to show yet.")

    def _lay_out(self) -> None:
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.panes)
        self._stack.addWidget(self.nothing)

    def _connect(self) -> None:
        self.choosing.asked.connect(self.ask)
        computing = self._computing
        computing.busy.connect(self._busy.setVisible)
        computing.figured.connect(self._take_figures)
        computing.paired.connect(self.figures_pane.show_pairs)
        computing.relisted.connect(self._take_list)
        computing.opened.connect(self._take_text)
        self.figures_pane.pair_chosen.connect(lambda *pair: self.ask(replace(self._asked, coders=pair, sides=pair)))
        self.figures_pane.code_chosen.connect(self._say_code)
        self.figures_pane.code_opened.connect(self._list_code)
        self.list.chosen.connect(self._show_point)
        self.list.entered_row.connect(self._write_reason)
        self.points.filtered.connect(self._keep_row)
        self.points.take_over_wanted.connect(self.take_over)
        self.card.decided.connect(self.decide)
        self.card.reopened.connect(self.take_back)
        self.card.reason_left.connect(self._keep_reason)
        self.text.pointed.connect(self._point_at)
        self.text.selected.connect(self.card.show_selection)
        self.text.side_chosen.connect(self._choose_side)

    # What comes of the work beside the window.

    def _take_figures(self, figures: Figures) -> None:
        self.figures = figures
        self._asked = figures.asked
        measured = figures.measured
        basis = (measured.agreement.sources, measured.unrevealed) if measured else (None,)
        self.choosing.show_asked(figures.asked, figures.choices, *basis)
        self.figures_pane.show_figures(figures)
        self.text.show_people(figures.asked.sides, figures.asked.coders)
        self._explain()
        # Codings may have changed: the text is read again with them.
        self.points.show_waiting(figures.waiting, not self._workspace.project.read_only)
        self._list_points(figures.points, read_again=True)

    def _take_list(self, found: Relisted) -> None:
        if not found.sources:
            self.points.show_waiting(found.waiting, not self._workspace.project.read_only)
        self._list_points(found.put_into(self.list.rows.every), read_again=False)

    def _source_of(self, key: str) -> str:
        point = self.points.point_of(key)
        return point.disagreement.source.uuid if point else ""

    def _list_points(self, points: tuple[Point, ...], *, read_again: bool) -> None:
        rows, asked = self.list.rows, self.figures.asked
        rows.show_points(points, short_names(asked.sides), asked.unit)
        self.points.count()
        move_on, self._move_on = self._move_on, False
        row = rows.row_of(self._current)
        if move_on:
            following = rows.next_open(row if row >= 0 else self._row - 1)
            row = following if following >= 0 else row
        elif row < 0:
            row = min(self._row, rows.rowCount() - 1)
        if 0 <= row < rows.rowCount() and row != self.list.currentIndex().row():
            self.list.go_to(row)
        self._show_point(self.list.point, read_again=read_again)

    def _take_text(self, text: SideBySide) -> None:
        self.text.show_text(text, self.sides)
        point = self.list.point
        self.text.show_current(point.disagreement if point else None)
        self.card.show_point(point, text.text, short_names(self.sides))

    # What is current.

    def _show_point(self, point: Point | None, *, read_again: bool = False) -> None:
        if point is None:
            self.text.show_current(None)
            self.card.show_point(None, "", ("", ""))
            if read_again:
                self.text.show_text(None, self.sides)
            self._say_place(None)
            return
        one = point.disagreement
        if point.key != self._current:
            self.text.clear_selection()
        self._current, self._row = point.key, self.list.currentIndex().row()
        self.figures_pane.codes.show_code(one.code.uuid)
        self._say_place(point)
        shown = self.text.text
        if read_again or shown is None or shown.source.uuid != one.source.uuid:
            self._computing.open(one.source, self.sides)
        if shown is not None and shown.source.uuid == one.source.uuid:
            self.text.show_current(one)
            self.card.show_point(point, shown.text, short_names(self.sides))

    def _say_place(self, point: Point | None) -> None:
        if point is None:
            self.status.emit("")
            return
        line = self.figures_pane.line_of(point.disagreement.code.uuid)
        words = self.tr("Disagreement {0} of {1}").format(f"{self._row + 1:,}", f"{self.list.rows.rowCount():,}")
        self.status.emit(f"{line.sentence}  ·  {words}" if line else words)

    def _say_code(self, line: CodeLine) -> None:
        self.status.emit(line.sentence)

    def _list_code(self, line: CodeLine) -> None:
        self.points.show_only(line.code.uuid, line.code.name)
        self.panes.bring_points()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_row(self) -> None:
        """The filter is another one: what was current stays so, if it is still listed."""
        row = self.list.rows.row_of(self._current)
        if self.list.rows.rowCount():
            self.list.go_to(max(0, row))
        self._show_point(self.list.point)

    def _point_at(self, position: int) -> None:
        """A place in the text was clicked: the disagreement there becomes current."""
        text = self.text.text
        if text is None:
            return
        for row, point in enumerate(self.list.rows.points):
            one = point.disagreement
            spans = (*one.difference.first, *one.difference.second)
            if one.source.uuid == text.source.uuid and any(start <= position < end for start, end in spans):
                self.list.go_to(row)
                return

    def _choose_side(self, at: int, name: str) -> None:
        left, right = self.sides
        self.ask(replace(self._asked, sides=(name, right) if at == 0 else (left, name)))

    def _write_reason(self) -> None:
        self.panes.bring_points()
        self.card.go_to_reason()

    def _show_filter(self) -> None:
        self.panes.bring_points()
        self.points.show_filter()

    # What is written.

    def _settle(self, outcome: Outcome, span: Span | None, *, move_on: bool) -> None:
        if self.list.point:
            self._write(self.list.point, outcome, span, self.card.reason, move_on=move_on)

    def _write(self, point: Point, outcome: Outcome, span: Span | None, why: str, *, move_on: bool) -> None:
        if self._is_deciding:
            return
        project, sides, one = self._workspace.project, self.sides, point.disagreement
        self._move_on = move_on
        self._do(self.tr("Settle a difference"), lambda _: settle(project, sides, one, outcome, span=span, reason=why), self._say_reopened)

    def _keep_reason(self, point: Point, reason: str) -> None:
        """A reason that was written after the decision is kept with it."""
        decision = point.decision
        is_here = self.points.point_of(point.key) is not None
        if decision and is_here and not self._workspace.project.read_only:
            span = Span(*decision.span) if decision.outcome is Outcome.NEW else None
            self._write(point, decision.outcome, span, reason, move_on=False)

    def _do(self, title: str, work: Callable[[Progress], T], then: Callable[[T], None] = lambda _: None) -> None:
        """Write beside the window, one thing at a time."""
        if self._is_deciding:
            return
        self._is_deciding = True

        def done(result: T) -> None:
            self._is_deciding = False
            then(result)

        self._workspace.tasks.run(self, title, work, done, lambda error: self._fail(title, error), self._stopped)

    def _stopped(self) -> None:
        self._is_deciding = self._move_on = False

    def _fail(self, title: str, error: Exception) -> None:
        self._is_deciding = self._move_on = False
        self._workspace.tasks.failed.emit(title, error)

    def _say_reopened(self, pairs: tuple[tuple[str, str], ...]) -> None:
        if pairs:
            self.said.emit(reopened_words(pairs))

    def _say_taken(self, taken: tuple[int, tuple[tuple[str, str], ...]]) -> None:
        count, pairs = taken
        words = self.tr("1 passage was taken over.") if count == 1 else self.tr("{0} passages were taken over.").format(f"{count:,}")
        self.did.emit(words)
        self._say_reopened(pairs)

    def _explain(self) -> None:
        """What stands there when there is nothing to show."""
        if self.figures.measured:
            self._stack.setCurrentWidget(self.panes)
            return
        how = self.tr("Agreement is measured where two people have marked the same source as finished.")
        self.nothing.say("scale", self.figures.silence or self.tr("No source was finished by two coders yet."), how, "")
        self._stack.setCurrentWidget(self.nothing)
