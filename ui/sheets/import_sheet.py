"""The import sheet: what each file will become, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QHeaderView, QLabel, QProgressBar, QTableView, QVBoxLayout, QWidget

from qcode.operations.sources import CASE_FROM_FOLDER, Belonging
from qcode.progress import Progress
from qcode.views.intake import Intake, survey_files
from qcode.views.lists import list_cases
from ui.style import set_look
from ui.tasks import Task
from ui.widgets.sheet import Sheet
from ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
LANGUAGES = (
    ("", "Not said"),
    ("en", "English"),
    ("ru", "Russian"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("kk", "Kazakh"),
    ("ky", "Kyrgyz"),
    ("tg", "Tajik"),
    ("tk", "Turkmen"),
    ("uz", "Uzbek"),
)
#: So many refused files get as many lines as their reason needs; measuring thousands would take seconds.
_WRAPPED = 100
#: Beyond this size, in per cent, format and length make room for the reasons.
_ROOMY = 150
_FORMATS = {"txt": "Text", "md": "Markdown", "docx": "Word", "html": "Web page", "htm": "Web page", "pdf": "PDF"}


class CaseChoice(StrEnum):
    """Where the cases of the files come from."""

    FOLDER = "folder"
    ONE = "one"
    NONE = "none"


class IntakeModel(QAbstractTableModel):
    """The files of an import, line by line: source, format, length, case, and what becomes of it."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Intake] = ()
        self._case = (CaseChoice.FOLDER, "")

    def show_rows(self, rows: Sequence[Intake]) -> None:
        """Show what the survey found; what is left out first, for that is what one must see."""
        self.beginResetModel()
        self._rows = sorted(rows, key=lambda row: (not row.reason or row.known, not row.known))
        self.endResetModel()

    def show_case(self, choice: CaseChoice, name: str) -> None:
        """Show the case that each file would get by this choice."""
        self._case = (choice, name)
        if self._rows:
            self.dataChanged.emit(self.index(0, 3), self.index(len(self._rows) - 1, 3))

    def left_out(self) -> int:
        """How many files are left out; they stand first."""
        return sum(bool(row.reason) for row in self._rows)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many files."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Five."""
        return 0 if parent is not None and parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heads of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return [_tr("Source"), _tr("Format"), _tr("Characters"), _tr("Case"), _tr("What becomes of it")][section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says; the whole of it as tooltip."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column == 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _words(self, row: Intake) -> tuple[str, ...]:
        choice, name = self._case
        case = {CaseChoice.FOLDER: row.folder_case, CaseChoice.ONE: name, CaseChoice.NONE: ""}[choice]
        length = f"{row.characters:,}".replace(",", "\u2009") if row.characters else ""
        reason = row.reason.removeprefix(f"{row.path.name} ")
        told = reason[:1].upper() + reason[1:] if reason else _tr("A new source")
        return (row.name, _FORMATS.get(row.format, row.format), length, "" if row.reason else case, told)


class ImportSheet(Sheet):
    """Reads the files beside the window, says what each will become, and asks for cases and language.

    Emits `wanted(paths, Belonging, how many files)` when the import is to be done.
    """

    wanted = Signal(object, object, int)
    width_wanted = 1120

    def __init__(self, workspace: Workspace, paths: Sequence[Path]) -> None:
        super().__init__(workspace.theme, "")
        self._workspace, self._paths = workspace, list(paths)
        self._model = IntakeModel()
        self._ready = 0
        self._make_choices()
        self._make_table()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Reading the files"))
        self.body.addWidget(self._bar)
        cancel = self.add_button(self.tr("Cancel"))
        cancel.clicked.connect(self.leave)
        self._import = self.add_button(self.tr("Import"), "primary")
        self._import.clicked.connect(self._go)
        self._import.setEnabled(False)
        self.heading.setText(self.tr("Import sources"))
        self.setAccessibleName(self.tr("Import sources"))
        self._say(self.tr("Reading the files, to say what each will become. Nothing is written yet."))
        self._task = self._survey()

    @property
    def model(self) -> IntakeModel:
        """The files as the sheet shows them."""
        return self._model

    def belonging(self) -> Belonging:
        """What every source of the import is given."""
        choice = CaseChoice(self._cases.currentData())
        case = self._one.currentText().strip() if choice is CaseChoice.ONE else ""
        return Belonging(case, CASE_FROM_FOLDER if choice is CaseChoice.FOLDER else "", (), self._language.currentData())

    def leave(self) -> None:
        """Stop reading and close; nothing was written."""
        self._task.cancel()
        super().leave()

    def first_focus(self) -> QWidget | None:
        """The first choice."""
        return self._cases

    def _make_choices(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(16))
        self._cases = QComboBox()
        for choice, words in (
            (CaseChoice.FOLDER, self.tr("From each file's folder")),
            (CaseChoice.ONE, self.tr("One case for all")),
            (CaseChoice.NONE, self.tr("None")),
        ):
            self._cases.addItem(words, choice.value)
        self._one = QComboBox()
        self._one.setEditable(True)
        self._one.addItems([line["case"] for line in list_cases(self._workspace.project)])
        self._one.setEditText("")
        self._one.lineEdit().setPlaceholderText(self.tr("Name of the case"))  # type: ignore[union-attr]
        self._language = QComboBox()
        for code, name in LANGUAGES:
            self._language.addItem(self.tr(name), code)
        for words, field in ((self.tr("Case"), self._cases), (self.tr("Which"), self._one), (self.tr("Language"), self._language)):
            row.addWidget(_labelled(words, field))
        row.addStretch(1)
        self.body.addLayout(row)
        self._cases.currentIndexChanged.connect(self._choose_case)
        self._one.editTextChanged.connect(self._choose_case)
        self._choose_case()

    def _make_table(self) -> None:
        self._table = QTableView()
        self._table.setModel(self._model)
        self._table.setAccessibleName(self.tr("What each file will become"))
        self._table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.setFrameShape(QFrame.Shape.NoFrame)
        set_look(self._table, "paper")
        self._table.verticalHeader().hide()
        head = self._table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.theme.changed.connect(self._renew)
        self._renew()
        self._table.setMinimumHeight(min(self.theme.px(320), 420))
        self.body.addWidget(self._table, 1)

    def _renew(self) -> None:
        """Names and cases do not take all that a larger size would give them: the reason needs the room."""
        px = self.theme.px
        for column, width in enumerate((min(px(270), 320), px(80), px(90), min(px(150), 190))):
            self._table.setColumnWidth(column, width)
        for column in (1, 2):
            self._table.setColumnHidden(column, px(100) > _ROOMY)
        self._table.verticalHeader().setDefaultSectionSize(px(28))
        self._wrap()

    def _wrap(self) -> None:
        for number in range(min(_WRAPPED, self._model.left_out())):
            self._table.resizeRowToContents(number)
            self._table.setRowHeight(number, self._table.rowHeight(number) + self.theme.px(8))

    def _survey(self) -> Task:
        project, paths = self._workspace.project, self._paths

        def work(progress: Progress) -> list[Intake]:
            return survey_files(project, paths, progress)

        task = self._workspace.tasks.run(self, self.tr("Read files"), work, self._surveyed, self._failed, self._stopped)
        task.progressed.connect(self._progressed)
        self._bar.setRange(0, 0)
        return task

    def _progressed(self) -> None:
        self._bar.setRange(0, max(1, self._task.total))
        self._bar.setValue(self._task.done)

    def _surveyed(self, rows: list[Intake]) -> None:
        self._bar.hide()
        self._model.show_rows(rows)
        self._wrap()
        self._ready = sum(not row.reason for row in rows)
        known = sum(row.known for row in rows)
        refused = len(rows) - self._ready - known
        parts = [self.tr("{0} of {1} files become sources.").format(self._ready, len(rows))]
        if known:
            parts.append(self.tr("{0} are in the project already.").format(known))
        if refused:
            parts.append(self.tr("{0} left out; the last column says why.").format(refused))
        self._say(" ".join(parts) if rows else self.tr("There are no files in what was chosen."))
        self._import.setText(self.tr("Import 1 file") if self._ready == 1 else self.tr("Import {0} files").format(self._ready))
        self._import.setAccessibleName(self._import.text())
        self._import.setEnabled(self._ready > 0)
        self._import.setToolTip("" if self._ready else self.tr("None of the files can be imported."))

    def _failed(self, error: Exception) -> None:
        self._bar.hide()
        self._say(str(error))

    def _stopped(self) -> None:
        self._bar.hide()
        self._say(self.tr("Reading was stopped. Nothing was written."))

    def _say(self, text: str) -> None:
        self.explanation.setText(text)
        self.explanation.show()

    def _choose_case(self) -> None:
        choice = CaseChoice(self._cases.currentData())
        self._one.setEnabled(choice is CaseChoice.ONE)
        self._one.setToolTip("" if choice is CaseChoice.ONE else self.tr("Choose “One case for all” to name it."))
        self._model.show_case(choice, self._one.currentText().strip())

    def _go(self) -> None:
        belonging = self.belonging()
        self.closed.emit()
        self.wanted.emit(self._paths, belonging, self._ready)


def _labelled(words: str, field: QComboBox) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    label = QLabel(words)
    set_look(label, "label")
    label.setBuddy(field)
    field.setAccessibleName(words)
    field.setMinimumContentsLength(16)
    line = field.lineEdit()
    if line is not None:
        line.setAccessibleName(words)
    column.addWidget(label)
    column.addWidget(field)
    return box


def _tr(text: str) -> str:
    return QCoreApplication.translate("IntakeModel", text)
