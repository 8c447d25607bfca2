"""What the cases of a level are: asked once, said wherever they are counted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ui.style import set_look
from ui.theme import Theme
from ui.widgets.sheet import Sheet


class LevelSheet(Sheet):
    """Asks for a word for the cases of a level. Emits `wanted(name)`, '' for none."""

    wanted = Signal(str)
    width_wanted = 460

    def __init__(self, theme: Theme, depth: int, examples: str, name: str) -> None:
        super().__init__(theme, "")
        self.heading.setText(self.tr("Name the top cases") if depth == 1 else self.tr("Name the cases of level {}").format(depth))
        self.setAccessibleName(self.heading.text())
        self.explanation.setText(self.tr("{} …: what is one of them? Tables and exports will say it.").format(examples))
        self.explanation.setVisible(bool(examples))
        words = self.tr("One word, such as Country")
        label = QLabel(words)
        set_look(label, "label")
        self._name = QLineEdit(name)
        self._name.setAccessibleName(words)
        self.body.addWidget(label)
        self.body.addWidget(self._name)
        self.add_button(self.tr("Cancel")).clicked.connect(self.leave)
        keep = self.add_button(self.tr("Name them"), "primary")
        keep.clicked.connect(self._go)
        self._name.returnPressed.connect(keep.click)

    def first_focus(self) -> QWidget | None:
        """The word, all of it selected."""
        self._name.selectAll()
        return self._name

    def _go(self) -> None:
        self.closed.emit()
        self.wanted.emit(self._name.text().strip())
