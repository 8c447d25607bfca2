"""What the frame expects of a screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.actions import Action
from ui.workspace import Place


class Screen(QWidget):
    """One screen of the rail. Made from a `Workspace` when it is first shown; screens never import each other.

    Emits `status(str)`: where one is, which the status bar says at left; `said(str)`: what is said over that for some seconds, '' to end
    it: a refusal, a hint, what a drop would do; `did(str)`: what an act just did, in better words than the act's own; `go(Place)`: the
    frame shows that place on the coding screen; `language(str)`: the language of the text that is shown, for the status bar;
    `renamed(str)`: what the toolbar calls the screen now.
    `main` is the id of the one action that stands as a filled button at the right of the toolbar, '' for none.
    """

    status = Signal(str)
    said = Signal(str)
    did = Signal(str)
    go = Signal(object)
    language = Signal(str)
    renamed = Signal(str)

    id = ""
    title = ""
    icon = ""
    main = ""

    def actions_of(self) -> Sequence[Action]:
        """Everything a user can do here; the frame puts it into menus, keys and the command list."""
        return ()

    def show_place(self, place: Place) -> None:
        """Show a place; only the coding screen has places."""

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take files that were dropped on the window; only the team screen takes any."""

    def step_back(self) -> bool:
        """Take back what was done last with something that is no act yet, as Undo would an act; False when there is no such thing."""
        return False

    def given_up(self) -> str:
        """A sentence that says what is lost when the project is closed now, because it is in no project yet; '' when nothing is."""
        return ""

    def give_up(self) -> None:
        """Let go of that."""

    def panes_of(self) -> Sequence[QWidget]:
        """What F6 goes through, from left to right; none for the parts of the screen's first splitter."""
        return ()

    def toolbar_widgets(self) -> Sequence[QWidget]:
        """What stands in the screen's toolbar between its title and its main action."""
        return ()
