"""What people do with passages: code them, write about them, change their minds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qcode.errors import UserError
from qcode.model.identity import SHORT_LETTERS, short_letters
from qcode.model.span import Span
from qcode.operations.coders import ensure_coder
from qcode.project import Project
from qcode.store.codings import find_same, is_short_id_taken, source_of
from qcode.store.journal import Act
from qcode.store.schema import CONTENT, Value, Values
from qcode.store.sources import text_of

_MOST_LETTERS = 12


def apply_code(project: Project, source: str, span: Span, code: str, *, coder: str = "", memo: str = "", origin: str = "hand") -> str:
    """Code a passage of a source (UUIDs of source and code; a coder's name) and give the coding's UUID.

    When the coder has coded the very same passage so already, that coding comes back and nothing is written. Raises UserError when
    the span does not lie in the text.
    """
    who = coder or project.coder

    def work(act: Act) -> str:
        return add_coding(act, source, span, code, ensure_coder(act, who), {"memo": memo, "origin": origin})

    return project.transact("apply code", "Apply a code", work)


def add_coding(act: Act, source: str, span: Span, code: str, coder: str, more: Values) -> str:
    """Code a passage as part of an act; all references are UUIDs."""
    same = find_same(act.db, source, span.start, span.end, code, coder)
    if same is not None:
        return same
    text, characters, label = text_of(act.db, source)
    if span.end > characters:
        raise UserError(f"{span.start} to {span.end} does not lie in the source, which has {characters} characters: select again.")
    key = act.identities.new_uuid()
    values: Values = {
        "source": source,
        "text": text,
        "span_start": span.start,
        "span_end": span.end,
        "code": code,
        "coder": coder,
        "short_id": free_short_id(act, label, key),
    }
    return act.insert("codings", {**values, **more}, key)


def change_coding(
    project: Project,
    coding: str,
    *,
    memo: str | None = None,
    code: str | None = None,
    span: Span | None = None,
    important: bool | None = None,
    contradicts: bool | None = None,
) -> bool:
    """Set what is given of a coding and leave the rest; its short ID stays. False when nothing was different."""
    given: Values = {"memo": memo, "code": code, "important": _flag(important), "contradicts": _flag(contradicts)}
    values = {name: value for name, value in given.items() if value is not None}

    def work(act: Act) -> bool:
        if act.rows.read(CONTENT["codings"], coding) is None:
            raise UserError("This coding is no longer there and was not changed: undo or another removal took it away.")
        new = {**values, **(place_of(act, coding, span) if span else {})}
        refuse_double(act, coding, new)
        return act.update("codings", coding, new)

    return project.transact("change coding", _label(values, moves=span is not None), work)


def _label(values: Mapping[str, Value], *, moves: bool) -> str:
    """What is done to a coding, in words: where it is several things at once, only that it is changed."""
    names = {
        "memo": "Write a memo" if values.get("memo") else "Remove a memo",
        "code": "Recode a passage",
        "important": "Mark a passage important" if values.get("important") else "Mark a passage no longer important",
        "contradicts": "Mark a passage as contradicting" if values.get("contradicts") else "Mark a passage as no longer contradicting",
    }
    done = [names[name] for name in values] + ["Move the ends of a passage"] * moves
    return done[0] if len(done) == 1 else "Change a coding"


def remove_codings(project: Project, codings: Sequence[str]) -> None:
    """Take codings away; one act, which undo brings back whole."""
    label = f"Remove {len(codings)} codings" if len(codings) > 1 else "Remove a coding"
    project.transact("remove coding", label, lambda act: act.delete("codings", codings))


def refuse_double(act: Act, coding: str, new: Values) -> None:
    """Raise UserError when `new` would put a coding where its coder has one of the same code on the same passage already."""
    if not new.keys() & {"source", "span_start", "span_end", "code", "coder"}:
        return
    values = {**(act.rows.read(CONTENT["codings"], coding) or {}), **new}
    source, code, coder = (str(values[name]) for name in ("source", "code", "coder"))
    same = find_same(act.db, source, int(values["span_start"] or 0), int(values["span_end"] or 0), code, coder)
    if same not in (None, coding):
        raise UserError("The same coder has this very passage coded so already: keep one of the two, and remove the other.")


def place_of(act: Act, coding: str, span: Span) -> Values:
    """The fields that put a coding on another passage of its source's present text."""
    text, characters, _ = text_of(act.db, source_of(act.db, coding))
    if span.end > characters:
        raise UserError(f"{span.start} to {span.end} does not lie in the source, which has {characters} characters: select again.")
    return {"text": text, "span_start": span.start, "span_end": span.end}


def free_short_id(act: Act, label: str, coding: str) -> str:
    """The ID people quote a coding by: the source's label and six letters of the coding's UUID, more where two would meet."""
    for letters in range(SHORT_LETTERS, _MOST_LETTERS + 1):
        short_id = f"{label}-{short_letters(coding, letters)}"
        if not is_short_id_taken(act.db, short_id):
            return short_id
    raise UserError(f"No free ID was found for a coding in {label}: code the passage once more.")


def _flag(value: bool | None) -> int | None:
    return None if value is None else int(value)

