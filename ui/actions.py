"""Actions as data: what a menu, a key, a tooltip and a screen reader say of an act stands in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can do. `run` does it; `why_not` gives what is missing for it in a sentence, '' when it can be done now.

    `id` is 'screen.verb' and never shown; `title` is the menu's text (a verb, sentence case); `keys` are Qt's names of shortcuts, the
    first one shown; `tip` is the tooltip and accessible description; `icon` a name of Lucide's set; `menu` the menu it stands in.
    Single letters act only in the pane named by `pane` ('' for the whole window).
    """

    id: str
    title: str
    run: Callable[[], None]
    keys: tuple[str, ...] = ()
    tip: str = ""
    icon: str = ""
    menu: str = ""
    pane: str = ""
    why_not: Callable[[], str] = lambda: ""
