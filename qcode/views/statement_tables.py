"""Findings and recommendations as the tables that reports print, each cell leading to the quotes it rests on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from qcode.exchange.exporters.wording import counted, strength_words
from qcode.model.quote import Quote
from qcode.model.report import Linked, LinkedReport, LinkedSection, QuoteBlock
from qcode.model.statement import FIELDS, FIELDS_OF, Sort
from qcode.model.summary import Status
from qcode.project import Project
from qcode.views.chain import quotes_of
from qcode.views.grounds import Looked
from qcode.views.permission import Permission, Permissions
from qcode.views.provenance import provenance
from qcode.views.statements import Statement, countries_words, criterion_order, statements_in

_Cell = tuple[Linked, ...]
_Row = tuple[_Cell, ...]
_NO_CRITERION = "Without a criterion"
_NO_QUESTION = "Without a question"
#: So many IDs stand in a cell; the rest are a link away.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Made:
    """What the tables are made of: statements by UUID, in order, and the quotes that are shown by coding."""

    statements: Mapping[str, Statement]
    quotes: Mapping[str, Quote]

    def of(self, *sorts: Sort) -> list[Statement]:
        return [one for one in self.statements.values() if one.sort in sorts]


def build_table(project: Project, kind: str, title: str = "", leave_out: Collection[Permission] = ()) -> LinkedReport:
    """One of `TABLES` with the quotes behind it, but those of the permissions in `leave_out`, which count all the same."""
    heading, sorts, make = TABLES[kind]
    with project.reading() as db:
        looked = Looked(db)
        statements = {one.uuid: one for one in statements_in(db, looked)}
        shown = [one for one in statements.values() if one.sort in sorts]
        named = _around(statements, shown)
        placed = quotes_of(db, looked, {key for one in named for key in one.basis.quotes})
        permissions = Permissions(looked.where)
        quotes = {key: one.quote for key, one in placed.items() if permissions.of(one.place) not in leave_out}
        made = _Made(statements, quotes)
        held_back = len(placed) - len(quotes)
        return LinkedReport(
            title=title or heading,
            lead=_lead(shown, held_back),
            sections=tuple(make(made)),
            quotes=tuple(quotes.values()),
            blocks=tuple(_block(one, made) for one in named),
            provenance=provenance(project, db),
        )


def _lead(shown: Sequence[Statement], held_back: int) -> str:
    """'7 findings, 6 recommendations; 2 with changed evidence, 1 draft.'"""
    counts = [(sort, sum(one.sort is sort for one in shown)) for sort in Sort]
    said = ", ".join(_of_sort(sort, number) for sort, number in counts if number) or "Nothing is written yet"
    stale, drafts = sum(one.is_stale for one in shown), sum(one.status is Status.DRAFT for one in shown)
    states = ", ".join(filter(None, (f"{stale:,} with changed evidence" if stale else "", counted(drafts, "draft") if drafts else "")))
    kept = f" {counted(held_back, 'quote')} {'is' if held_back == 1 else 'are'} held back for want of permission." if held_back else ""
    return f"{said}{'; ' if states else ''}{states}.{kept} Each leads to the quotes it rests on."


def _of_sort(sort: Sort, number: int) -> str:
    if sort is Sort.LESSON:
        return f"{number:,} {'lesson' if number == 1 else 'lessons'} learned"
    return counted(number, sort.value)


def _around(statements: Mapping[str, Statement], shown: Iterable[Statement]) -> list[Statement]:
    """The statements that are shown, the conclusions from them, and all that any of these rests on."""
    shown = list(shown)
    found = {one.uuid for one in shown}
    found |= {key for one in shown for key in one.used_by if statements[key].sort is Sort.CONCLUSION}
    waiting = list(found)
    while waiting:
        below = {each.ground.statement for each in statements[waiting.pop()].rests_on} & statements.keys()
        waiting.extend(below - found)
        found |= below
    return [one for one in statements.values() if one.uuid in found]


def _block(one: Statement, made: _Made) -> QuoteBlock:
    numbers = {key: at for at, key in enumerate(made.quotes)}
    own = {key for each in one.rests_on for key in each.quotes}
    below = [each.ground.statement for each in one.rests_on if each.ground.statement in made.statements]
    return QuoteBlock(
        key=one.number,
        heading=f"{one.number}  {one.words}",
        facts=_evidence_words(one),
        below=tuple(made.statements[key].number for key in below),
        indexes=tuple(sorted(numbers[key] for key in own if key in numbers)),
    )


def _evidence_words(one: Statement) -> str:
    """Counts, countries, and by which values the strength was judged."""
    basis = one.basis
    if not basis.quotes:
        return basis.counts
    where = f" ({', '.join(basis.countries)})" if basis.countries else ""
    judged = strength_words(basis.strength)
    return f"{basis.counts}{where}. {judged[:1].upper()}{judged[1:]}."


def _plain(text: str) -> _Cell:
    return (Linked(text),) if text else ()


def _evidence(made: _Made, one: Statement) -> _Cell:
    """How much it rests on, leading to its quotes; some of their IDs; what has changed and what is missing."""
    shown = [made.quotes[key].id for key in one.basis.quotes if key in made.quotes]
    cell = [Linked(one.basis.words, block=one.number if shown else "")]
    for at, name in enumerate(sorted(shown)[:_NAMED]):
        cell += [Linked("\n" if at == 0 else ", "), Linked(name, quote=name)]
    if len(shown) > _NAMED:
        cell.append(Linked(f" and {len(shown) - _NAMED:,} more"))
    return _with_notes(tuple(cell), one)


def _with_notes(cell: _Cell, one: Statement) -> _Cell:
    """A cell, with what has changed and what is missing on lines of their own."""
    changed = [f"Changed: {'; '.join(one.changed)}"] if one.changed else []
    pieces = list(cell)
    for note in (*changed, *one.warnings):
        pieces += [Linked("\n")] * bool(pieces) + [Linked(note, warns=True)]
    return tuple(pieces)


def _numbers(made: _Made, keys: Iterable[str]) -> _Cell:
    """Numbers of statements, each leading to its quotes."""
    found = [made.statements[key].number for key in keys]
    return tuple(piece for at, number in enumerate(found) for piece in ((Linked(", "),) if at else ()) + (Linked(number, block=number),))


def _below(made: _Made, one: Statement) -> _Cell:
    return _numbers(made, [each.ground.statement for each in one.rests_on if each.ground.statement in made.statements])


def _named(one: Statement) -> _Cell:
    return (Linked(one.number, block=one.number), *([Linked("\ndraft")] if one.status is Status.DRAFT else []))


def _by_criterion(statements: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
    ordered = sorted(statements, key=lambda one: criterion_order(one.criterion))
    return [(criterion or _NO_CRITERION, list(found)) for criterion, found in groupby(ordered, key=lambda one: one.criterion)]


def _findings(made: _Made) -> Iterable[LinkedSection]:
    """S9: key findings, numbered, under the criteria."""
    columns = ("No.", "Finding", "Between countries", "Evidence", "Conclusions")
    for criterion, found in _by_criterion(made.of(Sort.FINDING)):
        rows = tuple(
            (
                _named(one),
                _plain(one.words),
                _plain(one.fields["differences"] or countries_words(one.basis)),
                _evidence(made, one),
                _numbers(made, [key for key in one.used_by if made.statements[key].sort is Sort.CONCLUSION]),
            )
            for one in found
        )
        yield LinkedSection(criterion, counted(len(rows), "finding"), columns, rows)


def _recommendations(made: _Made) -> Iterable[LinkedSection]:
    """S11: recommendations with unit, priority, time, resources, and the office's response."""
    named = ("unit", "addressed", "priority", "time", "resources", "response", "follow_up")
    columns = ("No.", "Recommendation", *(FIELDS[name] for name in named), "Rests on")
    rows = tuple(
        (_named(one), _plain(one.words), *(_plain(_field(one, name)) for name in named), _with_notes(_below(made, one), one))
        for one in made.of(Sort.RECOMMENDATION)
    )
    yield LinkedSection("Recommendations", counted(len(rows), "recommendation"), columns, rows)


def _field(one: Statement, name: str) -> str:
    """A field; a response with its words."""
    return "\n".join(filter(None, (one.fields["response"], one.fields["reply"]))) if name == "response" else one.fields[name]


def _glance(made: _Made) -> Iterable[LinkedSection]:
    """S7: conclusions and recommendations at a glance, by evaluation question."""
    columns = ("Findings", "Conclusion", "Recommendations", "Evidence")
    conclusions = made.of(Sort.CONCLUSION)
    above = {one.uuid: [key for key in one.used_by if made.statements[key].sort is Sort.RECOMMENDATION] for one in conclusions}
    for question in dict.fromkeys(sorted((one.question for one in conclusions), key=lambda said: not said)):
        rows = tuple(
            (_below(made, one), _in_full(made, [one.uuid]), _in_full(made, above[one.uuid]), _evidence(made, one))
            for one in conclusions
            if one.question == question
        )
        yield LinkedSection(question or _NO_QUESTION, counted(len(rows), "conclusion"), columns, rows)
    drawn = {key for keys in above.values() for key in keys}
    alone = [one for one in made.of(Sort.RECOMMENDATION) if one.uuid not in drawn]
    if alone:
        rows = tuple((_below(made, one), _plain(""), _in_full(made, [one.uuid]), _evidence(made, one)) for one in alone)
        yield LinkedSection("Recommendations without a conclusion", counted(len(rows), "recommendation"), columns, rows)


def _in_full(made: _Made, keys: Sequence[str]) -> _Cell:
    """Statements with their numbers, which lead to their quotes, and their words."""
    pieces: list[Linked] = []
    for one in (made.statements[key] for key in keys):
        pieces += [Linked("\n")] * bool(pieces) + [Linked(one.number, block=one.number), Linked(f"  {one.words}")]
    return tuple(pieces)


def _review_grid(made: _Made) -> Iterable[LinkedSection]:
    """S13: criterion, question, judgement and its evidence."""
    columns = ("Question", "No.", "Judgement", "Evidence")
    for criterion, found in _by_criterion(made.of(Sort.FINDING, Sort.CONCLUSION)):
        ordered = sorted(found, key=lambda one: (not one.question, one.question))
        rows = tuple((_plain(one.question or _NO_QUESTION), _named(one), _plain(one.words), _evidence(made, one)) for one in ordered)
        yield LinkedSection(criterion, counted(len(rows), "judgement"), columns, rows)


def _lessons(made: _Made) -> Iterable[LinkedSection]:
    """Each lesson and each good practice as the ILO's form has it: what is asked, and what is said."""
    for one in made.of(Sort.LESSON, Sort.PRACTICE):
        fields = [(FIELDS[name], _plain(one.fields[name])) for name in FIELDS_OF[one.sort]]
        said: list[tuple[str, _Cell]] = [("Brief description", _plain(one.words)), *fields]
        said += [("Drawn from", _below(made, one)), ("Evidence", _evidence(made, one))]
        rows = tuple((_plain(name), cell) for name, cell in said)
        yield LinkedSection(f"{one.sort.value.capitalize()} {one.number}", "", ("Field", "Answer"), rows)


#: What each table is called, which statements its rows are, and what makes it.
TABLES: Mapping[str, tuple[str, tuple[Sort, ...], Callable[[_Made], Iterable[LinkedSection]]]] = {
    "findings": ("Key findings", (Sort.FINDING,), _findings),
    "recommendations": ("Recommendations", (Sort.RECOMMENDATION,), _recommendations),
    "glance": ("Conclusions and recommendations at a glance", (Sort.CONCLUSION, Sort.RECOMMENDATION), _glance),
    "review-grid": ("Review grid", (Sort.FINDING, Sort.CONCLUSION), _review_grid),
    "lessons": ("Lessons learned and good practices", (Sort.LESSON, Sort.PRACTICE), _lessons),
}
