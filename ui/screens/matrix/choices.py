"""What the matrix is asked for: rows, columns, what the cells count, whose codings, and which sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from qcode.model.matrix import Measure
from qcode.views.matrix import MatrixQuestion
from qcode.views.matrix_screen import CODER, MatrixChoices, fitting
from ui.icons import FIELD, keep_icon
from ui.screens.matrix.choices_bar import ChoicesBar
from ui.style import segments, set_look
from ui.theme import Theme
from ui.widgets.choice_button import ChoiceButton
from ui.widgets.staying_menu import StayingMenu

T = TypeVar("T")


class Choosing(QObject):
    """The choices of the toolbar. `question` is what they ask for, `measure` what the cells show.

    Emits `asked()` when another table is asked for, `measured()` when the same one is to be shown in another measure, `naming(int)`
    when the cases of a level, counted from 1 at the top, are to get a name.
    """

    asked = Signal()
    measured = Signal()
    naming = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.choices = MatrixChoices()
        self._question = MatrixQuestion()
        self._rows = self._button(self.tr("Rows"), StayingMenu())
        self._columns = self._button(self.tr("Columns"), QMenu())
        self._layer = self._button(self.tr("Layer"), QMenu())
        self._filter = self._button(self.tr("Filter"), QMenu(), "funnel")
        self._measures = QButtonGroup(self)
        self._chips = QFrame()
        row = QHBoxLayout(self._chips)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        self._cells = self._button(self.tr("Cells"), QMenu())
        labels = [self._label(words) for words in (self.tr("Rows"), self.tr("Columns"), self.tr("Cells"), self.tr("Layer"))]
        buttons = (self._rows, self._columns, self._layer, self._filter)
        self._bar = ChoicesBar(theme, labels, buttons, self._make_segments(), self._cells, self._chips)
        #: Whether levels can be given names now: not in a file that is only read.
        self.may_name: Callable[[], bool] = lambda: True
        self._show()

    @property
    def question(self) -> MatrixQuestion:
        """What is asked for, its measure included."""
        return self._question

    @property
    def measure(self) -> Measure:
        """What the cells show."""
        return self._question.measure

    def widgets(self) -> Sequence[QWidget]:
        """What stands in the toolbar, from left to right."""
        return (self._bar,)

    def take(self, choices: MatrixChoices) -> None:
        """Offer what the project has; what was asked for and is gone is asked for no longer, without a signal."""
        self.choices = choices
        self._question = fitting(self._question, choices)
        self._show()

    def ask(self, question: MatrixQuestion) -> None:
        """Ask for another table, as far as the project has it."""
        self._ask(fitting(question, self.choices) if self.choices.codes else question)

    def columns_title(self, columns: str) -> str:
        """What columns are called: 'Country', 'Cases, level 2', 'Source', 'stakeholder group'."""
        depth = _depth_of(columns)
        if depth:
            named = self.choices.levels[depth - 1] if depth <= len(self.choices.levels) else ""
            return named or (self.tr("Top cases") if depth == 1 else self.tr("Cases, level {}").format(depth))
        return {"case": self.tr("All cases"), "source": self.tr("Source"), CODER: self.tr("Coder")}.get(columns, columns)

    def measure_title(self, measure: Measure) -> str:
        """What a measure is called on its button."""
        return {
            Measure.CODINGS: self.tr("Quotes"),
            Measure.SOURCES: self.tr("Sources"),
            Measure.CASES: self.tr("Cases"),
            Measure.PRESENCE: self.tr("Presence"),
            Measure.COVERAGE: self.tr("Coverage"),
            Measure.STRENGTH: self.tr("Strength"),
        }[measure]

    def _ask(self, question: MatrixQuestion) -> None:
        before, self._question = self._question, question
        if before == question:
            return
        self._show()
        if replace(before, measure=question.measure) == question:
            self.measured.emit()
        else:
            self.asked.emit()

    def _show(self) -> None:
        """Say on every button what is chosen."""
        question = self._question
        rows = question.rows
        self._rows.setText(self.tr("All codes") if not rows else rows[0] if len(rows) == 1 else self.tr("{} code groups").format(len(rows)))
        self._columns.setText(self.columns_title(question.columns))
        self._layer.setText(self._coder() or self.tr("Any coder"))
        chosen = [pair for pair in question.conditions if pair[0] != CODER]
        self._filter.setText(self.tr("Filter") if chosen else self.tr("No filter"))
        self._measures.button(list(Measure).index(question.measure)).setChecked(True)
        self._cells.setText(self.measure_title(question.measure))
        for button in (self._rows, self._columns, self._layer, self._filter, self._cells):
            button.setAccessibleName(f"{button.property('title')}: {button.text()}")
        self._show_chips(chosen)
        self._bar.refit()

    def _show_chips(self, chosen: Sequence[tuple[str, str]]) -> None:
        layout = self._chips.layout()
        assert layout is not None
        while layout.count():
            item = layout.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for name, value in chosen:
            chip = QToolButton(self._chips)
            set_look(chip, "chip")
            chip.setText(f"{name}: {value}")
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            keep_icon(self._theme, chip, "x", FIELD - 2)
            chip.setAccessibleName(self.tr("Remove the filter {} = {}").format(name, value))
            chip.setToolTip(chip.accessibleName())
            chip.clicked.connect(lambda _=False, pair=(name, value): self._toggle_condition(pair))
            layout.addWidget(chip)
        self._chips.setVisible(bool(chosen))

    def _coder(self) -> str:
        return next((value for name, value in self._question.conditions if name == CODER), "")

    def _button(self, title: str, menu: QMenu, icon: str = "") -> ChoiceButton:
        button = ChoiceButton(self._theme, menu, icon)
        button.setProperty("title", title)
        menu.aboutToShow.connect(lambda: self._fill(button))
        return button

    def _label(self, text: str) -> QLabel:
        label = QLabel(text)
        set_look(label, "label")
        return label

    def _make_segments(self) -> QFrame:
        buttons = []
        for number, measure in enumerate(Measure):
            button = QToolButton()
            button.setText(self.measure_title(measure))
            button.setAccessibleName(self.tr("Cells: {}").format(button.text()))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setCheckable(True)
            self._measures.addButton(button, number)
            buttons.append(button)
        self._measures.idClicked.connect(lambda number: self._ask(replace(self._question, measure=list(Measure)[number])))
        frame = segments(buttons, self.tr("What the cells count"))
        frame.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return frame

    def _fill(self, button: ChoiceButton) -> None:
        menu = button.menu()
        menu.clear()
        if button is self._rows:
            self._fill_rows(menu)
        elif button is self._columns:
            self._fill_columns(menu)
        elif button is self._layer:
            self._fill_layer(menu)
        elif button is self._cells:
            self._fill_cells(menu)
        else:
            self._fill_filter(menu)

    def _fill_rows(self, menu: QMenu) -> None:
        one = self._entry(menu, self.tr("All codes"), not self._question.rows)
        one.triggered.connect(lambda: self._choose_rows(()))
        menu.addSeparator()
        for path in self.choices.groups:
            group = self._entry(menu, path, path in self._question.rows)
            group.triggered.connect(lambda _=False, path=path: self._choose_rows(_toggled(self._question.rows, path)))

    def _choose_rows(self, rows: Iterable[str]) -> None:
        chosen = set(rows)
        self._ask(replace(self._question, rows=tuple(path for path in self.choices.groups if path in chosen)))
        ticks = [action for action in self._rows.menu().actions() if action.isCheckable()]
        for action, path in zip(ticks, ("", *self.choices.groups), strict=False):
            action.setChecked(path in chosen if path else not chosen)

    def _fill_columns(self, menu: QMenu) -> None:
        levels = [f"case:{depth}" for depth in range(1, self.choices.depth + 1)]
        self._one_of(menu, levels + (["case"] if levels else []))
        menu.addSeparator()
        self._one_of(menu, [name for name, _ in self.choices.attributes])
        menu.addSeparator()
        self._one_of(menu, ["source", CODER])
        depth = _depth_of(self._question.columns)
        if depth and self.may_name():
            menu.addSeparator()
            words = self.tr("Name the top cases …") if depth == 1 else self.tr("Name the cases of level {} …").format(depth)
            menu.addAction(words).triggered.connect(lambda: self.naming.emit(depth))

    def _one_of(self, menu: QMenu, columns: Sequence[str]) -> None:
        for one in columns:
            entry = self._entry(menu, self.columns_title(one), one == self._question.columns)
            entry.triggered.connect(lambda _=False, one=one: self._ask(replace(self._question, columns=one)))

    def _fill_layer(self, menu: QMenu) -> None:
        others = tuple(pair for pair in self._question.conditions if pair[0] != CODER)
        group = QActionGroup(menu)
        for coder in ("", *self.choices.coders):
            entry = self._entry(menu, coder or self.tr("Any coder"), coder == self._coder())
            group.addAction(entry)
            chosen = (*others, (CODER, coder)) if coder else others
            entry.triggered.connect(lambda _=False, chosen=chosen: self._ask(replace(self._question, conditions=chosen)))

    def _fill_cells(self, menu: QMenu) -> None:
        for measure in Measure:
            entry = self._entry(menu, self.measure_title(measure), measure is self.measure)
            entry.triggered.connect(lambda _=False, measure=measure: self._ask(replace(self._question, measure=measure)))

    def _fill_filter(self, menu: QMenu) -> None:
        chosen = [pair for pair in self._question.conditions if pair[0] != CODER]
        clear = menu.addAction(self.tr("No filter"))
        clear.setEnabled(bool(chosen))
        rest = tuple(pair for pair in self._question.conditions if pair[0] == CODER)
        clear.triggered.connect(lambda: self._ask(replace(self._question, conditions=rest)))
        menu.addSeparator()
        for name, values in self.choices.attributes:
            below = StayingMenu(_menu_text(name), menu)
            menu.addMenu(below)
            for value in values:
                entry = self._entry(below, value, (name, value) in chosen)
                entry.triggered.connect(lambda _=False, pair=(name, value): self._toggle_condition(pair))

    def _toggle_condition(self, pair: tuple[str, str]) -> None:
        self._ask(replace(self._question, conditions=_toggled(self._question.conditions, pair)))

    def _entry(self, menu: QMenu, text: str, checked: bool) -> QAction:
        entry = menu.addAction(_menu_text(text))
        entry.setCheckable(True)
        entry.setChecked(checked)
        return entry


def _toggled(items: Sequence[T], item: T) -> tuple[T, ...]:
    return tuple(one for one in items if one != item) if item in items else (*items, item)


def _depth_of(columns: str) -> int:
    """1 for the cases at the top, 2 for those below them; 0 for other columns."""
    depth = columns.removeprefix("case:")
    return int(depth) if depth.isdecimal() else 0


def _menu_text(text: str) -> str:
    # An ampersand in somebody's words is no mnemonic.
    return text.replace("&", "&&")
