"""The export sheet: format, file and what to include; says what will be left out, and writes beside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from qcode.errors import UserError
from qcode.found import look_at, refuse_place
from qcode.progress import Progress
from ui.files import with_ending
from ui.settings import FOLDER, Settings
from ui.style import set_look
from ui.tasks import Tasks
from ui.theme import Theme
from ui.widgets.sheet import Sheet, SheetHost
from ui.widgets.strips import Message, Strips

FORMATS = {
    "xlsx": "Excel",
    "docx": "Word",
    "html": "Web page",
    "csv": "CSV",
    "md": "Markdown",
    "json": "JSON",
}


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be included: `id`, its words, whether it is at first, and the formats that can hold it (empty: all)."""

    id: str
    words: str
    on: bool = True
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is to be written. `write(path, format, options that are on, progress)` does it on another thread and gives a sentence on what
    was written; `left_out(format, options that are on)` says in sentences what will not be in the file. Where
    `can_stop`, writing looks at its progress, and what is stopped leaves no file."""

    title: str
    name: str
    write: Callable[[Path, str, frozenset[str], Progress], str]
    formats: Sequence[str] = tuple(FORMATS)
    options: Sequence[Option] = ()
    left_out: Callable[[str, frozenset[str]], Sequence[str]] = lambda kind, options: ()
    can_stop: bool = False


class ExportSheet(Sheet):
    """Asks for format, file and parts. Emits `wanted(path, format, options)`."""

    wanted = Signal(object, str, object)
    width_wanted = 600

    def __init__(self, theme: Theme, request: ExportRequest, folder: Path, choose: Callable[[str, str, str], Path | None]) -> None:
        super().__init__(theme, request.title)
        self._request, self._choose = request, choose
        self._format = QComboBox()
        for kind in request.formats:
            self._format.addItem(f"{self.tr(FORMATS.get(kind, kind))} (.{kind})", kind)
        self._path = QLineEdit(str(folder / f"{request.name}.{request.formats[0]}"))
        self._boxes = {option.id: QCheckBox(option.words) for option in request.options}
        self._left_out = QLabel()
        self._left_out.setWordWrap(True)
        self._exists = QLabel()
        self._exists.setWordWrap(True)
        self._exists.hide()
        #: The file that may be replaced, because the person said so.
        self._replaced: Path | None = None
        self._ending = f".{request.formats[0]}"
        self._lay_out()
        self._format.currentIndexChanged.connect(self._renew)
        self._path.textChanged.connect(self._renew_button)
        self._renew()

    @property
    def kind(self) -> str:
        """The format that is chosen."""
        return str(self._format.currentData())

    @property
    def chosen(self) -> frozenset[str]:
        """The options that are on and that the format can hold."""
        return frozenset(name for name, box in self._boxes.items() if box.isChecked() and box.isEnabled())

    def first_focus(self) -> QWidget | None:
        """The format."""
        return self._format

    def _lay_out(self) -> None:
        for words, field in ((self.tr("Format"), self._format), (self.tr("File"), self._path)):
            label = QLabel(words)
            set_look(label, "label")
            field.setAccessibleName(words)
            self.body.addWidget(label)
            self.body.addLayout(self._with_browse(field)) if field is self._path else self.body.addWidget(field)
        for option in self._request.options:
            box = self._boxes[option.id]
            box.setChecked(option.on)
            box.setAccessibleName(option.words)
            box.toggled.connect(self._say)
            self.body.addWidget(box)
        set_look(self._left_out, "small")
        self.body.addWidget(self._left_out)
        self.body.addWidget(self._exists)
        self.add_button(self.tr("Cancel")).clicked.connect(self.leave)
        self._export = self.add_button(self.tr("Export"), "primary")
        self._export.clicked.connect(self._go)

    def _with_browse(self, field: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        browse = QPushButton(self.tr("Choose…"))
        browse.setAccessibleName(self.tr("Choose the file"))
        browse.clicked.connect(self._browse)
        row.addWidget(field, 1)
        row.addWidget(browse)
        return row

    def _browse(self) -> None:
        name = Path(self._path.text().strip()).name or self._request.name
        ended = with_ending(Path(name), self._ending).name
        chosen = self._choose(self._request.title, ended, f"{FORMATS.get(self.kind, self.kind)} (*.{self.kind})")
        if chosen:
            self._path.setText(str(chosen))
            self._replaced = self._target()

    def _target(self) -> Path:
        return with_ending(Path(self._path.text().strip()), self._ending)

    def _renew(self) -> None:
        typed, before = self._path.text().strip(), self._ending
        self._ending = f".{self.kind}"
        if Path(typed).name:
            self._path.setText(typed.removesuffix(before) + self._ending)
        for option in self._request.options:
            fits = not option.formats or self.kind in option.formats
            self._boxes[option.id].setEnabled(fits)
            reason = self.tr("{0} files cannot hold this.").format(FORMATS.get(self.kind, self.kind))
            self._boxes[option.id].setToolTip("" if fits else reason)
        self._say()

    def _renew_button(self, text: str) -> None:
        self._export.setEnabled(bool(Path(text.strip()).name))
        self._export.setText(self.tr("Export"))
        self._exists.hide()

    def _say(self) -> None:
        sentences = self._request.left_out(self.kind, self.chosen)
        self._left_out.setText(" ".join([self.tr("Not in the file:"), *sentences]) if sentences else "")
        self._left_out.setVisible(bool(sentences))

    def _go(self) -> None:
        path, kind, chosen = self._target(), self.kind, self.chosen
        try:
            refuse_place(path)
        except UserError as refused:
            self._point_at_name(str(refused))
            return
        if path != self._replaced and look_at(path).exists:
            self._ask_to_replace(path)
            return
        self.closed.emit()
        self.wanted.emit(path, kind, chosen)

    def _ask_to_replace(self, path: Path) -> None:
        """The next press of the button replaces the file; another name in the field takes that back."""
        self._replaced = path
        self._export.setText(self.tr("Replace"))
        self._point_at_name(self.tr("{0} exists already: replace it, or choose another name.").format(path.name))

    def _point_at_name(self, sentence: str) -> None:
        self._exists.setText(sentence)
        self._exists.show()
        self._path.setFocus()
        self._path.selectAll()


@dataclass(frozen=True, slots=True)
class Exporting:
    """What the frame lends to whoever exports; `say` is for what is said in passing."""

    theme: Theme
    settings: Settings
    tasks: Tasks
    sheets: SheetHost
    strips: Strips
    choose: Callable[[str, str, str], Path | None]
    say: Callable[[str], None]

    def ask(self, request: ExportRequest, folder: Path) -> ExportSheet:
        """Put the sheet up; when it is answered, write beside the window and say what was written, or why not."""
        kept = Path(self.settings.get(FOLDER) or folder)
        sheet = ExportSheet(self.theme, request, kept if look_at(kept).is_folder else folder, self.choose)
        sheet.wanted.connect(lambda path, kind, chosen: self._write(request, path, kind, chosen))
        self.sheets.show_sheet(sheet)
        return sheet

    def _write(self, request: ExportRequest, path: Path, kind: str, chosen: frozenset[str]) -> None:
        self.settings.put(FOLDER, str(path.parent))
        tr = self.strips.tr

        def done(sentence: str) -> None:
            self.strips.show_message(Message("ok", "", sentence, key="export"))

        def work(progress: Progress) -> str:
            return request.write(path, kind, chosen, progress)

        def stopped() -> None:
            kept = tr("The export was stopped: {0} is as it was before.").format(path.name)
            self.say(kept if look_at(path).exists else tr("The export was stopped: no file was written."))

        self.tasks.run(self.strips, request.title, work, done, stopped=stopped, can_stop=request.can_stop)


def export_from(widget: QWidget, request: ExportRequest, folder: Path) -> bool:
    """Ask for an export from anywhere in the window. False when `widget` stands in no window of the program (a test of its own, say)."""
    lent = getattr(widget.window(), "exporting", None)
    if not isinstance(lent, Exporting):
        return False
    lent.ask(request, folder)
    return True
