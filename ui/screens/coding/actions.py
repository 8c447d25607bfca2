"""Everything that can be done on the coding screen, as data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.actions import Action

if TYPE_CHECKING:
    from ui.screens.coding.acts import CodingActs
    from ui.screens.coding.screen import CodingScreen

#: The pane whose single letters the text pane takes itself, so that they go by their place on the keyboard.
TEXT = "text"
_DIGITS = range(1, 10)
#: An action on the text: what its id ends in, title, act, key, tooltip, icon, and what is missing for it.
_Row = tuple[str, str, Callable[[], None], str, str, str, Callable[[], str]]


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodingActions", text)


def coding_actions(screen: CodingScreen) -> list[Action]:
    """The actions of the screen, in the order of the menus."""
    return [*_marking(screen), *_changing(screen), *_moving(screen), *_sizes(screen)]


def _marking(screen: CodingScreen) -> list[Action]:
    acts, why = screen.acts, screen.acts.why
    rows: list[_Row] = [
        (
            "apply",
            _tr("Apply code"),
            acts.pick,
            "Space",
            _tr("Apply a code to the selected passage, or to the sentence"),
            "tag",
            why.no_coding,
        ),
        ("repeat", _tr("Repeat last"), _nth(acts.repeat, 1), ".", _tr("Apply the last code again"), "repeat", why.no_repeat),
        ("new", _tr("New code"), acts.pick, "N", _tr("Type a new code's name, then Ctrl+Enter"), "plus", why.no_coding),
        ("in_vivo", _tr("Code in vivo"), acts.in_vivo, "V", _tr("Make a code of the selected words"), "quote", why.no_selection),
        ("sentence", _tr("Select the sentence"), acts.sentence, "L", _tr("Select the sentence, again for the next one too"), "", _nothing),
        (
            "paragraph",
            _tr("Select the paragraph"),
            acts.paragraph,
            "P",
            _tr("Select the paragraph, again for the next one too"),
            "",
            _nothing,
        ),
    ]
    return [*_on_text(rows), *(_recent(acts, number) for number in _DIGITS)]


def _recent(acts: CodingActs, number: int) -> Action:
    title = _tr("Apply recent code {0}").format(number)
    return Action(f"coding.recent{number}", title, _nth(acts.repeat, number), (str(number),), pane=TEXT, why_not=acts.why.no_repeat)


def _changing(screen: CodingScreen) -> list[Action]:
    acts, ends, why = screen.acts, screen.ends, screen.acts.why.no_change
    against = _tr("Mark as speaking against the others, or not")
    rows: list[_Row] = [
        ("recode", _tr("Other code…"), acts.recode, "Shift+Space", _tr("Give this coding another code"), "replace", why),
        ("take_start", _tr("Move the start"), lambda: ends.take(start=True), "[", _tr("Move its start with the arrow keys"), "", why),
        ("take_end", _tr("Move the end"), lambda: ends.take(start=False), "]", _tr("Move its end with the arrow keys"), "", why),
        ("memo", _tr("Memo"), acts.memo, "M", _tr("Write a memo on this coding"), "sticky-note", why),
        ("important", _tr("Important"), acts.important, "I", _tr("Mark as important, or not"), "star", why),
        ("contradicts", _tr("Contradicts"), acts.contradicts, "C", against, "arrow-left-right", why),
        ("remove", _tr("Remove coding"), acts.remove, "Delete", _tr("Remove this coding"), "trash-2", why),
        ("raise", _tr("Other code on top"), acts.raise_other, "O", _tr("Show the wash of the code below"), "layers", _nothing),
    ]
    return _on_text(rows)


def _on_text(rows: list[_Row]) -> list[Action]:
    menu = _tr("Code")
    return [Action(f"coding.{name}", title, run, (key,), tip, icon, menu, TEXT, why) for name, title, run, key, tip, icon, why in rows]


def _moving(screen: CodingScreen) -> list[Action]:
    acts, finding, source, edit = screen.acts, screen.finding, _tr("Source"), _tr("Edit")
    opened = acts.why.no_source
    return [
        Action("coding.find", _tr("Find…"), finding.open, ("Ctrl+F",), _tr("Find in this source"), "search", edit, why_not=opened),
        Action("coding.find_next", _tr("Find next"), lambda: finding.step(1), ("F3",), menu=edit, why_not=opened),
        Action("coding.find_before", _tr("Find previous"), lambda: finding.step(-1), ("Shift+F3",), menu=edit, why_not=opened),
        Action("coding.next", _tr("Next coding"), lambda: acts.step(1), ("Alt+Down",), menu=edit, why_not=opened),
        Action("coding.before", _tr("Previous coding"), lambda: acts.step(-1), ("Alt+Up",), menu=edit, why_not=opened),
        Action("coding.inspect", _tr("Go to the inspector"), acts.inspect, ("Return",), menu=edit, pane=TEXT, why_not=acts.why.no_current),
        Action(
            "coding.finish",
            _tr("Mark finished"),
            screen.finish,
            ("Ctrl+D",),
            _tr("Mark finished and go to the next unread source"),
            "circle-check",
            source,
            why_not=acts.why.no_writing,
        ),
        Action("coding.source_next", _tr("Next source"), lambda: screen.open_neighbour(1), ("Ctrl+PgDown",), menu=source),
        Action("coding.source_before", _tr("Source before"), lambda: screen.open_neighbour(-1), ("Ctrl+PgUp",), menu=source),
        Action("coding.go_to_source", _tr("Go to source…"), screen.filter_sources, ("Ctrl+T",), menu=source),
        Action("coding.move_source", _tr("Move to another case…"), screen.move_source, menu=source, why_not=acts.why.no_writing),
        Action("coding.filter_codes", _tr("Filter codes"), screen.filter_codes, ("/",), menu=edit, pane=TEXT),
    ]


def _sizes(screen: CodingScreen) -> list[Action]:
    size, view = screen.text_size, _tr("View")
    return [
        Action(
            "coding.text_larger", _tr("Larger text"), lambda: size.step(1), ("Ctrl++", "Ctrl+="), _tr("Show the text larger"), menu=view
        ),
        Action("coding.text_smaller", _tr("Smaller text"), lambda: size.step(-1), ("Ctrl+-",), _tr("Show the text smaller"), menu=view),
        Action("coding.text_usual", _tr("Usual text size"), size.reset, ("Ctrl+0",), _tr("Show the text at its usual size"), menu=view),
    ]


def _nth(act: Callable[[int], None], number: int) -> Callable[[], None]:
    return lambda: act(number)


def _nothing() -> str:
    return ""
