"""What merges brought: their reports, the passages that came in by person and country, and who is in the team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qcode.model.merging import MergeReport
from qcode.model.paths import MARK
from qcode.project import Project
from qcode.store import merges
from qcode.store.brought import codings_brought, count_by_coder, last_acts
from qcode.store.cases import read_cases, read_whole_assignments
from qcode.store.codes import read_codes
from qcode.store.journal import label_of
from qcode.store.settings import COPY_BEGINS_AFTER, read_setting
from qcode.store.sources import read_sources
from qcode.store.undo import read_stack

if TYPE_CHECKING:
    from qcode.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Passage:
    """A coding that came in: by whom, in which country ('' for a source of none), where it stands, and what it says. `is_new` is False
    for one that was there and was changed."""

    coding: str
    short_id: str
    coder: str
    country: str
    source: str
    source_label: str
    start: int
    end: int
    code: str
    colour: str
    quote: str
    memo: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team: how many codings in how many sources, when they did something last and when a merge last brought work of
    theirs (ISO times, '' for never), and what that brought in new codings."""

    name: str
    codings: int
    sources: int
    last_change: str
    came_in: str
    brought: int


@dataclass(frozen=True, slots=True)
class Country:
    """A case at the top, with the sources (UUIDs) that belong to it or to a case below."""

    name: str
    sources: tuple[str, ...]


def countries_of(project: Project) -> list[Country]:
    """Every country that has sources, by name."""
    with project.reading() as db:
        countries, found = _countries(db), dict[str, list[str]]()
        for source in read_sources(db):
            if source.id in countries:
                found.setdefault(countries[source.id], []).append(source.uuid)
    return [Country(name, tuple(sources)) for name, sources in sorted(found.items())]


def read_merges(project: Project) -> list[MergeReport]:
    """Every merge of this copy, newest first; one that was taken back says so."""
    with project.reading() as db:
        return merges.read_merges(db)


def passages_of(project: Project, merge: int) -> list[Passage]:
    """The passages that a merge (its number) brought and that are there now, in order of person, source and place."""
    with project.reading() as db:
        countries = _countries(db)
        sources = {source.id: source for source in read_sources(db)}
        codes = {code.id: code for code in read_codes(db)}
        found = []
        back = next((report.plan.back for report in merges.read_merges(db) if report.number == merge), ())
        for coder, made, coding, short_id, source, start, end, code, quote, memo in codings_brought(db, merge, back):
            place, of = sources[source], codes[code]
            where = (place.uuid, place.label or place.name, start, end)
            found.append(Passage(coding, short_id, coder, countries.get(source, ""), *where, of.name, of.colour, quote, memo, bool(made)))
        return found


def team_members(project: Project) -> list[Member]:
    """Everybody who coded or did anything in this project, by name."""
    with project.reading() as db:
        last = last_acts(db)
        counted = {name: (codings, sources) for name, codings, sources in count_by_coder(db)}
        came: dict[str, tuple[str, int]] = {}
        for report in merges.read_merges(db):
            if not report.taken_back:
                for one in report.plan.contributions:
                    came.setdefault(one.coder, (report.at, one.new_codings))
    names = sorted({*counted, *last})
    return [Member(name, *counted.get(name, (0, 0)), last.get(name, ""), *came.get(name, ("", 0))) for name in names]


def acts_since(project: Project, merge: int) -> list[str] | None:
    """What was done in this copy since a merge (its number) and is taken back with it, newest first, in words; None when Undo does not
    reach that merge: it is taken back already."""
    with project.reading() as db:
        stack = read_stack(db, int(read_setting(db, COPY_BEGINS_AFTER, "0"))).undo
        if merge not in stack:
            return None
        return [label_of(db, number) for number in reversed(stack[stack.index(merge) + 1 :])]


def _countries(db: Connection) -> dict[int, str]:
    """The top case of each source, by key, of those that belong to one."""
    tops = {case.id: case.path.partition(MARK)[0].strip() for case in read_cases(db)}
    return {source: tops[cases[0]] for source, cases in read_whole_assignments(db).items() if cases}
