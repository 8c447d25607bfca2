"""Text from the clipboard as a source."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from qcode.operations.sources import Belonging
from qcode.views.lists import list_cases
from ui.sheets.import_sheet import LANGUAGES
from ui.style import set_look
from ui.widgets.sheet import Sheet
from ui.workspace import Workspace

_NAME_LENGTH = 48


class PasteSheet(Sheet):
    """Shows the text that would be kept, and asks for its name. Emits `wanted(name, text, Belonging)` and stays until that is done, or
    refused by `refuse`.

    The text is kept as the clipboard gave it: what Qt shows has other spaces and line ends.
    """

    wanted = Signal(str, str, object)
    width_wanted = 620

    def __init__(self, workspace: Workspace, text: str) -> None:
        super().__init__(workspace.theme, "")
        self._text = text
        self.heading.setText(self.tr("Paste text as a source"))
        self.setAccessibleName(self.heading.text())
        shown = f"{len(text):,}".replace(",", "\u2009")
        self.explanation.setText(self.tr("{0} characters from the clipboard are kept as they are.").format(shown))
        self.explanation.show()
        self._name = QLineEdit(_proposed(text))
        self._case = QComboBox()
        self._case.setEditable(True)
        self._case.addItems(["", *(line["case"] for line in list_cases(workspace.project))])
        self._language = QComboBox()
        for code, name in LANGUAGES:
            self._language.addItem(self.tr(name), code)
        fields: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Name of the source"), self._name),
            (self.tr("Case, if any"), self._case),
            (self.tr("Language"), self._language),
        )
        for words, field in fields:
            label = QLabel(words)
            set_look(label, "label")
            field.setAccessibleName(words)
            self.body.addWidget(label)
            self.body.addWidget(field)
        line = self._case.lineEdit()
        if line is not None:
            line.setAccessibleName(self.tr("Case, if any"))
        self.body.addWidget(self._preview(text))
        self.add_button(self.tr("Cancel")).clicked.connect(self.leave)
        self._keep = self.add_button(self.tr("Keep it"), "primary")
        self._keep.clicked.connect(self._go)
        self._name.textChanged.connect(lambda name: self._keep.setEnabled(bool(name.strip())))
        self._name.returnPressed.connect(self._keep.click)

    def first_focus(self) -> QWidget | None:
        """The name, all of it selected."""
        self._name.selectAll()
        return self._name

    def _preview(self, text: str) -> QPlainTextEdit:
        shown = QPlainTextEdit(text[:5000])
        set_look(shown, "field")
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(self.tr("The text"))
        shown.setFixedHeight(self.theme.px(160))
        return shown

    def _go(self) -> None:
        belonging = Belonging(self._case.currentText().strip(), "", (), self._language.currentData())
        self._keep.setEnabled(False)
        self.wanted.emit(self._name.text().strip(), self._text, belonging)

    def refuse(self, sentence: str) -> None:
        """Say why, and let another name be given."""
        self._keep.setEnabled(True)
        super().refuse(sentence)


def _proposed(text: str) -> str:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first[:_NAME_LENGTH].rstrip(" .,:;")
