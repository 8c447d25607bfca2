"""What the panes beside the text have in common: a title, a field that filters, a tree, and words where nothing is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ui.measures import LABEL
from ui.screens.coding.filter_field import FilterField
from ui.screens.coding.key_tree import KEY, KeyTree
from ui.screens.coding.nothing import Nothing
from ui.screens.coding.row_painting import RowDelegate, Tree
from ui.style import set_look
from ui.theme import Theme

_PAUSE = 120


@dataclass(frozen=True, slots=True)
class PaneWords:
    """What stands on a pane: its title, the field's words with the key that leads there, and the icon and words of an empty one."""

    title: str
    filter: str
    key: str
    icon: str
    nothing: str
    clear: str
    columns: Sequence[str] = ()


class ListPane(QFrame):
    """Shows the rows of a `KeyTree` that the filter lets through. Subclasses refill the model in `refill` and say in `press` what a row
    does when it is clicked or Enter is pressed on it; they call `build` once their model is there."""

    model: KeyTree

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._marked = ""
        set_look(self, "panel")

    def build(self, words: PaneWords, view: Tree, delegate: RowDelegate, controls: Sequence[QWidget] = (), *foot: QWidget) -> None:
        """Put the pane together; `controls` stand below the field, `foot` below the tree."""
        self.view = view
        view.setAccessibleName(words.title)
        view.setModel(self.model)
        view.setItemDelegate(delegate)
        view.expandAll()
        view.clicked.connect(self._press_row)
        view.selectionModel().currentChanged.connect(self._note_current)
        self.count = QLabel()
        set_look(self.count, "muted")
        self.field = FilterField(self._theme, words.filter, words.key, view)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.filter_now)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.nothing = Nothing(self._theme, words.icon, words.nothing, "", words.clear)
        self.nothing.asked.connect(self.clear_filter)
        self._lay_out(words, controls, foot)
        self._theme.changed.connect(self._repaint)

    def refill(self) -> None:
        """Have the model show what the filter lets through."""

    def press(self, key: str) -> None:
        """A row without rows below it was clicked."""

    def marked(self) -> str:
        """The key of the row to be marked; '' for none."""
        return self._marked

    def show_current(self, key: str, *, bring: bool = False) -> None:
        """Mark a row, unfold what it stands below and have it in sight; with `bring` a filter that hides it is cleared."""
        self._marked = key
        index = self.model.index_of(key)
        if not index.isValid() and bring and key:
            self.clear_filter()
            index = self.model.index_of(key)
        if index.isValid():
            self.view.expand(index.parent())
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def clear_filter(self) -> None:
        """Show everything."""
        self.field.clear()
        self.filter_now()

    def filter_now(self) -> None:
        """Show what the filter lets through; what was folded stays so, unless words are sought."""
        self._pause.stop()
        marked = self.marked()
        folded = {key for key in self.model.keys_above() if not self.view.isExpanded(self.model.index_of(key))}
        self.refill()
        self.view.expandAll()
        if not self.field.text():
            for key in folded:
                self.view.collapse(self.model.index_of(key))
        self.show_current(marked)
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self.nothing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.view.hasFocus():
            self._press_row(self.view.currentIndex())
        else:
            super().keyPressEvent(event)

    def folds(self, key: str) -> bool:
        """Whether a click on a row folds it."""
        return bool(self.model.keys_below(key))

    def _press_row(self, index: QModelIndex) -> None:
        key = str(index.data(KEY) or "")
        if self.folds(key):
            self.view.setExpanded(index, not self.view.isExpanded(index))
        elif key:
            self.press(key)

    def _note_current(self, index: QModelIndex) -> None:
        """A row that is filtered away meanwhile is marked again afterwards."""
        if index.isValid():
            self._marked = str(index.data(KEY))

    def _repaint(self) -> None:
        self.view.viewport().update()

    def _lay_out(self, words: PaneWords, controls: Sequence[QWidget], foot: Sequence[QWidget]) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(px(12), px(9), px(10), px(7))
        head.setSpacing(px(7))
        title = QLabel(words.title)
        set_look(title, "strong")
        head.addWidget(title)
        head.addWidget(self.count)
        head.addStretch(1)
        for word in words.columns:
            label = QLabel(word)
            set_look(label, "label")
            label.setFont(self._theme.font(LABEL))
            head.addWidget(label)
        column.addLayout(head)
        below = QVBoxLayout()
        below.setContentsMargins(px(10), 0, px(10), px(8))
        below.setSpacing(px(8))
        for control in (self.field, *controls):
            below.addWidget(control)
        column.addLayout(below)
        # Put in first: a stack that stands nowhere shows its first widget as a window of its own.
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.nothing)
        for widget in foot:
            column.addWidget(widget)
