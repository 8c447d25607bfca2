"""Handing copies out, and handing work in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcode.exchange.exporters.wording import counted, ended
from qcode.operations.handout import hand_in, handout
from qcode.progress import Progress
from qcode.views.merges import Country, countries_of, team_members
from ui.files import PROJECTS, Files
from ui.screens.team.handout_sheet import HandOut, HandOutSheet, file_name
from ui.widgets.sheet import SheetHost
from ui.widgets.strips import Message, Strips
from ui.workspace import Workspace


class Handing(QObject):
    """Asks what is to go out or in, writes it beside the window, and says where it lies."""

    def __init__(self, workspace: Workspace, screen: QWidget) -> None:
        super().__init__(screen)
        self._workspace, self._screen = workspace, screen

    def ask(self) -> None:
        """Ask for whom a copy is to be, once it is known who and which countries there are."""
        project = self._workspace.project

        def work(_: Progress) -> tuple[list[str], list[Country]]:
            return [one.name for one in team_members(project) if one.name != project.coder], countries_of(project)

        self._workspace.tasks.run(self, self.tr("Read the team"), work, lambda found: self._show(*found))

    def hand_in(self) -> None:
        """Ask where, and write what was done since this copy was handed out."""
        project, files = self._workspace.project, self._files()
        kinds = self.tr("Change files ({0})").format("*.qchange")
        target = files.save(self.tr("Hand in"), f"{project.path.stem}_{project.coder.split(' ')[0]}.qchange", kinds) if files else None
        if target is not None:
            done = self.tr("{0} are in {1}: send it to whoever merges.")
            work = self.tr("Hand in {0}").format(target.name)
            self._workspace.tasks.run(
                *(self, work, lambda _: hand_in(project, target)),
                lambda acts: self._say(done.format(counted(acts, self.tr("act")), target.name)),
                can_stop=False,
            )

    def _show(self, people: list[str], countries: list[Country]) -> None:
        sheets = getattr(self._screen.window(), "sheets", None)
        if isinstance(sheets, SheetHost):
            sheet = HandOutSheet(self._workspace.theme, people, countries)
            sheet.wanted.connect(self._hand_out)
            sheets.show_sheet(sheet)

    def _hand_out(self, wanted: HandOut) -> None:
        project, files = self._workspace.project, self._files()
        name = file_name(project.path, wanted)
        target = files.save(self.tr("Hand out to {0}").format(wanted.coder), name, PROJECTS) if files else None
        if target is None:
            return

        def work(_: Progress) -> Path:
            handout(project, wanted.coder, target, sources=wanted.sources, locked=wanted.locked, blind=wanted.blind)
            return target

        title = self.tr("Hand out {0}").format(target.name)
        words = ended(self.tr("{0} is a copy for {1}").format(target.name, wanted.coder))
        task = self._workspace.tasks.run(self, title, work, lambda _: self._say(words), can_stop=False)
        task.writes = True

    def _say(self, words: str) -> None:
        strips = getattr(self._screen.window(), "strips", None)
        if isinstance(strips, Strips):
            strips.show_message(Message("ok", "", words, key="hand out"))

    def _files(self) -> Files | None:
        files = getattr(self._screen.window(), "files", None)
        return files if isinstance(files, Files) else None
