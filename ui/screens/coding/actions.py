"""Everything that can be done on the coding screen, as data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.actions import Action

if TYPE_CHECKING:
    from ui.screens.coding.screen import CodingScreen

#: The pane whose single letters the text pane takes itself, so that they go by their place on the keyboard.
TEXT = "text"
_DIGITS = range(1, 10)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodingActions", text)


def coding_actions(screen: CodingScreen) -> list[Action]:
    """The actions of the screen, in the order of the menus."""
    return [*_marking(screen), *_changing(screen), *_moving(screen)]


def _marking(screen: CodingScreen) -> list[Action]:
    acts, code, text = screen.acts, _tr("Code"), TEXT
    writing, repeat = acts.why_no_coding, acts.why_no_repeat
    recent = [
        Action(
            f"coding.recent{number}",
            _tr("Apply recent code {0}").format(number),
            _nth(acts.repeat, number),
            (str(number),),
            pane=text,
            why_not=repeat,
        )
        for number in _DIGITS
    ]
    return [
        Action(
            "coding.apply",
            _tr("Apply code"),
            acts.pick,
            ("Space",),
            _tr("Apply a code to the selected passage, or to the sentence"),
            "tag",
            code,
            text,
            writing,
        ),
        Action(
            "coding.repeat",
            _tr("Repeat last"),
            lambda: acts.repeat(1),
            (".",),
            _tr("Apply the last code again"),
            "repeat",
            code,
            text,
            repeat,
        ),
        Action(
            "coding.new", _tr("New code"), acts.pick, ("N",), _tr("Type a new code's name, then Ctrl+Enter"), "plus", code, text, writing
        ),
        Action(
            "coding.in_vivo",
            _tr("Code in vivo"),
            acts.in_vivo,
            ("V",),
            _tr("Make a code of the selected words"),
            "quote",
            code,
            text,
            acts.why_no_selection,
        ),
        Action(
            "coding.sentence",
            _tr("Select the sentence"),
            acts.sentence,
            ("L",),
            _tr("Select the sentence, again for the next one too"),
            "",
            code,
            text,
        ),
        Action(
            "coding.paragraph",
            _tr("Select the paragraph"),
            acts.paragraph,
            ("P",),
            _tr("Select the paragraph, again for the next one too"),
            "",
            code,
            text,
        ),
        *recent,
    ]


def _changing(screen: CodingScreen) -> list[Action]:
    acts, code, text, why = screen.acts, _tr("Code"), TEXT, screen.acts.why_no_change
    return [
        Action(
            "coding.recode",
            _tr("Other code…"),
            acts.recode,
            ("Shift+Space",),
            _tr("Give this coding another code"),
            "replace",
            code,
            text,
            why,
        ),
        Action(
            "coding.take_start",
            _tr("Move the start"),
            lambda: acts.adjust(start=True),
            ("[",),
            _tr("Move its start with the arrow keys"),
            "",
            code,
            text,
            why,
        ),
        Action(
            "coding.take_end",
            _tr("Move the end"),
            lambda: acts.adjust(start=False),
            ("]",),
            _tr("Move its end with the arrow keys"),
            "",
            code,
            text,
            why,
        ),
        Action("coding.memo", _tr("Memo"), acts.memo, ("M",), _tr("Write a memo on this coding"), "sticky-note", code, text, why),
        Action("coding.important", _tr("Important"), acts.important, ("I",), _tr("Mark as important, or not"), "star", code, text, why),
        Action(
            "coding.contradicts",
            _tr("Contradicts"),
            acts.contradicts,
            ("C",),
            _tr("Mark as speaking against the others, or not"),
            "arrow-left-right",
            code,
            text,
            why,
        ),
        Action("coding.remove", _tr("Remove coding"), acts.remove, ("Delete",), _tr("Remove this coding"), "trash-2", code, text, why),
        Action(
            "coding.raise", _tr("Other code on top"), acts.raise_other, ("O",), _tr("Show the wash of the code below"), "layers", code, text
        ),
    ]


def _moving(screen: CodingScreen) -> list[Action]:
    acts, source, edit = screen.acts, _tr("Source"), _tr("Edit")
    opened = acts.why_no_source
    return [
        Action("coding.find", _tr("Find…"), screen.find_words, ("Ctrl+F",), _tr("Find in this source"), "search", edit, why_not=opened),
        Action("coding.find_next", _tr("Find next"), lambda: screen.find_step(1), ("F3",), menu=edit, why_not=opened),
        Action("coding.find_before", _tr("Find previous"), lambda: screen.find_step(-1), ("Shift+F3",), menu=edit, why_not=opened),
        Action("coding.next", _tr("Next coding"), lambda: acts.step(1), ("Alt+Down",), menu=edit, why_not=opened),
        Action("coding.before", _tr("Previous coding"), lambda: acts.step(-1), ("Alt+Up",), menu=edit, why_not=opened),
        Action("coding.inspect", _tr("Go to the inspector"), acts.inspect, ("Return",), menu=edit, pane=TEXT, why_not=acts.why_no_current),
        Action(
            "coding.finish",
            _tr("Mark finished"),
            screen.finish,
            ("Ctrl+D",),
            _tr("Mark finished and go to the next unread source"),
            "circle-check",
            source,
            why_not=acts.why_no_writing,
        ),
        Action("coding.source_next", _tr("Next source"), lambda: screen.open_neighbour(1), ("Ctrl+PgDown",), menu=source),
        Action("coding.source_before", _tr("Source before"), lambda: screen.open_neighbour(-1), ("Ctrl+PgUp",), menu=source),
        Action("coding.go_to_source", _tr("Go to source…"), screen.filter_sources, ("Ctrl+T",), menu=source),
        Action("coding.filter_codes", _tr("Filter codes"), screen.filter_codes, ("/",), menu=edit, pane=TEXT),
    ]


def _nth(act: Callable[[int], None], number: int) -> Callable[[], None]:
    return lambda: act(number)
