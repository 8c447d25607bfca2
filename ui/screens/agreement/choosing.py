"""What the toolbar asks: whose agreement, on which unit, on which codes; and how many sources it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from qcode.agreement.units import Unit
from qcode.model.paths import SEPARATOR
from qcode.views.adjudication import AgreementChoices
from qcode.views.agreement import listed
from ui.screens.agreement.asked import Asked
from ui.screens.agreement.wording import unit_title
from ui.style import segments, set_look
from ui.theme import Theme
from ui.widgets.choice_button import ChoiceButton
from ui.widgets.staying_menu import StayingMenu

#: Of more coders than this only the number is said.
_NAMED = 2


class Choosing(QWidget):
    """Emits `asked(Asked)` when something else is chosen. Where room is short labels go first, then the segments become a menu, at last
    everything stands in one."""

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._asked, self._choices = Asked(), AgreementChoices()
        self._coders = self._button(self.tr("Coders"), StayingMenu())
        self._unit = self._button(self.tr("Unit"), QMenu())
        self._codes = self._button(self.tr("Codes"), QMenu())
        self._basis = QLabel()
        set_look(self._basis, "small")
        self._units = QButtonGroup(self)
        self._segments = segments([self._segment(number, unit) for number, unit in enumerate(Unit)], self.tr("What is judged"))
        self._segments.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._units.idClicked.connect(lambda number: self._ask(replace(self._asked, unit=list(Unit)[number])))
        self._labels = [self._label(words) for words in (self.tr("Coders"), self.tr("Unit"), self.tr("Codes"))]
        self._more = ChoiceButton(theme, QMenu(), "sliders-horizontal")
        self._more.setText(self.tr("Show"))
        self._more.setAccessibleName(self.tr("What the agreement is about"))
        for button in (self._coders, self._unit, self._codes):
            self._more.menu().addMenu(button.menu()).setText(str(button.property("title")))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._lay_out()
        theme.changed.connect(self._refit)
        self._show()

    def show_asked(self, asked: Asked, choices: AgreementChoices, sources: int | None, unrevealed: int = 0) -> None:
        """Say what is shown, on how many sources it rests (None: nothing is), and how many of a sample wait to be revealed."""
        self._asked, self._choices = asked, choices
        both = self.tr("both have finished") if len(asked.coders) == _NAMED else self.tr("two of them have finished")
        noun = self.tr("source") if sources == 1 else self.tr("sources")
        basis = "" if sources is None else f"{sources:,} {noun} {both}"
        self._basis.setText(basis + (self.tr(", {0:,} not revealed yet").format(unrevealed) if basis and unrevealed else ""))
        self._show()

    def sizeHint(self) -> QSize:
        """Qt asks: room for everything."""
        return QSize(self._width(0), self._theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """Qt asks: the one menu is enough."""
        return QSize(self._more.sizeHint().width(), self._theme.px(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: other room."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _lay_out(self) -> None:
        px = self._theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        for label, *widgets in zip(self._labels, (self._coders, self._segments, self._codes), strict=True):
            row.addWidget(label)
            for widget in widgets:
                row.addWidget(widget)
        row.insertWidget(4, self._unit)
        row.addWidget(self._more)
        row.addStretch(1)
        row.addWidget(self._basis)
        self._fit(1 << 20)

    def _ask(self, asked: Asked) -> None:
        if asked != self._asked:
            self._asked = asked
            self._show()
            self.asked.emit(asked)

    def _show(self) -> None:
        asked = self._asked
        several = self.tr("{0} coders").format(len(asked.coders))
        few = listed(asked.coders) if asked.coders else self.tr("Nobody yet")
        self._coders.setText(several if len(asked.coders) > _NAMED else few)
        self._unit.setText(unit_title(asked.unit))
        self._codes.setText(asked.code.rpartition(SEPARATOR)[2] if asked.code else self.tr("All codes"))
        self._units.button(list(Unit).index(asked.unit)).setChecked(True)
        for button in (self._coders, self._unit, self._codes):
            button.setAccessibleName(f"{button.property('title')}: {button.text()}")
        self._refit()

    def _fill(self, button: ChoiceButton) -> None:
        menu = button.menu()
        menu.clear()
        if button is self._coders:
            self._fill_coders(menu)
        elif button is self._unit:
            for unit in Unit:
                self._entry(menu, unit_title(unit), replace(self._asked, unit=unit), unit is self._asked.unit)
        else:
            self._entry(menu, self.tr("All codes"), replace(self._asked, code=""), not self._asked.code)
            menu.addSeparator()
            for path in self._choices.codes:
                depth = path.count(SEPARATOR)
                words = "    " * depth + path.rpartition(SEPARATOR)[2]
                self._entry(menu, words, replace(self._asked, code=path), path == self._asked.code)

    def _fill_coders(self, menu: QMenu) -> None:
        for name in self._choices.coders:
            entry = menu.addAction(name.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(name in self._asked.coders)
            entry.triggered.connect(lambda _=False, name=name: self._toggle(name))

    def _toggle(self, name: str) -> None:
        """Take a coder in or out; of two, another one takes the place of the second."""
        coders = self._asked.coders
        if name in coders:
            chosen = {one for one in coders if one != name} if len(coders) > _NAMED else set(coders)
        else:
            chosen = {*coders, name}
        ordered = tuple(one for one in self._choices.coders if one in chosen)
        for action in self._coders.menu().actions():
            action.setChecked(action.text().replace("&&", "&") in chosen)
        self._ask(replace(self._asked, coders=ordered))

    def _entry(self, menu: QMenu, words: str, asked: Asked, checked: bool) -> None:
        entry = menu.addAction(words.replace("&", "&&"))
        entry.setCheckable(True)
        entry.setChecked(checked)
        entry.triggered.connect(lambda: self._ask(asked))

    def _button(self, title: str, menu: QMenu) -> ChoiceButton:
        button = ChoiceButton(self._theme, menu)
        button.setProperty("title", title)
        menu.aboutToShow.connect(lambda: self._fill(button))
        return button

    def _segment(self, number: int, unit: Unit) -> QToolButton:
        button = QToolButton()
        button.setText(unit_title(unit))
        button.setAccessibleName(self.tr("Unit: {0}").format(button.text()))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setCheckable(True)
        self._units.addButton(button, number)
        return button

    def _label(self, text: str) -> QLabel:
        label = QLabel(text)
        set_look(label, "label")
        return label

    def _refit(self) -> None:
        self._fit(self.width())
        self.updateGeometry()

    def _fit(self, room: int) -> None:
        level = next((level for level in range(4) if self._width(level) <= room), 4)
        for label in self._labels:
            label.setVisible(level == 0)
        self._basis.setVisible(level < 2)
        self._segments.setVisible(level < 3)
        self._unit.setVisible(level == 3)
        for button in (self._coders, self._codes):
            button.setVisible(level < 4)
        self._more.setVisible(level == 4)

    def _width(self, level: int) -> int:
        """How much room one way of standing needs: 0 all of it, 1 without labels, 2 without the number, 3 without segments."""
        shown: Sequence[QWidget] = (
            self._coders,
            self._codes,
            self._segments if level < 3 else self._unit,
            *(self._labels if level == 0 else ()),
            *((self._basis,) if level < 2 else ()),
        )
        return sum(widget.sizeHint().width() + self._theme.px(7) for widget in shown)
