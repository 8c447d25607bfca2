"""What is done with projects as a whole: made, opened, copied, recovered, closed, and files that are dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from qcode.exchange.exporters.wording import ended
from qcode.found import look_at
from ui.bring_in import BringIn
from ui.desk import Desk, named_project
from ui.files import PROJECTS, Files
from ui.open_file import CHANGES, SUFFIX
from ui.screen import Screen
from ui.screens.start.recent import Recent
from ui.tasks import Task
from ui.unsaved import UnsavedActs
from ui.widgets.sheet import Question, SheetHost
from ui.widgets.strips import Message, Strips


class ProjectVerbs(QObject):
    """The verbs of the Project menu and of Start; each asks for what it needs and hands the work to the desk."""

    def __init__(
        self,
        desk: Desk,
        files: Files,
        sheets: SheetHost,
        strips: Strips,
        bring_in: BringIn,
        unsaved: UnsavedActs,
        forgot: Callable[[], None],
        screens: Callable[[], Sequence[Screen]],
    ) -> None:
        super().__init__()
        self._desk, self._files, self._sheets, self._strips = desk, files, sheets, strips
        self._bring_in, self._unsaved, self._forgot, self._screens = bring_in, unsaved, forgot, screens

    def new_project(self, template: str = "") -> None:
        """Ask where a new project is to lie, make it and open it."""
        path = self._files.save(self.tr("New project"), f"Evaluation{SUFFIX}", PROJECTS)
        if path:
            self.unless_busy(lambda: self._desk.make(named_project(path), template))

    def choose_project(self) -> None:
        """Ask for a project and open it."""
        path = self._files.open_one(self.tr("Open a project"), PROJECTS)
        if path:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a project in place of the one that is open."""
        self.unless_busy(lambda: self._desk.open(path))

    def open_sample(self) -> None:
        """Build the worked example and open it."""
        self.unless_busy(self._desk.open_sample)

    def recover(self) -> None:
        """Ask for a damaged project and where to save what can be read of it."""
        damaged = self._files.open_one(self.tr("Which project is damaged?"), f"{PROJECTS};;{self.tr('All files')} (*)")
        if damaged is None:
            return
        target = self._files.save(self.tr("Save what can be read as"), f"{damaged.stem} recovered{SUFFIX}", PROJECTS)
        if target:
            self.unless_busy(lambda: self._desk.recover(damaged, named_project(target)))

    def save_copy(self) -> None:
        """Ask where, and write a complete copy of the project there."""
        if self._desk.path is None:
            return
        target = self._files.save(self.tr("Save a copy"), f"{self._desk.path.stem} copy{SUFFIX}", PROJECTS)
        if target:
            self._desk.copy(named_project(target), self._copied)

    def open_copy(self) -> None:
        """Ask where, write a complete copy there, and open that for writing."""
        if self._desk.path is None:
            return
        target = self._files.save(self.tr("Open a copy"), f"{self._desk.path.stem} copy{SUFFIX}", PROJECTS)
        if target:
            self._desk.copy(named_project(target), self.open_path)

    def close_project(self) -> None:
        """Back to Start."""
        self.unless_busy(self._desk.close)

    def unless_busy(self, act: Callable[[], None]) -> None:
        """Do `act`, after asking when it would stop an import or lose what could not be saved."""
        if not self.asks_before(act):
            act()

    def asks_before(self, act: Callable[[], None]) -> bool:
        """Whether something must be asked first: then it is, and `act` is done when the answer allows it."""
        self._desk.finish_typing()
        busy = [task for task in self._desk.tasks.running if task.writes]
        if busy:
            self._ask_to_stop(busy[0], act)
        elif self._unsaved.acts():
            kept = self._unsaved.acts()
            names = list(dict.fromkeys(unsaved.label for unsaved in kept))
            text = ended(self.tr("{0} Closing now loses what you did since: {1}").format(kept[-1].reason, ", ".join(names)))
            self._ask_to_lose(text, self._unsaved.forget, act)
        elif held := next((screen for screen in self._screens() if screen.given_up()), None):
            self._ask_to_lose(held.given_up(), held.give_up, act)
        else:
            return False
        return True

    def _ask_to_lose(self, text: str, forget: Callable[[], None], act: Callable[[], None]) -> None:
        lose = self.tr("Close without them")
        question = Question(self._desk.theme, self.tr("Not everything is saved"), text, [lose, self.tr("Keep on")])
        question.chosen.connect(lambda verb: self._lose_and(forget, act) if verb == lose else None)
        self._sheets.show_sheet(question)

    def _lose_and(self, forget: Callable[[], None], act: Callable[[], None]) -> None:
        forget()
        act()

    def _ask_to_stop(self, task: Task, act: Callable[[], None]) -> None:
        stop = self.tr("Stop and close")
        question = Question(
            self._desk.theme,
            self.tr("{0} is not finished").format(task.title),
            self.tr("Closing now stops it, and nothing of it will be in the project. All that was there before stays."),
            [stop, self.tr("Keep on")],
        )
        question.chosen.connect(lambda verb: self._stop_and(act) if verb == stop else None)
        self._sheets.show_sheet(question)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Do with files what dropping them does."""
        projects = [path for path in paths if path.suffix.lower() == SUFFIX]
        if projects:
            self.open_path(projects[0])
        elif paths and self._desk.workspace is not None:
            self._bring_in.show_sheet(paths)
        elif paths:
            path = self._files.save(self.tr("New project for these files"), f"Evaluation{SUFFIX}", PROJECTS)
            if path:
                self._desk.make(named_project(path), "", lambda: self._bring_in.show_sheet(paths))

    def what_a_drop_does(self, paths: Sequence[Path]) -> str:
        """What dropping these files would do, in a sentence."""
        if any(path.suffix.lower() == SUFFIX for path in paths):
            return self.tr("Drop to open the project.")
        if self._desk.workspace is not None and paths and all(path.suffix.lower() == CHANGES for path in paths):
            return self.tr("Drop to see what merging would do; nothing is written yet.")
        if self._desk.workspace is None:
            return self.tr("Drop to begin a new project with these files.")
        return self.tr("Drop to import; you are shown first what each file becomes.")

    def _copied(self, target: Path) -> None:
        self._strips.show_message(Message("ok", self.tr("Copied"), self.tr("A complete copy is {0}.").format(target), key="copy"))

    def say_vanished(self) -> None:
        """Say that the file is gone, and that nothing is lost yet."""
        name = self._desk.path.name if self._desk.path else ""
        why = self._desk.why_out_of_reach
        said = why or self.tr("{0} is no longer where it was.").format(name)
        text = self.tr("{0} What you did is still here until you close: save a copy of it.").format(said)
        lead = self.tr("File out of reach") if why else self.tr("File gone")
        button = self.tr("Save a copy…")
        self._strips.show_message(Message("bad", lead, text, button, self.save_copy, "vanished", stays=True))

    def say_replaced(self) -> None:
        """Say that another file lies in the place of the one that is open, and that nothing is lost."""
        name = self._desk.path.name if self._desk.path else ""
        words = self.tr(
            "Another program put another file in the place of {0}. What you do here goes on and is kept whole beside it when you close."
        )
        lead, button = self.tr("File replaced"), self.tr("Save a copy…")
        self._strips.drop("vanished")
        self._strips.show_message(Message("bad", lead, words.format(name), button, self.save_copy, "replaced", stays=True, lasting=True))

    def say_returned(self) -> None:
        """Say nothing of it any more."""
        self._strips.drop("vanished")
        self._strips.drop("replaced")

    def open_recent(self, recent: Recent) -> None:
        """Open a project of the list; ask what to do when it is not there."""
        path = Path(recent.path)
        found = look_at(path)
        if found.exists:
            self.open_path(path)
            return
        forget, locate = self.tr("Forget it"), self.tr("Locate…")
        text = self.tr("{0} is not there. It may be on a stick or a drive that is not connected, or it was moved.").format(path)
        heading = self.tr("{0} cannot be reached") if found.why_unknown else self.tr("{0} was not found")
        question = Question(self._desk.theme, heading.format(recent.title), found.why_unknown or text, [forget, locate])
        question.chosen.connect(lambda verb: self._forget(recent.path) if verb == forget else self._locate(recent))
        self._sheets.show_sheet(question)

    def _forget(self, path: str) -> None:
        self._desk.settings.forget_recent(path)
        self._forgot()

    def _locate(self, recent: Recent) -> None:
        path = self._files.open_one(self.tr("Where is {0}?").format(recent.title), PROJECTS)
        if path:
            self._desk.settings.forget_recent(recent.path)
            self.open_path(path)

    def _stop_and(self, act: Callable[[], None]) -> None:
        self._desk.stop()
        act()

    def say_read_only(self, why: str) -> None:
        """Say why the project is open for reading only."""
        lead, button = self.tr("Read only"), self.tr("Open a copy…")
        self._strips.show_message(Message("warn", lead, why, button, self.open_copy, "read only", stays=True, lasting=True))
