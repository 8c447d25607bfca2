"""Drawing a sample that several coders code blind, and revealing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QListWidgetItem, QSpinBox, QWidget

from qcode.exchange.exporters.wording import counted, ended
from qcode.operations.samples import draw_sample, reveal_sample
from qcode.views.merges import team_members
from qcode.views.team import Sample, list_samples
from ui.screens.team.wording import tr
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.sheet import Question, Sheet, SheetHost
from ui.widgets.strips import Message, Strips
from ui.workspace import Workspace

if TYPE_CHECKING:
    from ui.screens.team.screen import TeamScreen

_LARGEST = 999_999
_TENTH = 10
_PART = 5


@dataclass(frozen=True, slots=True)
class Draw:
    """What is to be drawn: a share (0 to 1) or a count, the other being 0."""

    name: str
    share: float
    count: int
    seed: int
    coders: tuple[str, ...]


class SampleSheet(Sheet):
    """Emits `wanted(Draw)`."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, people: Sequence[str], name: str) -> None:
        text = tr("Sources are drawn by country, at least one of each. Each coder codes all of them; hand each of them a blind copy.")
        super().__init__(theme, tr("Draw a sample"), text)
        self.name, self.kind, self.amount, self.seed = QLineEdit(name), QComboBox(), QSpinBox(), QSpinBox()
        self.kind.addItems([tr("A share of all sources, in per cent"), tr("A number of sources")])
        self.seed.setRange(1, _LARGEST)
        for field in (self.amount, self.seed):
            field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.coders, self.other = QListWidget(), QLineEdit()
        self.other.setPlaceholderText(tr("Names, with commas between them"))
        for person in people:
            item = QListWidgetItem(person, self.coders)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.coders.setMaximumHeight(theme.px(28 * max(2, min(_PART, len(people))) + 8))
        fields: tuple[tuple[str, QWidget], ...] = (
            (tr("Name"), self.name),
            (tr("How many"), self.kind),
            (tr("Size"), self.amount),
            (tr("Seed: the same number draws the same sources"), self.seed),
            (tr("Coders, two or more"), self.coders),
            (tr("Other coders"), self.other),
        )
        for words, asked in fields:
            label = QLabel(words)
            set_look(label, "label")
            asked.setAccessibleName(words)
            self.body.addWidget(label)
            self.body.addWidget(asked)
        self.add_button(tr("Cancel")).clicked.connect(self.leave)
        self.button = self.add_button(tr("Draw"), "primary")
        self.button.clicked.connect(self._go)
        self._connect()
        self._measure(0)

    def first_focus(self) -> QWidget | None:
        """The name."""
        return self.name

    def chosen(self) -> tuple[str, ...]:
        """The coders that are ticked or written."""
        items = (self.coders.item(row) for row in range(self.coders.count()))
        ticked = [item.text() for item in items if item.checkState() is Qt.CheckState.Checked]
        return tuple(dict.fromkeys([*ticked, *(name for part in self.other.text().split(",") if (name := part.strip()))]))

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._measure)
        self.name.textChanged.connect(self._look)
        self.other.textChanged.connect(self._look)
        self.coders.itemChanged.connect(self._look)

    def _measure(self, kind: int) -> None:
        self.amount.setRange(1, _LARGEST if kind else 100)
        self.amount.setSuffix("" if kind else " %")
        self.amount.setValue(_TENTH)
        self._look()

    def _look(self) -> None:
        why = "" if self.name.text().strip() else tr("Give it a name first.")
        why = why or ("" if len(self.chosen()) > 1 else tr("Choose two coders or more."))
        self.button.setEnabled(not why)
        self.button.setToolTip(why)

    def _go(self) -> None:
        size, by_count = self.amount.value(), self.kind.currentIndex() == 1
        wanted = Draw(self.name.text().strip(), 0.0 if by_count else size / 100, size if by_count else 0, self.seed.value(), self.chosen())
        self.closed.emit()
        self.wanted.emit(wanted)


class Sampling(QObject):
    """Asks, draws and reveals."""

    def __init__(self, workspace: Workspace, screen: TeamScreen) -> None:
        super().__init__(screen)
        self._workspace, self._screen = workspace, screen

    def ask(self) -> None:
        """Ask what is to be drawn, once it is known who is there and which samples."""
        project = self._workspace.project
        if self._is_refused():
            return

        def work(_: object) -> tuple[list[str], int]:
            return [one.name for one in team_members(project)], len(list_samples(project))

        def show(found: tuple[list[str], int]) -> None:
            people, number = found
            sheet = SampleSheet(self._workspace.theme, people, tr("Round {0}").format(number + 1))
            sheet.wanted.connect(self._draw)
            self._show(sheet)

        self._workspace.tasks.run(self, tr("Read the team"), work, show)

    def ask_to_reveal(self, sample: Sample) -> None:
        """Say how far a sample is, and reveal it if that is wanted."""
        if self._is_refused():
            return
        open_ = len(sample.sources) - sample.finished
        text = tr("Once revealed, its coders may see one another's work and compare it.")
        if open_:
            text += " " + tr("Not finished by all coders yet: {0} of {1}.").format(open_, counted(len(sample.sources), tr("source")))
        reveal, leave = tr("Reveal"), tr("Leave it blind")
        sheet = Question(self._workspace.theme, tr("Reveal {0}").format(sample.name), text, [reveal, leave])
        sheet.chosen.connect(lambda verb: self._reveal(sample) if verb == reveal else None)
        self._show(sheet)

    def _draw(self, wanted: Draw) -> None:
        project, title = self._workspace.project, tr("Draw {0}").format(wanted.name)

        def work(_: object) -> list[str]:
            return draw_sample(project, wanted.name, share=wanted.share, count=wanted.count, seed=wanted.seed, coders=wanted.coders)

        def done(drawn: list[str]) -> None:
            said = tr("{0}: {1} drawn for {2}").format(wanted.name, counted(len(drawn), tr("source")), ", ".join(wanted.coders))
            self._say(ended(said))

        task = self._workspace.tasks.run(self, title, work, done)
        task.writes = True

    def _reveal(self, sample: Sample) -> None:
        project, title = self._workspace.project, tr("Reveal {0}").format(sample.name)
        words = tr("{0} is revealed: the agreement screen compares its coders.").format(sample.name)
        task = self._workspace.tasks.run(
            *(self, title, lambda _: reveal_sample(project, sample.uuid)), lambda _: self._say(words), can_stop=False
        )
        task.writes = True

    def _is_refused(self) -> bool:
        why = self._screen.why_not_write()
        if why:
            self._screen.said.emit(why)
        return bool(why)

    def _show(self, sheet: Sheet) -> None:
        sheets = getattr(self._screen.window(), "sheets", None)
        if isinstance(sheets, SheetHost):
            sheets.show_sheet(sheet)

    def _say(self, words: str) -> None:
        strips = getattr(self._screen.window(), "strips", None)
        if isinstance(strips, Strips):
            strips.show_message(Message("ok", "", words, key="sample"))
