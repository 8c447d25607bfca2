"""What a colleague is to get: who, which sources, and what is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from qcode.views.merges import Country
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class HandOut:
    """What is to be handed out: to whom, which sources (UUIDs; none for all), and what is withheld."""

    coder: str
    sources: tuple[str, ...]
    locked: bool
    blind: bool


class HandOutSheet(Sheet):
    """Emits `wanted(HandOut)`."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, people: Sequence[str], countries: Sequence[Country]) -> None:
        text = "A copy of the project for a colleague. What is withheld is not in the file; merging brings the work back."
        super().__init__(theme, "", "")
        self.heading.setText(self.tr("Hand out a copy"))
        self.setAccessibleName(self.heading.text())
        self.explanation.setText(self.tr(text))
        self.explanation.show()
        self._countries = list(countries)
        self.who, self.where = QComboBox(), QComboBox()
        self.who.setEditable(True)
        self.who.addItems(list(people))
        self.who.setCurrentText("")
        self.where.addItem(self.tr("All sources"))
        for one in countries:
            self.where.addItem(self.tr("Only {0}: {1} sources").format(one.name, len(one.sources)))
        self.locked = QCheckBox(self.tr("The codebook stays as it is: no new codes, no changed ones"))
        self.blind = QCheckBox(self.tr("Blind: what others coded is left out"))
        for words, field in ((self.tr("For whom"), self.who), (self.tr("Which sources"), self.where)):
            self._add(words, field)
        for box in (self.locked, self.blind):
            box.setAccessibleName(box.text())
            self.body.addWidget(box)
        self.add_button(self.tr("Cancel")).clicked.connect(self.leave)
        self.button = self.add_button(self.tr("Choose the file…"), "primary")
        self.button.clicked.connect(self._go)
        self.who.currentTextChanged.connect(self._look)
        self._look("")

    def first_focus(self) -> QWidget | None:
        """For whom."""
        return self.who

    def _add(self, words: str, field: QComboBox) -> None:
        label = QLabel(words)
        set_look(label, "label")
        field.setAccessibleName(words)
        line = field.lineEdit()
        if line is not None:
            line.setAccessibleName(words)
        self.body.addWidget(label)
        self.body.addWidget(field)

    def _look(self, _: str) -> None:
        self.button.setEnabled(bool(self.who.currentText().strip()))
        self.button.setToolTip("" if self.button.isEnabled() else self.tr("Say for whom first."))

    def _go(self) -> None:
        at = self.where.currentIndex()
        sources = self._countries[at - 1].sources if at > 0 else ()
        wanted = HandOut(self.who.currentText().strip(), sources, self.locked.isChecked(), self.blind.isChecked())
        self.closed.emit()
        self.wanted.emit(wanted)


def file_name(project: Path, wanted: HandOut) -> str:
    """What the copy is called unless somebody says otherwise."""
    words = "".join(letter if letter.isalnum() else "_" for letter in wanted.coder).strip("_")
    return f"{project.stem}_{words or 'copy'}.qcode"
