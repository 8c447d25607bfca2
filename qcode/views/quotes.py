"""Quotes with everything a reader needs to find and judge them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from qcode.model.code import Code
from qcode.model.coding import CODING_COLUMNS
from qcode.model.decision import AGREED
from qcode.model.paths import MARK, SEPARATOR
from qcode.model.quote import Quote
from qcode.model.report import QuoteReport, TableReport
from qcode.project import Project
from qcode.store.codes import read_codes
from qcode.store.codings import read_quotes
from qcode.store.names import Names
from qcode.store.texts import pages_by_source
from qcode.views.provenance import provenance
from qcode.views.together import Mark, Together
from qcode.views.whereabouts import Whereabouts

if TYPE_CHECKING:
    from qcode.store.connection import Connection


#: Says, in the place of a coder's name, that everybody must have coded a passage so.
ALL = "all"


@dataclass(frozen=True, slots=True)
class Placed:
    """A quote with its coding (a UUID), the keys it is counted by: code, coder, and its place (an index into the whereabouts' places), and
    whether somebody marked it as contradicting."""

    quote: Quote
    coding: str
    code: int
    coder: int
    place: int
    contradicts: bool


def build_quotes(
    project: Project, *, code: str = "", conditions: Sequence[tuple[str, str]] = (), coder: str = "", first: int | None = None
) -> QuoteReport:
    """The quotes of a code (a path; with all codes below it) or of all, where the conditions hold, in order of source and text; only
    the `first` ones if that is given.

    Conditions are pairs of attribute and value (see `Whereabouts.select`), and 'coder'. Raises UserError for unknown names.
    """
    asked = [*conditions, ("coder", coder)] if coder else list(conditions)
    with project.reading() as db:
        where = Whereabouts(db)
        selection = Selection(db, where, asked)
        codes = codes_below(read_codes(db), Names(db).codes.path(code)) if code else None
        placed = place_quotes(db, where, None if codes is None else [one.id for one in codes], selection.lets_through)
        title = f"Quotes: {code}" if code else "Quotes"
        quotes = tuple(one.quote for one in islice(placed, first))
        return QuoteReport(title, quotes, provenance(project, db, selection.sentence, selection.layer))


class Selection:
    """Which places and which coders a list of conditions lets through.

    Without a coder among the conditions it is every coder's work that counts, but not the layer 'agreed', which holds it once more. With
    'all' for a coder a passage counts where everybody who has finished its source has coded it so.
    """

    def __init__(self, db: Connection, where: Whereabouts, conditions: Sequence[tuple[str, str]]) -> None:
        people = [value for name, value in conditions if name.casefold() == "coder"]
        names = Names(db)
        self.places = where.select([(name, value) for name, value in conditions if name.casefold() != "coder"])
        keys = {name: key for key, name in where.coders.items()}
        everybody = people == [ALL] and ALL not in keys
        uuids = set() if everybody else {names.coder(name) for name in people}
        #: The key of the layer, None where there is none or it was asked for.
        self.left_out = None if uuids else keys.get(AGREED)
        self.coders = frozenset(keys[name] for name in people) if uuids else None
        self.together = Together(db, keys.get(AGREED)) if everybody else None
        self.sentence = ", ".join(f"{name} = {value}" for name, value in conditions if name.casefold() != "coder") or "none"
        self.layer = "all coders of a source" if everybody else " or ".join(people) or "any coder"

    def lets_through(self, place: int, mark: Mark) -> bool:
        """Whether a coding at `place` is selected."""
        return (self.places is None or place in self.places) and self.counts(mark)

    def counts(self, mark: Mark) -> bool:
        """Whether a coding counts, wherever it stands."""
        return self.has(mark[2]) and (self.together is None or self.together.has(mark))

    def has(self, coder: int) -> bool:
        """Whether the codings and readings of a coder count."""
        return coder != self.left_out if self.coders is None else coder in self.coders


def place_quotes(
    db: Connection, where: Whereabouts, codes: Sequence[int] | None, lets_through: Callable[[int, Mark], bool]
) -> Iterator[Placed]:
    """The quotes of the codes (keys; None for all) that `lets_through` lets through by place and mark, in order of source and text.

    They are read as they are asked for, so that the first fifty of many cost little; the reading must still be open then."""
    paths = {code.id: code.path for code in read_codes(db)}
    cases = [tuple(sorted(where.cases[case].path for case in place.cases)) for place in where.places]
    pages = {source: ([mark.start for mark in marks], marks) for source, marks in pages_by_source(db).items()}

    def page(source: int, start: int) -> str:
        starts, marks = pages[source]
        return marks[max(0, bisect_right(starts, start) - 1)].label

    for row in read_quotes(db, codes):
        coding, source, start, end, code, coder, short_id, quote, before, after, memo, contradicts = row
        place = where.place_of(source, start, end)
        if not lets_through(place, (code, source, coder, start, end)):
            continue
        origin = where.sources[source]
        made = Quote(
            id=short_id,
            source=origin.name,
            source_label=origin.label,
            source_title=origin.title,
            start=start,
            end=end,
            quote=quote,
            before=before,
            after=after,
            code=paths[code],
            coder=where.coders[coder],
            memo=memo,
            cases=cases[place],
            page=page(source, start) if source in pages else "",
        )
        yield Placed(made, coding, code, coder, place, bool(contradicts))


def codes_below(codes: Sequence[Code], path: str) -> list[Code]:
    """The codes below `path`, in order, and the code at `path` itself last."""
    return [*(code for code in codes if code.path.startswith(path + SEPARATOR)), *(code for code in codes if code.path == path)]


def build_codings(project: Project) -> TableReport:
    """All coders' codings as the table that `codings import` reads, in order of source and text, every cell filled; without the
    layer 'agreed', which can be made again."""
    report = build_quotes(project)
    rows = tuple(
        (one.id, one.source, one.start, one.end, one.quote, one.code, one.coder, one.memo, "; ".join(one.cases)) for one in report.quotes
    )
    return TableReport("Codings", "Codings", CODING_COLUMNS, rows, report.provenance)


def label_below(path: str, top: str) -> str:
    """`path` without the part that all rows share: what stands below `top`, or its own name for `top` itself."""
    return path.removeprefix(top + SEPARATOR) if path != top else path.rpartition(MARK)[2].strip()
