"""Taking out what one person brought in a merge."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from qcode.exchange.exporters.wording import counted
from qcode.model.merging import MergeReport
from qcode.operations.contributions import take_out
from ui.screens.team.wording import tr
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.sheet import Sheet, SheetHost
from ui.widgets.strips import Message, Strips
from ui.workspace import Workspace


class TakeOutSheet(Sheet):
    """Whose work is to go, and what that is. Emits `wanted(name)`."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, merge: MergeReport, coder: str) -> None:
        super().__init__(theme, tr("Take out what one person did"))
        self._merge = merge
        self.who = QComboBox()
        self.who.addItems(list(dict.fromkeys(one.coder for one in merge.plan.contributions)))
        self.who.setAccessibleName(tr("Whose work"))
        self.who.setCurrentIndex(max(0, self.who.findText(coder)))
        self.what = QLabel()
        self.what.setWordWrap(True)
        label = QLabel(tr("Whose work"))
        set_look(label, "label")
        for widget in (label, self.who, self.what):
            self.body.addWidget(widget)
        self.button = self.add_button(tr("Take it out"))
        self.button.clicked.connect(self._go)
        self.stay = self.add_button(tr("Leave it"), "primary")
        self.stay.clicked.connect(self.leave)
        self.who.currentTextChanged.connect(self._look)
        self._look(self.who.currentText())

    def first_focus(self) -> QWidget | None:
        """Whose work."""
        return self.who

    def _look(self, coder: str) -> None:
        self.what.setText(going_words(self._merge, coder))

    def _go(self) -> None:
        coder = self.who.currentText()
        self.closed.emit()
        self.wanted.emit(coder)


def going_words(merge: MergeReport, coder: str) -> str:
    """What goes with a person's work, and what stays."""
    theirs = [one for one in merge.plan.contributions if one.coder == coder]
    codings, codes, others = (sum(getattr(one, name) for one in theirs) for name in ("new_codings", "new_codes", "changed"))
    going = tr("{0} and {1} that {2} brought in this merge go.").format(counted(codings, tr("coding")), counted(codes, tr("code")), coder)
    changed = (
        " " + tr("{0} taken back.").format(counted(others, tr("change")) + (tr(" is") if others == 1 else tr(" are"))) if others else ""
    )
    return f"{going}{changed} " + tr("What others use of it stays. Undo brings all of it back.")


class TakingOut(QObject):
    """Asks whose work is to go, and takes it out as one act."""

    def __init__(self, workspace: Workspace, screen: QWidget) -> None:
        super().__init__(screen)
        self._workspace, self._screen = workspace, screen

    def ask(self, merge: MergeReport, coder: str) -> None:
        """Show what a merge brought by each person, `coder` first."""
        sheets = getattr(self._screen.window(), "sheets", None)
        if isinstance(sheets, SheetHost):
            sheet = TakeOutSheet(self._workspace.theme, merge, coder)
            sheet.wanted.connect(lambda name: self.take_out(merge.number, name))
            sheets.show_sheet(sheet)

    def take_out(self, merge: int, coder: str) -> None:
        """Take out what `coder` brought in the merge of this number."""
        project, title = self._workspace.project, tr("Take out what {0} did").format(coder)
        task = self._workspace.tasks.run(
            *(self, title, lambda progress: take_out(project, merge, coder, progress)), lambda changed: self._say(coder, changed)
        )
        task.writes = True

    def _say(self, coder: str, changed: int) -> None:
        strips = getattr(self._screen.window(), "strips", None)
        if isinstance(strips, Strips):
            words = tr("What {0} did is taken out: {1} changed.").format(coder, counted(changed, tr("row")))
            strips.show_message(Message("ok", "", words, key="take out"))
