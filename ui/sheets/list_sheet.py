"""A list to read and to copy: what was left out of an import, what a recovery found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QListView, QWidget

from ui.theme import Theme
from ui.widgets.sheet import Sheet


class ListSheet(Sheet):
    """Sentences, one a line, with a button that copies them."""

    width_wanted = 820

    def __init__(self, theme: Theme, title: str, text: str, lines: Sequence[str]) -> None:
        super().__init__(theme, title, text)
        self.lines = list(lines)
        view = QListView()
        view.setModel(QStringListModel(self.lines, view))
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setWordWrap(True)
        view.setAccessibleName(title)
        view.setMinimumHeight(theme.px(min(360, 40 + 34 * len(self.lines))))
        self._view = view
        self.body.addWidget(view, 1)
        self.add_button(self.tr("Copy the list")).clicked.connect(self._copy)
        self.add_button(self.tr("Close"), "primary").clicked.connect(self.leave)

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self._view

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self.lines))
