"""People, differences and passages in the few words that a list has room for."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from qcode.agreement.differences import Kind
from qcode.agreement.units import Unit
from qcode.exchange.exporters.wording import counted, ended
from qcode.model.decision import Decision, Outcome
from qcode.views.adjudication import Point
from qcode.views.agreement import Disagreement

_SHOWN = 36


def initials(name: str) -> str:
    """'AL' for 'Anna L.'."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or name[:2].upper()


def short_names(coders: tuple[str, str]) -> tuple[str, str]:
    """The first names of two people; the whole names where the first are alike."""
    first, second = (name.split()[0] if name.split() else name for name in coders)
    return (first, second) if first != second else coders


def place_of(one: Disagreement) -> str:
    """'KGZ18, 12': source and paragraph."""
    return f"{one.source.label}, {one.difference.paragraph}"


def kind_words(one: Disagreement, names: tuple[str, str], unit: Unit) -> str:
    """How the two differ: 'Only Baktygul', 'Ends differ, same sentence: not in α'."""
    match one.difference.kind:
        case Kind.ENDS if one.difference.counted:
            return _tr("Ends differ")
        case Kind.ENDS:
            return _tr("Ends differ, same {0}: not in α").format(unit_noun(unit))
        case Kind.ELSEWHERE:
            return _tr("Elsewhere in the paragraph")
        case Kind.OTHER_CODE:
            return f"{names[1]}: {one.other.name if one.other else ''}"
        case Kind.ONLY_FIRST:
            return _tr("Only {0}").format(names[0])
    return _tr("Only {0}").format(names[1])


def unit_noun(unit: Unit) -> str:
    """What one unit is called."""
    return {
        Unit.CHARACTER: _tr("character"),
        Unit.SENTENCE: _tr("sentence"),
        Unit.PARAGRAPH: _tr("paragraph"),
        Unit.SOURCE: _tr("source"),
    }[unit]


def units_noun(unit: Unit, count: int) -> str:
    """'33 sentences'."""
    return counted(count, unit_noun(unit))


def unit_title(unit: Unit) -> str:
    """What a unit is called on its button."""
    noun = unit_noun(unit)
    return noun[0].upper() + noun[1:]


def outcome_words(decision: Decision, names: tuple[str, str]) -> str:
    """What was decided: 'Anna’s passage'."""
    return {
        Outcome.FIRST: _tr("{0}’s passage").format(names[0]),
        Outcome.SECOND: _tr("{0}’s passage").format(names[1]),
        Outcome.BOTH: _tr("both"),
        Outcome.NEITHER: _tr("neither"),
        Outcome.NEW: _tr("a new passage"),
    }[decision.outcome]


def history_words(point: Point, names: tuple[str, str]) -> str:
    """What was decided of a difference between coders of these short names, and of its place between others; '' where nothing was."""
    words = []
    if point.decision:
        words.append(ended(_tr("Decided by {0}").format(point.decision.coder)))
    if point.overtaken:
        before = _tr("{0} decided: {1}").format(point.overtaken.coder, outcome_words(point.overtaken, names))
        words.append(ended(_tr("{0}, but the layer “agreed” says otherwise now: decide it again").format(before)))
    for one in point.elsewhere:
        others = short_names(one.coders)
        said = (*others, outcome_words(one.decision, others), one.decision.coder)
        words.append(ended(_tr("Between {0} and {1} here: {2}, by {3}").format(*said)))
    return " ".join(words)


def reopened_words(pairs: Iterable[tuple[str, str]]) -> str:
    """That something settled between others is open again; '' where nothing is."""
    between = [_tr("{0} and {1}").format(*short_names(pair)) for pair in pairs]
    return _tr("Settled otherwise between {0}: it is open again there.").format("; ".join(between)) if between else ""


def figure(value: float) -> str:
    """A coefficient to two places, with a minus that is no hyphen."""
    return f"{value:z.2f}".replace("-", "\N{MINUS SIGN}")


def passage_words(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """How a passage begins and how long it is: '“The person who prepared …”, 24 words'."""
    words = sum(len(text[start:end].split()) for start, end in spans)
    begin = " ".join(text[spans[0][0] : spans[0][1]][: 2 * _SHOWN].split())
    shown = begin if len(begin) <= _SHOWN else begin[:_SHOWN].rsplit(" ", 1)[0] + " …"
    several = _tr("{0} passages, ").format(len(spans)) if len(spans) > 1 else ""
    return f"{several}{counted(words, 'word')}: “{shown}”"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Agreement", text)
