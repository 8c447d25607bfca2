"""The window: menus, rail, toolbar, messages, the screens, and the status bar. It holds them together and decides nothing else."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from ui.action_set import ActionSet
from ui.actions import Action
from ui.bring_in import BringIn
from ui.desk import Desk
from ui.errors import Reports
from ui.feedback import Feedback
from ui.files import Files
from ui.frame_actions import frame_actions, held_by_sheet
from ui.measures import LEAST_WINDOW
from ui.menus import Menus
from ui.open_file import CHANGES, has_sample
from ui.panes import Panes
from ui.project_verbs import ProjectVerbs
from ui.screen import Screen
from ui.screens.start.screen import StartScreen
from ui.settings import SCALE, SCREENS, THEME, WINDOW, Settings
from ui.sheets.export_sheet import Exporting
from ui.sheets.list_sheet import ListSheet
from ui.theme import Mode, Theme
from ui.unsaved import UnsavedActs
from ui.waiting import Waiting
from ui.widgets.enter_presses import EnterPresses
from ui.widgets.focus_ring import FocusRing
from ui.widgets.rail import Rail, RailEntry
from ui.widgets.screen_bar import ScreenBar
from ui.widgets.sheet import SheetHost
from ui.widgets.status_bar import StatusBar
from ui.widgets.strips import Message, Strips
from ui.workspace import Place, Workspace

#: Where each screen of the rail is made, in the rail's order; one that is not there is not shown. The number parts the rail by lines.
SCREENS_OF = (
    ("ui.screens.coding.screen", "CodingScreen", 0),
    ("ui.screens.matrix.screen", "MatrixScreen", 1),
    ("ui.screens.team.screen", "TeamScreen", 2),
    ("ui.screens.agreement.screen", "AgreementScreen", 2),
)
_SIZE = (1440, 900)


def screen_classes() -> list[tuple[type[Screen], int]]:
    """The screens that exist, with the group each stands in."""
    found: list[tuple[type[Screen], int]] = []
    for module, name, group in SCREENS_OF:
        if find_spec(module):
            found.append((getattr(import_module(module), name), group))
    return found


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(self, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.settings, self.theme = settings, theme
        self.desk = Desk(settings, theme)
        self.files = Files(self, settings)
        self._classes: list[tuple[type[Screen], int]] = []
        self._screens: dict[str, Screen] = {}
        self._screen_actions: dict[str, list[str]] = {}
        self._said: dict[str, str] = {}
        self._workspace: Workspace | None = None
        self.setWindowTitle("qcode")
        self.setAcceptDrops(True)
        self._build()
        self.reports = Reports(self.desk, self.strips, self.status)
        self.bring_in = BringIn(self.desk, self.sheets, self.strips, self.files)
        self.unsaved = UnsavedActs(self.desk, self.strips)
        self.waiting = Waiting(self.desk)
        self.waiting.counted.connect(lambda count: self.rail.show_badge("team", count))
        self.verbs = ProjectVerbs(
            self.desk,
            self.files,
            self.sheets,
            self.strips,
            self.bring_in,
            self.unsaved,
            self.start.refresh,
            screens=lambda: list(self._screens.values()),
        )
        self.exporting = Exporting(theme, settings, self.desk.tasks, self.sheets, self.strips, self.files.save, self._say_in_passing)
        self.panes = Panes(self)
        self.actions_made = ActionSet(self, theme)
        self.actions_made.refused.connect(self.status.say)
        self.actions_made.failed.connect(self.reports.show_act_failure)
        self.actions_made.held = lambda name: held_by_sheet(self, name)
        self.actions_made.add(frame_actions(self))
        self.menus = Menus(self.menuBar(), self.actions_made)
        self.feedback = Feedback(self.desk, self.status, self.actions_made, self.unsaved)
        self.bar.add_step(self.actions_made.qt("edit.undo"), "undo-2")
        self.bar.add_step(self.actions_made.qt("edit.redo"), "redo-2")
        self._connect()
        self._show_start()
        self._restore()

    def screens(self) -> list[tuple[type[Screen], int]]:
        """The screens of the rail, with the group each stands in; none on Start."""
        return list(self._classes)

    def screen_now(self) -> Screen | None:
        """The screen that is shown, None on Start."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def shown_actions(self) -> list[Action]:
        """What can be done now: from everywhere, and on the screen that is shown."""
        shown = self.screen_now()
        hidden = {each for name, ids in self._screen_actions.items() if shown is None or name != shown.id for each in ids}
        return [action for action in self.actions_made.all() if action.id not in hidden]

    def show_screen(self, name: str) -> None:
        """Show a screen, made now if this is the first time."""
        if name not in self._screens and not self._make_screen(name):
            return
        screen = self._screens[name]
        self.stack.setCurrentWidget(screen)
        self.rail.show_current(name)
        self.bar.show_screen(name, screen.title)
        self.desk.settings.put_of(SCREENS, str(self.desk.path), name)
        self.status.show_place(self._said.get(name, ""))
        self.menus.show_actions(self.shown_actions())
        screen.setFocus()

    def show_nth_screen(self, number: int) -> None:
        """Show the screen at this place of the rail, from 0."""
        if number < len(self._classes):
            self.show_screen(self._classes[number][0].id)

    def go(self, place: Place) -> None:
        """Show a place in a text."""
        coding = self._classes[0][0].id if self._classes else ""
        if coding == "coding":
            self.show_screen(coding)
            self._screens[coding].show_place(place)

    def show_keys(self) -> None:
        """The list of all keys that work here."""
        lines = [f"{keys}: {title}" for title, keys in self.actions_made.shortcuts()]
        self.sheets.show_sheet(ListSheet(self.theme, self.tr("Keys"), self.tr("What works in this window now."), lines))

    def set_mode(self, mode: Mode) -> None:
        """Show the light or the dark theme, or the one the system has."""
        self.settings.put(THEME, mode.value)
        self.theme.set_mode(mode)

    def set_scale(self, scale: float) -> None:
        """Show everything at `scale` times its size, 1.0 to 2.0."""
        scale = min(2.0, max(1.0, round(scale, 1)))
        self.settings.put(SCALE, scale)
        self.theme.set_scale(scale)

    def scale(self) -> float:
        """The size everything is shown at."""
        return self.settings.get(SCALE)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks when an import is under way or something could not be saved; else everything is folded into the file."""
        if self.verbs.asks_before(self.close_for_good):
            event.ignore()
            return
        self._keep()
        self.desk.close()
        self.desk.stop()
        self.settings.save()
        event.accept()

    def close_for_good(self) -> None:
        """Close, once nothing is under way."""
        self.close()

    def stop_and_close(self) -> None:
        """Close without asking: what is under way is stopped, and what could not be saved is given up."""
        self.desk.stop()
        self.unsaved.forget()
        for screen in self._screens.values():
            if screen.given_up():
                screen.give_up()
        self.close()

    def changeEvent(self, event: QEvent) -> None:
        """When the window loses or gets the keyboard: the file is made complete, and looked for."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self._workspace is not None:
            self.desk.look()
            if not self.isActiveWindow():
                self.desk.settle()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.status.say(self.verbs.what_a_drop_does([Path(url.toLocalFile()) for url in event.mimeData().urls()]))

    def dropEvent(self, event: QDropEvent) -> None:
        """A project file opens, change files go to the team screen; anything else is imported, into a new project if none is open."""
        event.acceptProposedAction()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if self._workspace is not None and paths and all(path.suffix.lower() == CHANGES for path in paths):
            self.show_screen("team")
            self._screens["team"].take_files(paths)
        else:
            self.verbs.take_files(paths)

    def _build(self) -> None:
        self.rail = Rail(self.theme)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.rail)
        self.bar = ScreenBar(self.theme)
        self.strips = Strips(self.theme)
        EnterPresses(self)
        self.stack = QStackedWidget()
        self.status = StatusBar(self.theme, self.desk.tasks)
        self.start = StartScreen(self.theme, self.settings, self.desk.tasks, has_sample())
        self.stack.addWidget(self.start)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.strips)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(middle)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(0, 0, 0, 0)
        self.statusBar().addWidget(self.status, 1)
        # Made here: PySide forgets its own wrapper of an object that Qt made as soon as an event filter was shown it.
        self.setMenuBar(QMenuBar())
        self.menuBar().setAccessibleName(self.tr("Menus"))
        self.sheets = SheetHost(self, self.theme)
        self.ring = FocusRing(self, self.theme)

    def _connect(self) -> None:
        desk, start = self.desk, self.start
        desk.opened.connect(self._opened)
        desk.closing.connect(self._closing)
        desk.closed.connect(self._show_start)
        desk.said.connect(self._say)
        desk.failed.connect(self.reports.show_failure)
        desk.tasks.failed.connect(self.reports.show_failure)
        desk.vanished.connect(self.verbs.say_vanished)
        desk.replaced.connect(self.verbs.say_replaced)
        desk.returned.connect(self.verbs.say_returned)
        start.new_wanted.connect(self.verbs.new_project)
        start.open_wanted.connect(self.verbs.choose_project)
        start.recover_wanted.connect(self.verbs.recover)
        start.sample_wanted.connect(self.verbs.open_sample)
        start.recent_wanted.connect(self.verbs.open_recent)
        self.rail.chosen.connect(self.show_screen)
        self.theme.changed.connect(self._renew)

    def _show_start(self) -> None:
        self._workspace = None
        self.rail.hide()
        self.bar.hide()
        self.strips.clear()
        self.stack.setCurrentWidget(self.start)
        self.setWindowTitle("qcode")
        for fact in ("coder", "language"):
            self.status.show_fact(fact, "")
        self.status.show_place(self.tr("Ready"))
        self._renew()
        self.start.refresh()
        self.start.take_keyboard()
        # On Start only what can be done there is shown.
        self.menus.show_actions(action for action in self.shown_actions() if not action.why_not())

    def _opened(self, workspace: Workspace, why_read_only: str) -> None:
        self._workspace = workspace
        self.strips.clear()
        self._classes = screen_classes()
        numbered = enumerate(self._classes, 1)
        self.rail.fill([RailEntry(made.id, made.title, made.icon, f"Ctrl+{at}", group) for at, (made, group) in numbered])
        self.rail.show()
        self.bar.show()
        held = self.tr("This project is open for reading only: {0}").format(why_read_only)
        self.bar.hold_steps(held if workspace.project.read_only else "")
        title = self.settings.recent()[0].get("title") or workspace.project.path.stem
        self.setWindowTitle(f"{title} – qcode")
        self.status.show_fact("coder", workspace.project.coder)
        if why_read_only:
            self.verbs.say_read_only(why_read_only)
        known = self.settings.get_of(SCREENS, str(workspace.project.path), "")
        names = [made.id for made, _ in self._classes]
        if names:
            self.show_screen(known if known in names else names[0])

    def _closing(self) -> None:
        self._workspace = None
        self._classes = []
        self.sheets.close_sheet()
        self.bar.clear()
        # First: else each screen that is taken out has the next one shown for a moment.
        self.stack.setCurrentWidget(self.start)
        for name, screen in self._screens.items():
            self.actions_made.remove(self._screen_actions.pop(name))
            self.stack.removeWidget(screen)
            screen.setParent(None)
            screen.deleteLater()
        self._screens.clear()
        self._said.clear()

    def _make_screen(self, name: str) -> bool:
        made = next((made for made, _ in self._classes if made.id == name), None)
        if made is None or self._workspace is None:
            return False
        make: Callable[[Workspace], Screen] = made
        screen = make(self._workspace)
        self._screens[name] = screen
        screen.status.connect(lambda text: self._take_status(name, text))
        screen.said.connect(self.status.say)
        screen.did.connect(lambda text: self.status.say(text, of_act=True))
        screen.language.connect(self._show_language)
        screen.renamed.connect(lambda title: self.bar.rename_screen(name, title))
        screen.go.connect(self.go)
        self.stack.addWidget(screen)
        self.panes.follow(screen)
        actions = screen.actions_of()
        self._screen_actions[name] = self.actions_made.add(actions, screen)
        main = screen.main or f"{name}.export"
        action = next((action for action in actions if action.id == main), None)
        self.bar.add_screen(
            name, screen.toolbar_widgets(), self.actions_made.qt(main) if action else None, action.icon if action else ""
        )
        return True

    def _say_in_passing(self, sentence: str) -> None:
        # The status bar is made after what is lent to the screens.
        self.status.say(sentence)

    def _say(self, sentences: list[str]) -> None:
        if len(sentences) == 1:
            self.strips.show_message(Message("info", "", sentences[0], key="said"))
            return
        title = self.tr("What was recovered")
        self.sheets.show_sheet(ListSheet(self.theme, title, self.tr("The damaged file was left as it is."), sentences))

    def _take_status(self, name: str, text: str) -> None:
        """A screen that is hidden keeps what it has to say until it is shown."""
        self._said[name] = text
        shown = self.screen_now()
        if shown is not None and shown.id == name:
            self.status.show_place(text)

    def _show_language(self, language: str) -> None:
        self.status.show_fact("language", self.tr("Text: {0}").format(language) if language else "")

    def _renew(self) -> None:
        self.status.show_fact("scale", f"{round(self.scale() * 100)} %")
        self.setMinimumSize(*LEAST_WINDOW)

    def _restore(self) -> None:
        kept = QByteArray.fromBase64(self.settings.get(WINDOW).encode())
        if kept.isEmpty() or not self.restoreGeometry(kept):
            self.resize(*_SIZE)

    def _keep(self) -> None:
        self.settings.put(WINDOW, bytes(self.saveGeometry().toBase64().data()).decode())
