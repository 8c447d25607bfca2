"""Whether summaries are stale, told slowly and from the words of the issue: a snapshot of each cell as its writer saw it is kept beside the
project and compared with the cell as it is, coding by coding. Nothing of `qcode.synthesis` is used."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.model.summary import SummaryPlace
from qcode.project import Project

#: Code, words, text, start, end, and the cases that count for the column, None where the coding does not stand in it.
Snapshot = dict[str, tuple[str, str, str, int, int, frozenset[str] | None]]
Reasons = set[tuple[str, str]]


@dataclass(frozen=True)
class Tables:
    """What the tables say, read as they are."""

    codings: dict[str, tuple[str, str, str, str, int, int]]
    parents: dict[str, str | None]
    whole: dict[str, set[str]]
    passages: list[tuple[str, int, int, str]]
    of_case: dict[tuple[str, str], str]
    of_source: dict[tuple[str, str], str]


def read(project: Project) -> Tables:
    with project.reading() as db:
        codings = db.execute(
            "SELECT c.uuid, k.uuid, s.uuid, c.quote, t.sha256, c.span_start, c.span_end FROM codings c JOIN codes k ON k.id = c.code_id "
            "JOIN sources s ON s.id = c.source_id JOIN texts t ON t.id = c.text_id JOIN coders r ON r.id = c.coder_id "
            "WHERE r.name <> 'agreed'"
        ).fetchall()
        cases = dict(db.execute("SELECT c.uuid, p.uuid FROM cases c LEFT JOIN cases p ON p.id = c.parent_id").fetchall())
        whole: dict[str, set[str]] = {}
        passages = []
        for source, case, start, end in db.execute(
            "SELECT s.uuid, c.uuid, a.span_start, a.span_end FROM assignments a JOIN sources s ON s.id = a.source_id "
            "JOIN cases c ON c.id = a.case_id"
        ):
            if start is None:
                whole.setdefault(source, set()).add(case)
            else:
                passages.append((source, start, end, case))
        of_case, of_source = (
            {(owner, attribute): value for owner, attribute, value in db.execute(
                f"SELECT o.uuid, a.uuid, v.value FROM {name}_values v JOIN {name}s o ON o.id = v.{name}_id "
                "JOIN attributes a ON a.id = v.attribute_id"
            )}
            for name in ("case", "source")
        )
    return Tables({row[0]: row[1:] for row in codings}, cases, whole, passages, of_case, of_source)


def snapshot(tables: Tables, place: SummaryPlace, named: frozenset[str] = frozenset()) -> Snapshot:
    """The codings of a cell, and those named, each as it counts for the cell."""
    found: Snapshot = {}
    for key, (code, source, words, text, start, end) in tables.codings.items():
        cases = counted(tables, place, source, start, end)
        if (place.code in ("", code) and cases is not None) or key in named:
            found[key] = (code, words, text, start, end, cases)
    return found


def counted(tables: Tables, place: SummaryPlace, source: str, start: int, end: int) -> frozenset[str] | None:
    """The cases of a passage that count for the column; None where it does not stand in it."""
    around = [(last - first, first, last) for of, first, last, _ in tables.passages if of == source and first <= start and end <= last]
    inner = min(around, key=lambda one: (one[0], -one[1])) if around else None
    if inner is None:
        cases = tables.whole.get(source, set())
    else:
        cases = {case for of, first, last, case in tables.passages if of == source and (first, last) == inner[1:]}
    if place.case:
        below = {case for case in cases if place.case in way_up(tables, case)}
        return frozenset(below) if below else None
    if place.source:
        return frozenset(cases) if source == place.source else None
    if not place.attribute:
        return frozenset(cases)
    given = {case: value for case in cases if (value := inherited(tables, case, place.attribute)) is not None}
    own = tables.of_source.get((source, place.attribute))
    if inner is not None and given:
        having = {case for case, value in given.items() if value == place.value}
        return frozenset(having) if having else None
    if own is not None:
        return frozenset(cases) if own == place.value else None
    having = {case for case, value in given.items() if value == place.value} if inner is None else set()
    return frozenset(having) if having else None


def way_up(tables: Tables, case: str) -> list[str]:
    way = [case]
    while (parent := tables.parents.get(way[-1])) is not None:
        way.append(parent)
    return way


def inherited(tables: Tables, case: str, attribute: str) -> str | None:
    return next((tables.of_case[step, attribute] for step in way_up(tables, case) if (step, attribute) in tables.of_case), None)


def reasons(tables: Tables, place: SummaryPlace, seen: Snapshot) -> Reasons:
    """Why a summary written over `seen` is stale."""
    now = snapshot(tables, place, frozenset(seen))
    found = {("new", key) for key in snapshot(tables, place) if key not in seen}
    for key, (code, words, text, start, end, cases) in seen.items():
        if key not in now:
            found.add(("removed", key))
            continue
        new_code, new_words, new_text, new_start, new_end, new_cases = now[key]
        if new_code != code:
            found.add(("recoded", key))
        elif new_cases != cases:
            found.add(("moved to other cases", key))
        if new_text == text and (new_start, new_end) != (start, end):
            found.add(("its words were changed", key))
        if new_text != text:
            found.add(("its words were changed" if new_words != words else "the text of its source was changed", key))
    return found
