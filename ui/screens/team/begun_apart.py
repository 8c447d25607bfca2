"""What is the same in a project that was begun apart, ticked one by one before it is merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QListView, QWidget

from qcode.exchange.exporters.wording import counted, ended
from qcode.model.merging import Match
from qcode.operations.merging_apart import merge_apart, propose_matches
from ui.measures import BODY
from ui.screens.team.wording import group_words, tr
from ui.theme import Theme
from ui.widgets.sheet import Sheet, SheetHost
from ui.widgets.strips import Message, Strips
from ui.workspace import Workspace

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


class MatchModel(QAbstractListModel):
    """A heading for what was withdrawn, for sources, cases and codes, below each its matches with a box to tick; those that are sure are
    ticked."""

    def __init__(self, theme: Theme, matches: Sequence[Match], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.same = {match.id for match in matches if match.sure}
        leaving = [match for match in matches if match.leaves]
        heading = tr("Withdrawn ({0}): what is ticked leaves for good").format(len(leaving))
        self._rows: list[Match | str] = [heading, *leaving] if leaving else []
        for table in ("sources", "cases", "codes"):
            # What has to be decided comes first.
            of_table = sorted((match for match in matches if match.table == table and not match.leaves), key=lambda match: match.sure)
            if of_table:
                self._rows += [f"{group_words(table)} ({len(of_table)})", *of_table]

    def match_at(self, index: AnyIndex) -> Match | None:
        """The match at an index; None for a heading."""
        row = self._rows[index.row()] if index.isValid() else ""
        return row if isinstance(row, Match) else None

    def leaving(self) -> list[Match]:
        """The matches that are ticked and take a source out of the project for good."""
        return [row for row in self._rows if isinstance(row, Match) and row.leaves and row.id in self.same]

    def tick(self, wanted: Callable[[Match], bool]) -> None:
        """Tick the matches that are wanted, and no others."""
        self.same = {row.id for row in self._rows if isinstance(row, Match) and wanted(row)}
        self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [Qt.ItemDataRole.CheckStateRole])

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Qt asks: headings and matches."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Qt asks: headings are only read."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.match_at(index) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: the words, and whether it is ticked."""
        if not index.isValid():
            return None
        match = self.match_at(index)
        if role in _SPOKEN:
            return match_words(match) if match else self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and match:
            return Qt.CheckState.Checked if match.id in self.same else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.FontRole and not match:
            font = self._theme.font(BODY)
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt tells: a box was ticked, or is not any more."""
        match = self.match_at(index)
        if match is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        (self.same.add if Qt.CheckState(value) is Qt.CheckState.Checked else self.same.discard)(match.id)
        self.dataChanged.emit(index, index, [role])
        return True


def match_words(match: Match) -> str:
    """What is here, what it is called there if that is other, by which rule, and how nearly."""
    both = match.title if match.title == match.other_title else tr("{0}  =  {1}").format(match.title, match.other_title)
    return f"{both}  ·  {tr(match.rule)}, {match.alike} %"


class MatchSheet(Sheet):
    """The matches of one file. Emits `wanted(ids, titles)`, the titles being those of sources that leave for good."""

    wanted = Signal(object, object)
    width_wanted = 820

    def __init__(self, theme: Theme, name: str, matches: Sequence[Match]) -> None:
        text = tr("{0} has no history in common with this project. What is ticked becomes one; all else stands here beside yours.")
        leaves = tr(" A source with the text of a withdrawn one leaves with its codings if it is ticked; Undo does not bring it back.")
        text = text.format(name) + (leaves if any(match.leaves for match in matches) else "")
        super().__init__(theme, tr("Begun apart: choose what is the same"), text)
        self.model = MatchModel(theme, matches, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName(tr("What may be the same"))
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setMinimumHeight(theme.px(min(360, 40 + 26 * self.model.rowCount())))
        self.body.addWidget(self.view, 1)
        self.view.setVisible(bool(matches))
        self.sure = self.add_button(tr("Only the sure ones"))
        self.every = self.add_button(tr("All"))
        self.sure.clicked.connect(lambda: self.model.tick(lambda match: match.sure))
        self.every.clicked.connect(lambda: self.model.tick(lambda match: match.sure or not match.leaves))
        for button in (self.sure, self.every):
            button.setVisible(bool(matches))
        self.add_button(tr("Cancel")).clicked.connect(self.leave)
        self.button = self.add_button("", "primary")
        self.button.clicked.connect(self._go)
        self.model.dataChanged.connect(self._look)
        if matches:
            self.view.setCurrentIndex(self.model.index(1))
        self._look()

    def first_focus(self) -> QWidget | None:
        """The list, if there is anything in it."""
        return self.view if self.model.rowCount() else self.button

    def _look(self) -> None:
        leaving = len(self.model.leaving())
        words = tr("Merge, {0} the same").format(len(self.model.same) - leaving)
        self.button.setText(tr("{0}, {1} for good out of it").format(words, leaving) if leaving else words)
        self.button.setAccessibleName(self.button.text())

    def _go(self) -> None:
        same, leaving = frozenset(self.model.same), [match.title for match in self.model.leaving()]
        self.closed.emit()
        self.wanted.emit(same, leaving)


class BegunApartMerge(QObject):
    """Finds what may be the same, asks, and merges."""

    def __init__(self, workspace: Workspace, screen: QWidget) -> None:
        super().__init__(screen)
        self._workspace, self._screen = workspace, screen

    def offer(self, path: Path, then: Callable[[], None]) -> None:
        """Show what may be the same in the project at `path`; `then` is called after it was merged."""
        project, title = self._workspace.project, tr("Compare with {0}").format(path.name)
        work, done = (lambda _: propose_matches(project, path)), (lambda found: self._show(path, found, then))
        self._workspace.tasks.run(self, title, work, done, can_stop=False)

    def _show(self, path: Path, matches: list[Match], then: Callable[[], None]) -> None:
        sheets = getattr(self._screen.window(), "sheets", None)
        if isinstance(sheets, SheetHost):
            sheet = MatchSheet(self._workspace.theme, path.name, matches)
            sheet.wanted.connect(lambda same, leaving: self._merge(path, same, leaving, then))
            sheets.show_sheet(sheet)

    def _merge(self, path: Path, same: frozenset[str], leaving: Sequence[str], then: Callable[[], None]) -> None:
        project, title = self._workspace.project, tr("Merge {0}").format(path.name)

        def done(joined: int) -> None:
            self._say(path.name, joined, leaving)
            then()

        task = self._workspace.tasks.run(self, title, lambda progress: merge_apart(project, path, same, progress), done)
        task.writes = True

    def _say(self, name: str, joined: int, leaving: Sequence[str]) -> None:
        strips = getattr(self._screen.window(), "strips", None)
        if isinstance(strips, Strips):
            words = tr("{0} is merged, with {1} that became one. Undo takes that back first, then the merge.")
            said = [words.format(name, counted(joined, tr("pair")))]
            if leaving:
                said.append(ended(tr("Withdrawn, and gone for good: {0}").format(", ".join(leaving))))
            strips.show_message(Message("ok", "", " ".join(said), key="merge"))
