"""Bringing things in: sources from files, folders and the clipboard, codebook and cases from tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from qcode.errors import UserError
from qcode.exchange.exporters.wording import counted
from qcode.exchange.registry import READERS
from qcode.exchange.tables import read_table
from qcode.model.outcome import Outcome
from qcode.model.table import Table
from qcode.operations.cases import import_cases
from qcode.operations.codebook import import_codebook
from qcode.operations.sources import Belonging, add_pasted, import_files
from qcode.progress import Progress
from qcode.project import Project
from qcode.views.summary import NextActs, next_acts
from ui.desk import Desk
from ui.files import TABLES, Files
from ui.sheets.import_sheet import ImportSheet
from ui.sheets.list_sheet import ListSheet
from ui.sheets.paste_sheet import PasteSheet
from ui.widgets.sheet import SheetHost
from ui.widgets.strips import Message, Strips

KINDS = "{0} ({1})"
_KEY = "import"
#: What came of bringing something in, and what Undo calls the act; '' where nothing was done.
_Done = tuple[Outcome, str]
TableImport = Callable[[Project, Table], Outcome]


class BringIn(QObject):
    """The acts behind the menu's Import…, Paste…, Codebook… and Cases…, and behind files that are dropped on the window."""

    def __init__(self, desk: Desk, sheets: SheetHost, strips: Strips, files: Files) -> None:
        super().__init__()
        self._desk, self._sheets, self._strips, self._files = desk, sheets, strips, files
        #: The act that the strip speaks of, as Undo calls it; '' for none.
        self._told = ""
        desk.acted.connect(self._follow)

    def choose_files(self) -> None:
        """Ask for files and show what they will become."""
        endings = " ".join(f"*{ending}" for ending in READERS)
        self.show_sheet(self._files.open_many(self.tr("Import files"), KINDS.format(self.tr("Notes and reports"), endings)))

    def choose_folder(self) -> None:
        """Ask for a folder and show what its files will become."""
        folder = self._files.folder(self.tr("Import a folder"))
        self.show_sheet([folder] if folder else [])

    def show_sheet(self, paths: Sequence[Path]) -> None:
        """Show what importing these files and folders would do."""
        if self._desk.workspace is None or not paths:
            return
        sheet = ImportSheet(self._desk.workspace, paths)
        sheet.wanted.connect(self.import_files)
        self._sheets.show_sheet(sheet)

    def import_files(self, paths: Sequence[Path], belonging: Belonging, count: int) -> None:
        """Import as one act, beside the window; a strip says what came of it."""
        workspace = self._desk.workspace
        if workspace is None:
            return
        project = workspace.project

        def work(progress: Progress) -> _Done:
            return _done(project, import_files(project, list(paths), belonging, progress=progress))

        title = self.tr("Import 1 file") if count == 1 else self.tr("Import {0} files").format(count)
        task = workspace.tasks.run(self, title, work, self._imported, lambda error: self._desk.failed.emit(title, error))
        task.writes = True

    def paste(self) -> None:
        """Show the text of the clipboard, to be kept as a source."""
        workspace = self._desk.workspace
        text = QGuiApplication.clipboard().text()
        if workspace is None:
            return
        if not text.strip():
            self._strips.show_message(Message("info", "", self.tr("There is no text on the clipboard: copy some first."), key="paste"))
            return
        sheet = PasteSheet(workspace, text)
        sheet.wanted.connect(lambda *wanted: self._keep_pasted(sheet, *wanted))
        self._sheets.show_sheet(sheet)

    def codebook(self) -> None:
        """Ask for a table and bring the codebook up to date from it."""
        self._table(self.tr("Codebook from a table"), import_codebook, self.tr("code"))

    def cases(self) -> None:
        """Ask for a table and bring the cases up to date from it."""
        self._table(self.tr("Cases from a table"), import_cases, self.tr("case"))

    def _keep_pasted(self, sheet: PasteSheet, name: str, text: str, belonging: Belonging) -> None:
        workspace = self._desk.workspace
        if workspace is None:
            return
        project = workspace.project

        def kept(act: str) -> None:
            if isValid(sheet):
                sheet.closed.emit()
            self._tell(Message("ok", self.tr("Kept"), self.tr("{0} is a source now.").format(name), key=_KEY), act)

        def failed(error: Exception) -> None:
            if isValid(sheet) and isinstance(error, UserError):
                sheet.refuse(str(error))
            else:
                self._desk.failed.emit(title, error)

        def work(progress: Progress) -> str:
            add_pasted(project, name, text, belonging)
            return next_acts(project).undo

        title = self.tr("Paste {0}").format(name)
        workspace.tasks.run(self, title, work, kept, failed)

    def _table(self, title: str, bring: TableImport, noun: str) -> None:
        workspace = self._desk.workspace
        path = self._files.open_one(title, TABLES) if workspace else None
        if workspace is None or path is None:
            return
        project = workspace.project

        def work(progress: Progress) -> _Done:
            return _done(project, bring(project, read_table(path)))

        def done(result: _Done) -> None:
            outcome, act = result
            made = counted(len(outcome.imported), noun)
            words = self.tr("{0}: {1} made, {2} changed.").format(path.name, made, len(outcome.changed))
            self._show_outcome(words, outcome, self.tr("line was not used"), self.tr("lines were not used"), act)

        task = workspace.tasks.run(self, title, work, done, lambda error: self._desk.failed.emit(title, error))
        task.writes = True

    def _imported(self, result: _Done) -> None:
        outcome, act = result
        total = len(outcome.imported) + len(outcome.skipped) + len(outcome.refused)
        words = self.tr("{0} of {1} files imported.").format(len(outcome.imported), total)
        if outcome.skipped:
            words += " " + self.tr("{0} were there already, with the same text.").format(len(outcome.skipped))
        self._show_outcome(words, outcome, self.tr("file was left out"), self.tr("files were left out"), act)

    def _show_outcome(self, words: str, outcome: Outcome, one: str, many: str, act: str) -> None:
        refused = len(outcome.refused)
        if refused:
            words += f" {refused} {one if refused == 1 else many}."
        lines = [_line(refusal.path, refusal.reason) for refusal in (*outcome.refused, *outcome.skipped)] + outcome.notes

        def show() -> None:
            self._sheets.show_sheet(ListSheet(self._desk.theme, self.tr("What was left out, and why"), words, lines))

        button = self.tr("Show the others") if lines else ""
        kind = "warn" if refused else "ok"
        self._tell(Message(kind, "", words, button, show, _KEY, "triangle-alert" if refused else "", stays=True), act)

    def _tell(self, message: Message, act: str) -> None:
        """Say what came of an act, as long as it is not taken back."""
        self._told = act
        self._strips.show_message(message)

    def _follow(self, acts: NextActs) -> None:
        if self._told and acts.redo == self._told:
            self._told = ""
            self._strips.drop(_KEY)


def _line(place: str, reason: str) -> str:
    name = place.replace("\\", "/").rpartition("/")[2]
    return reason if name in reason else f"{name}: {reason}"


def _done(project: Project, outcome: Outcome) -> _Done:
    return outcome, next_acts(project).undo if outcome.imported or outcome.changed else ""
