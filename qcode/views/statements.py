"""Findings, conclusions and recommendations as a screen, a table or a command shows them: numbered, with what they rest on down to quotes,
how strong that is, what has changed since, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qcode.exchange.exporters.wording import counted, noun_of, plural_of
from qcode.model.identity import short_letters
from qcode.model.statement import CRITERIA, LETTERS, RESTS_ON, Ground, Sort
from qcode.model.strength import PRESET, Evidence, Strength
from qcode.model.summary import Status
from qcode.project import Project
from qcode.store.statements import Linked, Stated, contradicting, read_grounds, read_statements
from qcode.store.summaries import hands_of
from qcode.synthesis.evidence import Seen
from qcode.synthesis.strength import judge
from qcode.synthesis.summaries import Stale
from qcode.synthesis.tree import ancestors_of
from qcode.synthesis.values import PlaceValues
from qcode.views.grounds import Changed, Looked
from qcode.views.permission import attribute_called

if TYPE_CHECKING:
    from qcode.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Basis:
    """What a statement rests on down to quotes, each counted once. `quotes` are codings by UUID; `countries` the names of the cases at the
    top in which they stand, of `of_countries` there are, and `each` what one of these is called."""

    quotes: tuple[str, ...]
    countries: tuple[str, ...]
    of_countries: int
    each: str
    strength: Strength

    @property
    def counts(self) -> str:
        """'25 quotes from 19 sources in 4 of 5 countries'; 'no quotes'."""
        evidence = self.strength.evidence
        if not evidence.quotes:
            return "no quotes"
        where = f" in {len(self.countries)} of {counted(self.of_countries, self.each)}" if self.countries else ""
        return f"{counted(evidence.quotes, 'quote')} from {counted(evidence.sources, 'source')}{where}"

    @property
    def words(self) -> str:
        """'25 quotes from 19 sources in 4 of 5 countries, 1 against: contested'; 'no quotes'."""
        evidence = self.strength.evidence
        against = f", {evidence.against:,} against" if evidence.against else ""
        return f"{self.counts}{against}: {self.strength.level}" if evidence.quotes else self.counts


@dataclass(frozen=True, slots=True)
class Support:
    """One thing a statement rests on: what it is called, the codings it brings (UUIDs; none for a statement), and what has changed of it
    since it was linked or last reviewed, in sentences without a full stop; `reasons` are what happened to each of its codings."""

    ground: Ground
    title: str
    quotes: tuple[str, ...]
    changed: tuple[str, ...]
    reasons: tuple[Stale, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it is shown. `number` is its place among those of its sort ('F3') and follows their order; `id` is made of its UUID
    and stays.

    `author` wrote the words at `at` (ISO time); `reviewer`, '' where nobody did, reviewed them at `reviewed_at`. `used_by` are the UUIDs of
    the statements that rest on it. `changed` are what has changed below it since it was linked or reviewed, and `warnings` what it lacks,
    both in sentences without a full stop.
    """

    uuid: str
    id: str
    number: str
    sort: Sort
    criterion: str
    question: str
    words: str
    status: Status
    fields: Mapping[str, str]
    author: str
    at: str
    reviewer: str
    reviewed_at: str
    rests_on: tuple[Support, ...]
    used_by: tuple[str, ...]
    basis: Basis
    changed: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def is_stale(self) -> bool:
        """Whether something happened to what it rests on since it was linked or last reviewed."""
        return bool(self.changed)


def statements_of(project: Project) -> tuple[Statement, ...]:
    """Every statement, by sort and number: findings by criterion (those of `CRITERIA` first, others by name, none last), all others as they
    were put. This is a read-only operation."""
    with project.reading() as db:
        return statements_in(db)


def statements_in(db: Connection, looked: Looked | None = None) -> tuple[Statement, ...]:
    """The same of the project that `db` has open."""
    stated = numbered(read_statements(db))
    return _Shown(db, looked or Looked(db), stated).all() if stated else ()


def numbered(stated: Iterable[Stated]) -> dict[str, Stated]:
    """Statements by their numbers, in order."""
    of_sort: dict[Sort, list[Stated]] = defaultdict(list)
    for one in stated:
        of_sort[one.sort].append(one)
    of_sort[Sort.FINDING].sort(key=lambda one: criterion_order(one.criterion))
    return {f"{LETTERS[sort]}{at}": one for sort in Sort for at, one in enumerate(of_sort[sort], start=1)}


def criterion_order(criterion: str) -> tuple[int, str]:
    """Where a criterion stands among all: those that are offered first, then others by name, none last."""
    if not criterion:
        return len(CRITERIA) + 1, ""
    return CRITERIA.index(criterion) if criterion in CRITERIA else len(CRITERIA), criterion.casefold()


class _Shown:
    """Some statements, looked at together."""

    def __init__(self, db: Connection, looked: Looked, stated: Mapping[str, Stated]) -> None:
        self._looked = looked
        self._stated = stated
        self._numbers = {one.uuid: number for number, one in stated.items()}
        self._by_uuid = {one.uuid: one for one in stated.values()}
        self._links: dict[str, list[Linked]] = defaultdict(list)
        for link in read_grounds(db):
            self._links[link.statement].append(link)
        links = [link for of_one in self._links.values() for link in of_one]
        self._changes = Changed(db, looked, links, self._numbers)
        self._sentences = self._changes.of()
        self._hands = hands_of(db, list(self._by_uuid), "statements")
        self._counting = Counting(db, looked)
        self._users: dict[str, list[str]] = defaultdict(list)
        for link in links:
            if link.ground.statement:
                self._users[link.ground.statement].append(link.statement)

    def all(self) -> tuple[Statement, ...]:
        """Each of them as it is shown."""
        return tuple(self._shown(number, one) for number, one in self._stated.items())

    def _shown(self, number: str, one: Stated) -> Statement:
        author, last = self._hands.get(one.uuid, (None, None))
        status = Status.REVIEWED if one.status == Status.REVIEWED else Status.DRAFT
        reviewed = last is not None and status is Status.REVIEWED
        links = self._ordered(one)
        basis = self._counting.basis(self._codings(one.uuid))
        changed = tuple(sentence for link in links for sentence in self._sentences.get(link.uuid, ()))
        return Statement(
            uuid=one.uuid,
            id=short_letters(one.uuid),
            number=number,
            sort=one.sort,
            criterion=one.criterion,
            question=one.question,
            words=one.words,
            status=status,
            fields=one.fields,
            author=author.coder if author else "",
            at=author.at if author else "",
            reviewer=last.coder if last and reviewed else "",
            reviewed_at=last.at if last and reviewed else "",
            rests_on=tuple(self._support(link) for link in links),
            used_by=tuple(sorted(self._users[one.uuid], key=self._place)),
            basis=basis,
            changed=changed,
            warnings=tuple(self._warnings(one, links, basis)),
        )

    def _support(self, link: Linked) -> Support:
        codings = tuple(sorted(self._changes.codings.get(link.uuid, ())))
        reasons = self._changes.reasons.get(link.uuid, ())
        return Support(link.ground, self._changes.title(link.ground), codings, self._sentences.get(link.uuid, ()), reasons)

    def _ordered(self, one: Stated) -> list[Linked]:
        """The links of a statement: to other statements, in the order of `RESTS_ON`, then to cells, then to quotes."""

        def order(link: Linked) -> tuple[bool, bool, int, int]:
            other = self._by_uuid.get(link.ground.statement)
            known = RESTS_ON[one.sort]
            sort = known.index(other.sort) if other and other.sort in known else len(known)
            return not link.ground.statement, bool(link.ground.coding), sort, self._place(link.ground.statement)

        return sorted(self._links[one.uuid], key=order)

    def _place(self, statement: str) -> int:
        return self._places.get(statement, -1)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {key: at for at, key in enumerate(self._numbers)}

    def _below(self, statement: str) -> list[str]:
        """A statement and all it rests on, each once, however they are linked."""
        found, waiting = {statement: None}, [statement]
        while waiting:
            links = self._links[waiting.pop()]
            fresh = [link.ground.statement for link in links if link.ground.statement and link.ground.statement not in found]
            found.update(dict.fromkeys(fresh))
            waiting.extend(fresh)
        return list(found)

    def _codings(self, statement: str) -> dict[str, Seen]:
        """The codings that a statement rests on, through whatever other statements."""
        found: dict[str, Seen] = {}
        for below in self._below(statement):
            for link in self._links[below]:
                found.update((key, _both(found.get(key), seen)) for key, seen in self._changes.codings.get(link.uuid, {}).items())
        return found

    def _warnings(self, one: Stated, links: Sequence[Linked], basis: Basis) -> Iterator[str]:
        below = [self._by_uuid[link.ground.statement] for link in links if link.ground.statement in self._by_uuid]
        if one.sort in (Sort.CONCLUSION, Sort.RECOMMENDATION) and not below:
            yield f"It rests on no {' and no '.join(RESTS_ON[one.sort])}"
        elif not basis.quotes:
            yield "It rests on no quote"
        if one.sort in (Sort.LESSON, Sort.PRACTICE) and not one.fields["context"]:
            yield "It does not say in which context"
        for other in below:
            number = self._numbers[other.uuid]
            if one.status == Status.REVIEWED and other.status != Status.REVIEWED:
                yield f"{number}, on which it rests, is a draft"
            if any(self._sentences.get(link.uuid) for link in self._links[other.uuid]):
                yield f"What {number} rests on has changed"
            if not self._codings(other.uuid):
                yield f"{number}, on which it rests, rests on no quote"


class Counting:
    """Counts and judges codings by where they stand, as the cells of a matrix are."""

    def __init__(self, db: Connection, looked: Looked) -> None:
        self._db = db
        self._where = looked.where

    def basis(self, codings: Mapping[str, Seen]) -> Basis:
        """What these codings are together."""
        places = [(self._place(seen), {self._cases[case] for case in seen.cases or ()}) for seen in codings.values()]
        cases = {case for _, of_coding in places for case in of_coding}
        tops = {[*ancestors_of(case, self._where.parents)][-1] for case in cases}
        evidence = Evidence(
            quotes=len(codings),
            sources=len({seen.source for seen in codings.values()}),
            cases=len(cases),
            kinds=_several(self._kinds, places),
            groups=_several(self._groups, places),
            against=len(self._against & codings.keys()),
        )
        names = tuple(sorted(self._where.cases[case].name for case in tops))
        return Basis(tuple(sorted(codings)), names, self._tops, self._each, judge(PRESET, evidence))

    def _place(self, seen: Seen) -> int:
        return self._where.place_of(self._sources[seen.source], seen.start, seen.end)

    @cached_property
    def _sources(self) -> dict[str, int]:
        return {source.uuid: key for key, source in self._where.sources.items()}

    @cached_property
    def _cases(self) -> dict[str, int]:
        return {case.uuid: key for key, case in self._where.cases.items()}

    @cached_property
    def _against(self) -> set[str]:
        return contradicting(self._db)

    @cached_property
    def _tops(self) -> int:
        return sum(case.depth == 1 for case in self._where.cases.values())

    @cached_property
    def _each(self) -> str:
        name = noun_of(self._where.level_names.get(1, "case"))
        return "case" if name == "column" else name

    @cached_property
    def _kinds(self) -> list[PlaceValues] | None:
        return self._values(PRESET.kind_names)

    @cached_property
    def _groups(self) -> list[PlaceValues] | None:
        return self._values(PRESET.group_names)

    def _values(self, names: Sequence[str]) -> list[PlaceValues] | None:
        name = attribute_called(self._where, names)
        return self._where.values(name) if name else None


def _several(values: Sequence[PlaceValues] | None, places: Iterable[tuple[int, set[int]]]) -> int | None:
    """How many values some places have, of each those of the cases that count, and those of no case; None where the project has nothing
    that says them."""
    if values is None:
        return None
    return len({value for at, cases in places for value, having in values[at].items() if not having or not cases.isdisjoint(having)})


def _both(one: Seen | None, other: Seen) -> Seen:
    """A coding of two cells, with the cases that count in either."""
    cases = {*(one.cases or ())} | {*(other.cases or ())} if one else None
    return other if cases is None else other._replace(cases=tuple(sorted(cases)))


def countries_words(basis: Basis) -> str:
    """'Kazakhstan, Kyrgyzstan'; 'all 5 countries'; '' for none."""
    if basis.countries and len(basis.countries) == basis.of_countries > 1:
        return f"all {basis.of_countries} {plural_of(basis.each)}"
    return ", ".join(basis.countries)
