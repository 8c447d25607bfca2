"""The matrix screen: choices above, the table, its legend below, and at the right the quotes of the current cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from qcode.exchange.exporters.wording import counted, facts_of, name_of
from qcode.model.change import Changes
from qcode.model.matrix import Measure
from qcode.views.matrix import MatrixQuestion, count_permissions
from qcode.views.matrix_cell import CellQuotes, read_cell
from qcode.views.matrix_screen import MatrixChoices, MatrixTable, fitting, read_choices, read_table
from qcode.views.permission import Permission
from ui.actions import Action
from ui.measures import DRILL_DOWN
from ui.screen import Screen
from ui.screens.matrix.choices import Choosing
from ui.screens.matrix.drill_down import CellWords, DrillDown
from ui.screens.matrix.export import export_request
from ui.screens.matrix.grid import PANE, MatrixGrid
from ui.screens.matrix.latest import Latest
from ui.screens.matrix.legend import Legend
from ui.screens.matrix.model import MatrixModel
from ui.screens.matrix.nothing import BusyLine, Nothing
from ui.settings import Setting
from ui.sheets.export_sheet import export_from
from ui.style import set_look
from ui.workspace import Workspace

MATRICES: Setting[dict[str, dict[str, Any]]] = Setting("matrices", {}, "The matrix each project was last asked for")
#: Acts on these change numbers only; on anything else rows, columns and what can be chosen may be other ones, too.
_ONLY_NUMBERS = {"codings", "readings"}
_NOT_COUNTED = {"project"}
#: Under this width the quotes stand in the table's place.
_ROOM_FOR_BOTH = 760


@dataclass(frozen=True, slots=True)
class _Asked:
    """A count to be made; `choices` None where they must be read first, as they are at the change called `version`."""

    question: MatrixQuestion
    choices: MatrixChoices | None
    version: int


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell whose quotes are wanted: codes (UUIDs) and a column's key, None for all columns."""

    question: MatrixQuestion
    codes: tuple[str, ...]
    column: str | None
    words: CellWords


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
        theme, tasks = workspace.theme, workspace.tasks
        self.choosing = Choosing(theme, self)
        self.model = MatrixModel(self, self.choosing.all_of)
        self.grid = MatrixGrid(self.model, theme)
        self.drill_down = DrillDown(theme)
        self.legend = Legend(theme)
        self.nothing = Nothing(theme)
        self._busy = BusyLine(theme, self)
        self._counting = Latest(tasks, self.tr("Count the matrix"), self._count, self._counted, self._failed, self)
        self._quoting = Latest(tasks, self.tr("Read the quotes of a cell"), self._read_cell, self._quoted, self._quotes_failed, self)
        self._is_stale = True
        # Choices are read again when they are older than the last change that could have made others of them.
        self._choices_wanted, self._choices_known = 1, 0
        self._copy_wanted = self._is_narrow = False
        self._shown_cell: _Cell | None = None
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.grid)
        self.choosing.ask(self._remembered())

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
        return self._counting.is_busy or self._quoting.is_busy

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
            self.status.emit(self.tr("Copied {}.").format(chosen.quote.id))
        elif self._quoting.is_busy:
            self._copy_wanted = True
        else:
            self._copy_cell()

    def export(self) -> None:
        """Ask what to write of the table and its quotes, once it is known how many of them may be quoted."""
        project, question = self._workspace.project, self.choosing.question

        def ask(permissions: dict[Permission, int]) -> None:
            export_from(self, export_request(project, question, permissions), project.path.parent)

        self._workspace.tasks.run(self, self.tr("Look at permissions"), lambda _: count_permissions(project, question), ask)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: the screen is shown; what changed meanwhile is counted now."""
        super().showEvent(event)
        self._recount()

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
        return "" if self.model.rowCount() else self.tr("There is no matrix yet.")

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
        self.choosing.asked.connect(self._asked)
        self.choosing.measured.connect(self._measured)
        self.grid.current_changed.connect(self._ask_for_quotes)
        self.grid.opened.connect(self.show_quotes)
        self.drill_down.go.connect(self.go)
        self.drill_down.put_away.connect(self.toggle_quotes)
        self.drill_down.list.installEventFilter(self)
        self.nothing.pressed.connect(lambda: self.choosing.ask(MatrixQuestion(columns=self.choosing.question.columns)))
        self._splitter.splitterMoved.connect(self._keep_splitter)
        self._counting.signals.busy.connect(self._busy.setVisible)
        self._workspace.changes.changed.connect(self._note_changes)

    def _keep_splitter(self) -> None:
        scale = self._workspace.theme.px(100) / 100
        self._workspace.settings.keep_splitter("matrix", [round(size / scale) for size in self._splitter.sizes()])

    def _note_changes(self, changes: Changes) -> None:
        touched = set(changes.rows) - _NOT_COUNTED
        if touched:
            self._is_stale = True
            self._choices_wanted += bool(touched - _ONLY_NUMBERS)
            self._recount()

    def _asked(self) -> None:
        self._is_stale = True
        self._recount()

    def _measured(self) -> None:
        """Another measure: at once, where the cells have it already."""
        measure, table = self.choosing.measure, self.model.table
        if table is not None and table.has(measure) and not self._counting.is_busy:
            self.model.set_measure(measure)
            self._explain()
            self._remember()
        else:
            self._asked()

    def _recount(self) -> None:
        if self._is_stale and self.isVisible():
            self._is_stale = False
            choices = self.choosing.choices if self._choices_known == self._choices_wanted else None
            self._counting.ask(_Asked(self.choosing.question, choices, self._choices_wanted))

    def _count(self, asked: _Asked) -> tuple[MatrixChoices, MatrixTable]:
        """On another thread."""
        project = self._workspace.project
        choices = asked.choices or read_choices(project)
        return choices, read_table(project, fitting(asked.question, choices))

    def _counted(self, asked: _Asked, result: tuple[MatrixChoices, MatrixTable]) -> None:
        choices, table = result
        if asked.choices is None:
            self._choices_known = asked.version
            self.choosing.take(choices)
        if self._counting.is_busy and table.question != self.choosing.question:
            return  # something else has been chosen meanwhile
        self.model.show_table(table, self.choosing.measure if table.has(self.choosing.measure) else table.question.measure)
        self._explain()
        self._ask_for_quotes()
        self._remember()

    def _explain(self) -> None:
        """Legend, and what stands there when there is nothing to show."""
        table, measure = self.model.table, self.model.measure
        if table is None:
            return
        self.legend.explain(self.choosing.measure_title(measure), measure, frozenset(table.tones))
        choices = self.choosing.choices
        if not choices.sources:
            self.nothing.say("file-text", self.tr("No sources yet."), self.tr("Import interview notes or reports, and code them."), "")
        elif not choices.codes:
            self.nothing.say("list-tree", self.tr("No codes yet."), self.tr("Make codes while you read, or import a codebook."), "")
        elif not table.matrix.columns:
            self.nothing.say("funnel", self.tr("No column has a source."), self.tr("Choose other columns."), self.tr("Show everything"))
        self._stack.setCurrentIndex(0 if choices.sources and choices.codes and table.matrix.columns else 1)

    def _ask_for_quotes(self) -> None:
        cell = self._current_cell()
        if cell is not None:
            self._say_status(cell)
            self._quoting.ask(cell)

    def _current_cell(self) -> _Cell | None:
        index, table = self.grid.current, self.model.table
        if not index.isValid() or table is None:
            return None
        column = index.column() - 1
        head = table.heads[column]
        key = head.key if column < len(table.matrix.columns) else None
        line = self.model.line(index.row())
        sentence = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        if line.row is None:
            codes = tuple(table.matrix.rows[row].key for row in line.group.rows)
            return _Cell(table.question, codes, key, CellWords(line.group.path, head.label, "", sentence, self.tr("No quotes yet.")))
        row = table.matrix.rows[line.row]
        facts = facts_of(table.cell(line.row, column), Measure.CODINGS)
        empty = f"{facts[:1].upper()}{facts[1:]}."
        words = CellWords(name_of(row), head.label, row.colour or "Slate", sentence, empty)
        return _Cell(table.question, (row.key,), key, words)

    def _say_status(self, cell: _Cell) -> None:
        assert self.model.table is not None
        cells, found, nothing, unread = self.model.table.figures()
        figures = self.tr("{} cells: {} with quotes, {} read and empty, {} not fully read")
        figures = figures.format(f"{cells:,}", f"{found:,}", f"{nothing:,}", f"{unread:,}")
        self.status.emit(f"{cell.words.code} × {cell.words.column}   ·   {figures}")

    def _read_cell(self, cell: _Cell) -> CellQuotes:
        """On another thread."""
        return read_cell(self._workspace.project, cell.question, cell.codes, cell.column)

    def _quoted(self, cell: _Cell, quotes: CellQuotes) -> None:
        self._shown_cell = cell
        self.drill_down.show_cell(cell.words, quotes)
        if self._copy_wanted and not self._quoting.is_busy:
            self._copy_wanted = False
            self._copy_cell()

    def _copy_cell(self) -> None:
        cell, quotes = self._shown_cell, self.drill_down.cell
        if cell is not None and quotes is not None:
            QGuiApplication.clipboard().setText("\n".join((cell.words.sentence, *(one.text for one in self.drill_down.model.quotes))))
            self.status.emit(self.tr("Copied with {}.").format(counted(len(quotes.quotes), "quote")))

    def _failed(self, error: Exception) -> None:
        self._workspace.tasks.failed.emit(self.tr("Count the matrix"), error)

    def _quotes_failed(self, error: Exception) -> None:
        # What was asked for may have gone while it was being read; the count that follows asks anew.
        if not (self._is_stale or self._counting.is_busy):
            self._failed(error)

    def _remembered(self) -> MatrixQuestion:
        kept = self._workspace.settings.get_of(MATRICES, str(self._workspace.project.path), {})
        rows, columns, measure = kept.get("rows"), kept.get("columns"), kept.get("measure")
        return MatrixQuestion(
            rows=tuple(row for row in rows if isinstance(row, str)) if isinstance(rows, list) else (),
            columns=columns if isinstance(columns, str) else "case:1",
            measure=Measure(measure) if measure in list(Measure) else Measure.CODINGS,
        )

    def _remember(self) -> None:
        """Rows, columns and measure come back next time; a filter does not, for it would hide things from who forgot it."""
        asked = self.choosing.question
        kept = {"rows": list(asked.rows), "columns": asked.columns, "measure": asked.measure.value}
        self._workspace.settings.put_of(MATRICES, str(self._workspace.project.path), kept)
