"""What every screen is given: the open project and the services of the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qcode import Project
from ui.changes import ChangeSignal
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.settings import Settings
    from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go: a source (UUID) and, in it, code points `start` to `end`; -1 for the place it was left at. `coding` (a UUID) says
    which of the codings that lie there is meant, '' where none is."""

    source: str
    start: int = -1
    end: int = -1
    coding: str = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One open project with the theme, the settings, the background tasks and the signal of its changes."""

    project: Project
    theme: Theme
    settings: Settings
    tasks: Tasks
    changes: ChangeSignal
