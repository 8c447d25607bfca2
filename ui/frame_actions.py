"""What a user can do from every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.actions import Action
from ui.stepping import Direction
from ui.theme import Mode

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_STEP = 0.1
_MOST_SCREENS = 9
#: What concerns no screen and no project, so it can be done over a sheet.
_BESIDE_SHEETS = frozenset("project.quit view.larger view.smaller view.normal view.light view.dark view.system".split())
Why = Callable[[], str]


def frame_actions(window: MainWindow) -> list[Action]:
    """The actions of the frame, in the order of the menus."""
    menus = Action("help.menus", _tr("Go to the menus"), lambda: window.menus.enter(), ("F10",), menu=_tr("Help"))
    keys = Action("help.keys", _tr("Keys"), window.show_keys, ("Shift+F1",), icon="keyboard", menu=_tr("Help"))
    return [*_project(window), *_edit(window), *_view(window), keys, menus]


def _tr(text: str) -> str:
    return QCoreApplication.translate("FrameActions", text)


def held_by_sheet(window: MainWindow, name: str) -> str:
    """Why the action called `name` has to wait for the sheet that is up; '' when it has not."""
    return _tr("Close the sheet first.") if window.sheets.sheet is not None and name not in _BESIDE_SHEETS else ""


def _no_project(window: MainWindow) -> Why:
    return lambda: "" if window.desk.workspace else _tr("Open a project first.")


def _no_writing(window: MainWindow) -> Why:
    def why_not() -> str:
        if window.desk.workspace is None:
            return _tr("Open a project first.")
        if window.desk.workspace.project.read_only:
            return _tr("This project is open for reading only: {0}").format(window.desk.why_read_only)
        return window.desk.writing()

    return why_not


def _project(window: MainWindow) -> list[Action]:
    menu, bring, verbs = _tr("Project"), window.bring_in, window.verbs
    some, writing = _no_project(window), _no_writing(window)
    return [
        Action("project.new", _tr("New project…"), verbs.new_project, ("Ctrl+Shift+N",), menu=menu),
        Action("project.open", _tr("Open a project…"), verbs.choose_project, ("Ctrl+O",), icon="folder-open", menu=menu),
        Action("project.recover", _tr("Recover a damaged project…"), verbs.recover, menu=menu),
        Action("project.import", _tr("Import files…"), bring.choose_files, ("Ctrl+I",), icon="upload", menu=menu, why_not=writing),
        Action("project.folder", _tr("Import a folder…"), bring.choose_folder, ("Ctrl+Shift+I",), menu=menu, why_not=writing),
        Action("project.paste", _tr("Paste text as a source…"), bring.paste, ("Ctrl+Shift+V",), menu=menu, why_not=writing),
        Action("project.codebook", _tr("Codebook from a table…"), bring.codebook, menu=menu, why_not=writing),
        Action("project.cases", _tr("Cases from a table…"), bring.cases, menu=menu, why_not=writing),
        Action("project.copy", _tr("Save a copy…"), verbs.save_copy, menu=menu, why_not=some),
        Action("project.close", _tr("Close the project"), verbs.close_project, ("Ctrl+W",), menu=menu, why_not=some),
        Action("project.quit", _tr("Quit"), window.close_for_good, ("Ctrl+Q",), menu=menu),
    ]


def _edit(window: MainWindow) -> list[Action]:
    menu, writing, desk = _tr("Edit"), _no_writing(window), window.desk

    def undo() -> None:
        screen = window.screen_now()
        if screen is None or not screen.step_back():
            desk.undo()

    def no_undo() -> str:
        return writing() or ("" if desk.next.undo or desk.stepping.is_coming(Direction.REDO) else _tr("There is nothing to undo."))

    def no_redo() -> str:
        return writing() or ("" if desk.next.redo or desk.stepping.is_coming(Direction.UNDO) else _tr("There is nothing to redo."))

    return [
        Action("edit.undo", _tr("Undo"), undo, ("Ctrl+Z",), menu=menu, why_not=no_undo),
        Action("edit.redo", _tr("Redo"), desk.redo, ("Ctrl+Shift+Z", "Ctrl+Y"), menu=menu, why_not=no_redo),
    ]


def _view(window: MainWindow) -> list[Action]:
    menu, panes = _tr("View"), window.panes
    screens = [
        Action(f"view.screen{at + 1}", _tr("Screen {0}").format(at + 1), _shower(window, at), (f"Ctrl+{at + 1}",))
        for at in range(_MOST_SCREENS)
    ]
    return [
        *screens,
        # Their keys are those of the text, whose size is apart from the window's.
        Action("view.larger", _tr("Larger interface"), lambda: window.set_scale(window.scale() + _STEP), menu=menu),
        Action("view.smaller", _tr("Smaller interface"), lambda: window.set_scale(window.scale() - _STEP), menu=menu),
        Action("view.normal", _tr("Usual interface size"), lambda: window.set_scale(1.0), menu=menu),
        Action("view.light", _tr("Light theme"), lambda: window.set_mode(Mode.LIGHT), icon="sun", menu=menu),
        Action("view.dark", _tr("Dark theme"), lambda: window.set_mode(Mode.DARK), icon="moon", menu=menu),
        Action("view.system", _tr("Theme of the system"), lambda: window.set_mode(Mode.SYSTEM), icon="monitor", menu=menu),
        Action("view.next_pane", _tr("Next pane"), lambda: panes.jump(1), ("F6",), menu=menu),
        Action("view.pane_before", _tr("Pane before"), lambda: panes.jump(-1), ("Shift+F6",), menu=menu),
        Action("view.left", _tr("Left pane"), lambda: panes.toggle(0), ("Ctrl+B",), menu=menu, why_not=panes.why_not),
        Action("view.right", _tr("Right pane"), lambda: panes.toggle(-1), ("Ctrl+Shift+B",), menu=menu, why_not=panes.why_not),
    ]


def _shower(window: MainWindow, at: int) -> Callable[[], None]:
    return lambda: window.show_nth_screen(at)
