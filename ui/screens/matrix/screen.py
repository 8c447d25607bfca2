"""The matrix screen: choices above, the table, its legend below, and at the right the quotes of the current cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from qcode.errors import UserError
from qcode.exchange.exporters.wording import counted
from qcode.operations.cases import name_level
from qcode.views.matrix import MatrixQuestion, count_permissions
from qcode.views.matrix_cell import CellQuotes
from qcode.views.matrix_screen import MatrixTable
from qcode.views.permission import Permission
from qcode.views.written_cell import WrittenCell
from ui.action_set import run_from
from ui.actions import Action
from ui.measures import DRILL_DOWN
from ui.screen import Screen
from ui.screens.matrix.asked_cell import AskedCell, cell_at, place_words
from ui.screens.matrix.choices import Choosing
from ui.screens.matrix.counts import Counts
from ui.screens.matrix.drill_down import DrillDown
from ui.screens.matrix.export import export_request
from ui.screens.matrix.grid import PANE, MatrixGrid
from ui.screens.matrix.legend import Legend
from ui.screens.matrix.level_sheet import LevelSheet
from ui.screens.matrix.model import MatrixModel
from ui.screens.matrix.remembered import remember, remembered
from ui.screens.matrix.summary_acts import SummaryActs
from ui.sheets.export_sheet import export_from
from ui.style import set_look
from ui.widgets.nothing import BusyLine, Nothing
from ui.widgets.sheet import SheetHost
from ui.workspace import Workspace

#: Under this width the quotes stand in the table's place.
_ROOM_FOR_BOTH = 760


class MatrixScreen(Screen):
    """Codes against countries, or whatever else is chosen; each number leads to its quotes, each quote to its place.

    Everything is counted beside the window; what stands there stays readable until the new count is in.
    """

    id = "matrix"
    title = "Matrix"
    icon = "grid-3x3"
    main = "matrix.export"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        theme = workspace.theme
        self.choosing = Choosing(theme, self)
        self.model = MatrixModel(self)
        self.grid = MatrixGrid(self.model, theme)
        self.drill_down = DrillDown(theme)
        self.legend = Legend(theme)
        self.nothing = Nothing(theme)
        self._busy = BusyLine(theme, self)
        self._counts = Counts(workspace, lambda: self.choosing.question, self.isVisible, self)
        self._copy_wanted = self._is_narrow = False
        self._wanted: Callable[[], None] | None = None
        self._shown_cell: AskedCell | None = None
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.grid)
        self.choosing.may_name = lambda: not workspace.project.read_only
        self.choosing.ask(remembered(workspace))

    def actions_of(self) -> Sequence[Action]:
        """Everything a user can do here."""
        return self._actions

    def toolbar_widgets(self) -> Sequence[QWidget]:
        """The choices."""
        return self.choosing.widgets()

    def ask(self, question: MatrixQuestion) -> None:
        """Show another matrix, as if it had been chosen in the toolbar."""
        self.choosing.ask(question)

    @property
    def is_busy(self) -> bool:
        """Whether a count or quotes are still on their way."""
        return self._counts.is_counting or self._counts.is_quoting or self._counts.is_marking

    def show_quotes(self) -> None:
        """Go to the quotes of the current cell; they stand in the table's place where there is no room for both."""
        self._pages.setVisible(not self._is_narrow)
        self.drill_down.show()
        if self.drill_down.list.isVisible():
            self.drill_down.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_quotes(self) -> None:
        """Put the quotes away, or bring them back."""
        if self.drill_down.isHidden():
            self.show_quotes()
        else:
            self._leave_quotes(away=True)

    def write_summary(self) -> None:
        """Write the summary of the current cell, or go on writing it."""
        self._when_quoted(self._write_summary)

    def review_summary(self) -> None:
        """Say that the summary of the current cell holds."""
        self._when_quoted(self.drill_down.summary.review)

    def _write_summary(self) -> None:
        self._pages.setVisible(not self._is_narrow)
        self.drill_down.show()
        self.drill_down.summary.write()

    def _when_quoted(self, act: Callable[[], None]) -> None:
        """Do it once the pane at the right shows the current cell."""
        if self._counts.is_quoting:
            self._wanted = act
        else:
            act()

    def _leave_quotes(self, away: bool) -> None:
        self._pages.show()
        self.drill_down.setVisible(not (away or self._is_narrow))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        """Copy the current quote with its ID, or the current cell with all its quotes and their IDs."""
        current = self.drill_down.list.currentIndex()
        if self.drill_down.list.hasFocus() and current.isValid():
            chosen = self.drill_down.model.quote(current)
            QGuiApplication.clipboard().setText(chosen.text)
            self.said.emit(self.tr("Copied {}.").format(chosen.quote.id))
        elif self._counts.is_quoting:
            self._copy_wanted = True
        else:
            self._copy_cell()

    def export(self) -> None:
        """Ask what to write of the table and its quotes, once it is known how many of them may be quoted."""
        project, question = self._workspace.project, self.choosing.question

        def ask(permissions: dict[Permission, int]) -> None:
            # A sheet over another screen would seem to be that one's.
            if not self.isVisible():
                self.said.emit(self.tr("The matrix was not exported: it is no longer shown."))
                return
            export_from(self, export_request(project, question, permissions), project.path.parent)

        self._workspace.tasks.run(self, self.tr("Look at permissions"), lambda _: count_permissions(project, question), ask, can_stop=False)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: the screen is shown; what changed meanwhile is counted now."""
        super().showEvent(event)
        self._counts.renew()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt tells: another screen is shown, or the project is closed; what was typed is kept."""
        self.drill_down.summary.leave()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: the line that says 'working' lies over the top."""
        super().resizeEvent(event)
        self._busy.setGeometry(0, 0, self.width(), self._busy.height())
        narrow = self.width() < self._workspace.theme.px(_ROOM_FOR_BOTH)
        if narrow is not self._is_narrow:
            self._is_narrow = narrow
            self._pages.show()
            self.drill_down.setVisible(not narrow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt tells: Escape leads from the quotes back to the table."""
        if watched is self.drill_down.list and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._leave_quotes(away=False)
                return True
            if event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
                return True
        return super().eventFilter(watched, event)

    def _make_actions(self) -> tuple[Action, ...]:
        def make(name: str, title: str, run: Any, keys: tuple[str, ...], tip: str, icon: str = "", pane: str = PANE) -> Action:
            return Action(f"matrix.{name}", title, run, keys, tip, icon, self.tr("Synthesis"), pane, self._why_not)

        grid = self.grid
        return (
            make("quotes", self.tr("Go to the quotes"), self.show_quotes, ("Return", "Enter"), self.tr("The quotes of the current cell")),
            make("summary", self.tr("Write the summary"), self.write_summary, ("E",), self.tr("What the quotes say together")),
            make("holds", self.tr("The summary holds"), self.review_summary, ("H",), self.tr("Mark it as reviewed")),
            make("sort", self.tr("Sort by this column"), grid.sort_by_current, ("S",), self.tr("Largest first; again: order of codes")),
            make("unfold", self.tr("Unfold the group"), lambda: grid.fold(False), ("+", "="), self.tr("Show the codes of this group")),
            make("fold", self.tr("Fold the group"), lambda: grid.fold(True), ("-",), self.tr("Show only the heading of this group")),
            make("copy", self.tr("Copy with IDs"), self.copy, ("Ctrl+C",), self.tr("The cell with its quotes and their IDs"), "copy"),
            make(
                *("export", self.tr("Export"), self.export, ("Ctrl+E",)),
                *(self.tr("Write this table and its quotes to Excel, Word, a web page or CSV"), "download", ""),
            ),
        )

    def _why_not(self) -> str:
        if self.model.rowCount():
            return ""
        return self.tr("The matrix is being counted: wait a moment.") if self._counts.is_counting else self.tr("There is no matrix yet.")

    def _lay_out(self) -> None:
        self._pages = QWidget()
        self._stack = QStackedLayout(self._pages)
        table = QFrame()
        set_look(table, "paper")
        inside = QVBoxLayout(table)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.grid, 1)
        inside.addWidget(self.legend)
        self._stack.addWidget(table)
        self._stack.addWidget(self.nothing)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self._pages)
        self._splitter.addWidget(self.drill_down)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setChildrenCollapsible(False)
        px = self._workspace.theme.px
        self.drill_down.setMinimumWidth(px(260))
        self._pages.setMinimumWidth(px(420))
        kept = self._workspace.settings.splitter("matrix")
        self._splitter.setSizes([px(size) for size in kept] if len(kept) == 2 else [px(1440 - 76 - DRILL_DOWN), px(DRILL_DOWN)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        self.choosing.asked.connect(self._counts.ask)
        self.choosing.naming.connect(self._name_level)
        self.choosing.measured.connect(self._measured)
        self.grid.current_changed.connect(self._ask_for_quotes)
        self.grid.opened.connect(self.show_quotes)
        self.drill_down.go.connect(self.go)
        self.drill_down.put_away.connect(self.toggle_quotes)
        self.drill_down.list.installEventFilter(self)
        self.drill_down.summary.set_acts(SummaryActs(self._workspace.project))
        self.drill_down.summary.said.connect(self.said)
        self.drill_down.summary.write_wanted.connect(self.write_summary)
        self.drill_down.summary.review_wanted.connect(self.review_summary)
        # At once: who goes on writing begins with what was written last.
        self.drill_down.summary.wrote.connect(self._ask_for_quotes)
        self.drill_down.summary.done.connect(lambda: self._leave_quotes(away=False))
        self.nothing.pressed.connect(self._go_on_from_nothing)
        self._splitter.splitterMoved.connect(self._keep_splitter)
        self._counts.busy.connect(self._busy.setVisible)
        self._counts.chosen.connect(self.choosing.take)
        self._counts.counted.connect(self._counted)
        self._counts.quoted.connect(self._quoted)
        self._counts.marked.connect(self._marked)

    def _keep_splitter(self) -> None:
        scale = self._workspace.theme.px(100) / 100
        self._workspace.settings.keep_splitter("matrix", [round(size / scale) for size in self._splitter.sizes()])

    def _measured(self) -> None:
        """Another measure: at once, where the cells have it already."""
        measure, table = self.choosing.measure, self.model.table
        if table is not None and table.has(measure) and not self._counts.is_counting:
            self.model.set_measure(measure)
            self._explain()
            remember(self._workspace, self.choosing.question)
        else:
            self._counts.ask()

    def _counted(self, table: MatrixTable) -> None:
        self.model.show_table(table, self.choosing.measure if table.has(self.choosing.measure) else table.question.measure)
        self._explain()
        self._ask_for_quotes()
        remember(self._workspace, self.choosing.question)

    def _explain(self) -> None:
        """Legend, and what stands there when there is nothing to show."""
        table, measure = self.model.table, self.model.measure
        if table is None:
            return
        self.legend.explain(self.choosing.measure_title(measure), measure, frozenset(table.tones), contested=table.is_contested)
        choices = self.choosing.choices
        say = self.nothing.say
        if not choices.sources:
            how = self.tr("Import interview notes or reports, and code them.")
            say("file-text", self.tr("No sources yet."), how, self.tr("Import files…"))
        elif not choices.codes:
            how = self.tr("Make codes while you read, or import a codebook.")
            say("list-tree", self.tr("No codes yet."), how, self.tr("Import a codebook…"))
        elif not table.matrix.columns:
            say("funnel", self.tr("No column has a source."), self.tr("Choose other columns."), self.tr("Show everything"))
        self._stack.setCurrentIndex(0 if choices.sources and choices.codes and table.matrix.columns else 1)

    def _marked(self, question: MatrixQuestion, marks: dict[tuple[str, str | None], bool]) -> None:
        self.model.show_marks(question, marks)
        self.legend.explain_marks(*self.model.has_summaries)

    def _go_on_from_nothing(self) -> None:
        """What the button does that stands where there is no table."""
        choices = self.choosing.choices
        if not choices.sources:
            run_from(self, "project.import")
        elif not choices.codes:
            run_from(self, "project.codebook")
        else:
            self.choosing.ask(MatrixQuestion(columns=self.choosing.question.columns))

    def _ask_for_quotes(self) -> None:
        cell = cell_at(self.model, self.grid.current)
        if cell is not None:
            self.status.emit(place_words(self.model, cell))
            self._counts.ask_for_quotes(cell)

    def _quoted(self, cell: AskedCell, quotes: CellQuotes, written: WrittenCell) -> None:
        self._shown_cell = cell
        self.drill_down.show_cell(cell.words, quotes, written, is_total=cell.column is None)
        if self._wanted and not self._counts.is_quoting:
            wanted, self._wanted = self._wanted, None
            wanted()
        if self._copy_wanted and not self._counts.is_quoting:
            self._copy_wanted = False
            self._copy_cell()

    def _copy_cell(self) -> None:
        cell, quotes = self._shown_cell, self.drill_down.cell
        if cell is not None and quotes is not None:
            QGuiApplication.clipboard().setText("\n".join((cell.words.sentence, *(one.text for one in self.drill_down.model.quotes))))
            self.said.emit(self.tr("Copied with {}.").format(counted(len(quotes.quotes), "quote")))

    def _name_level(self, depth: int) -> None:
        sheets = getattr(self.window(), "sheets", None)
        if isinstance(sheets, SheetHost):
            heads = self.model.table.matrix.columns[:3] if self.model.table else ()
            levels = self.choosing.choices.levels
            sheet = LevelSheet(self._workspace.theme, depth, ", ".join(head.label for head in heads), levels[depth - 1])
            sheet.wanted.connect(lambda name: self._rename_level(depth, name))
            sheets.show_sheet(sheet)

    def _rename_level(self, depth: int, name: str) -> None:
        try:
            name_level(self._workspace.project, depth, name)
        except UserError as error:
            self.said.emit(str(error))
