"""Random small projects, counted by the engine and by a slow count that follows the sentences of the definition one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.model.matrix import Cell, Measure, Presence, Row
from qcode.synthesis.columns import Columns, columns_by_attribute, columns_by_case, columns_by_coder, columns_by_source
from qcode.synthesis.counting import count_matrix
from qcode.synthesis.places import Place, place_codings
from qcode.synthesis.standing import Codings
from qcode.synthesis.values import values_of_places

CODES = (1, 2, 3)
ROWS = [(code, Row(str(code), f"code {code}", f"code {code}")) for code in CODES]
KINDS = ("case", "case:1", "case:2", "attribute", "count", "source", "coder")
CASE_SETS = st.lists(st.integers(0, 5), unique=True, max_size=3).map(tuple)


@dataclass(frozen=True)
class Coding:
    code: int
    source: int
    start: int
    end: int
    coder: int


@dataclass(frozen=True)
class Project:
    parents: dict[int, int | None]
    places: list[Place]
    characters: dict[int, int]
    codings: list[Coding]
    readings: dict[int, list[tuple[int, frozenset[int]]]]
    case_values: dict[int, str]
    source_values: dict[int, str]
    sources: list[int]
    coders: list[int]
    selected: frozenset[int]


@st.composite
def spans(draw: st.DrawFn, length: int) -> tuple[int, int]:
    start = draw(st.integers(0, length - 1))
    return start, draw(st.integers(start + 1, length))


@st.composite
def projects(draw: st.DrawFn) -> Project:
    parents = {case: draw(st.none() | st.integers(0, case - 1)) if case else None for case in range(6)}
    characters = draw(st.dictionaries(st.integers(0, 4), st.integers(1, 12), min_size=1, max_size=4))
    places = [Place(source, draw(CASE_SETS)) for source in characters]
    for source, length in characters.items():
        for start, end in draw(st.lists(spans(length), unique=True, max_size=3)):
            places.append(Place(source, draw(CASE_SETS.filter(bool)), start, end))
    codings = []
    for source, code, coder in draw(
        st.lists(st.tuples(st.sampled_from(list(characters)), st.integers(1, 4), st.integers(1, 3)), max_size=12)
    ):
        codings.append(Coding(code, source, *draw(spans(characters[source])), coder))
    reading = st.tuples(st.integers(1, 3), st.frozensets(st.sampled_from(CODES)))
    return Project(
        parents=parents,
        places=draw(st.permutations(places)),
        characters=characters,
        codings=codings,
        readings=draw(st.dictionaries(st.sampled_from(list(characters)), st.lists(reading, max_size=3))),
        case_values=draw(st.dictionaries(st.integers(0, 5), st.sampled_from("ab"), max_size=4)),
        source_values=draw(st.dictionaries(st.sampled_from(list(characters)), st.sampled_from("ab"), max_size=1)),
        sources=draw(st.lists(st.sampled_from(list(characters)), unique=True)),
        coders=draw(st.lists(st.integers(1, 3), unique=True)),
        selected=draw(st.just(frozenset(range(len(places)))) | st.frozensets(st.sampled_from(range(len(places))))),
    )


def engine_columns(project: Project, kind: str) -> Columns:
    labels = {case: f"case {case}" for case in project.parents}
    match kind:
        case "case":
            return columns_by_case(project.places, project.parents, labels)
        case "case:1" | "case:2":
            return columns_by_case(project.places, project.parents, labels, int(kind[-1]))
        case "attribute" | "count":
            values = values_of_places(
                project.places, project.parents, project.case_values, project.source_values, handed_down=kind == "attribute"
            )
            return columns_by_attribute(values, "ab")
        case "source":
            return columns_by_source(project.places, {source: f"source {source}" for source in project.sources})
        case _:
            return columns_by_coder({coder: f"coder {coder}" for coder in project.coders})


# The slow count. A column of it says which places it has, which of a place's cases fall in it, and whose codings and readings count.


@dataclass(frozen=True)
class Slow:
    label: str
    has: Callable[[Place], bool]
    cases: Callable[[Place], set[int]]
    counts: Callable[[int], bool] = lambda coder: True


def way_up(case: int, parents: dict[int, int | None]) -> list[int]:
    parent = parents[case]
    return [case] if parent is None else [case, *way_up(parent, parents)]


def value_of_case(project: Project, case: int, handed_down: bool) -> str | None:
    for step in way_up(case, project.parents) if handed_down else [case]:
        if step in project.case_values:
            return project.case_values[step]
    return None


def cases_with(project: Project, place: Place, value: str, handed_down: bool) -> set[int] | None:
    """The cases of the place that fall in the column of the value; None when the place does not stand in it."""
    own = {case: value_of_case(project, case, handed_down) for case in place.cases}
    having = {case for case in own if own[case] == value}
    if place.start is not None and any(own.values()):
        return having or None
    if place.source in project.source_values:
        return set(place.cases) if project.source_values[place.source] == value else None
    if place.start is None:
        return having or None
    whole = next(other for other in project.places if other.source == place.source and other.start is None)
    inherited = {value_of_case(project, case, handed_down) for case in whole.cases}
    return set(place.cases) if value in inherited else None


def slow_columns(project: Project, kind: str) -> list[Slow]:
    def all_of(place: Place) -> set[int]:
        return set(place.cases)

    def of_case(case: int) -> Slow:
        def within(place: Place) -> set[int]:
            return {one for one in place.cases if case in way_up(one, project.parents)}

        return Slow(f"case {case}", lambda place: bool(within(place)), within)

    def of_value(value: str) -> Slow:
        def within(place: Place) -> set[int] | None:
            return cases_with(project, place, value, kind == "attribute")

        return Slow(value, lambda place: within(place) is not None, lambda place: within(place) or set())

    if kind.startswith("case"):
        depth = int(kind[-1]) if ":" in kind else None
        return [of_case(case) for case in range(6) if depth is None or len(way_up(case, project.parents)) == depth]
    if kind in ("attribute", "count"):
        return [of_value("a"), of_value("b")]
    if kind == "source":
        return [Slow(f"source {one}", lambda place, one=one: place.source == one, all_of) for one in sorted(project.sources)]  # type: ignore[misc]
    return [Slow(f"coder {one}", lambda place: True, all_of, lambda coder, one=one: coder == one) for one in sorted(project.coders)]  # type: ignore[misc]


def place_of(project: Project, coding: Coding) -> Place:
    around = [
        place
        for place in project.places
        if place.source == coding.source
        and (place.start is None or place.end is None or (place.start <= coding.start and coding.end <= place.end))
    ]
    passages = [place for place in around if place.span is not None]
    inner = sorted(passages, key=lambda place: ((place.end or 0) - (place.start or 0), -(place.start or 0)))
    return inner[0] if inner else around[0]


def slow_cell(project: Project, codes: set[int], column: Slow, coverage: bool, coded: Slow | None = None) -> Cell:
    chosen = [place for index, place in enumerate(project.places) if index in project.selected]
    hits = [
        (coding, place_of(project, coding))
        for coding in project.codings
        if coding.code in codes
        and place_of(project, coding) in chosen
        and (coded or column).has(place_of(project, coding))
        and (coded or column).counts(coding.coder)
    ]
    known = {place.source for place in chosen if column.has(place)}

    def is_read(source: int) -> bool:
        readings = [version for coder, version in project.readings.get(source, []) if column.counts(coder)]
        return all(any(code in version for version in readings) for code in codes)

    read = {source for source in known if is_read(source)}
    return Cell(
        codings=len(hits),
        sources=len({coding.source for coding, _ in hits}),
        cases=len({case for _, place in hits for case in column.cases(place)}),
        presence=Presence.FOUND if hits else Presence.NOTHING if known and read == known else Presence.UNREAD,
        known=len(known),
        read=len(read),
        coverage=slow_coverage(project, chosen, [coding for coding, _ in hits], column) if coverage else None,
    )


def slow_coverage(project: Project, chosen: list[Place], hits: list[Coding], column: Slow) -> float:
    region: set[tuple[int, int]] = set()
    for place in chosen:
        if column.has(place):
            start, end = place.span or (0, project.characters[place.source])
            own = {(place.source, at) for at in range(start, end)}
            for other in project.places:
                elsewhere = other not in chosen or not column.has(other)
                if place.span is None and other.span is not None and other.source == place.source and elsewhere:
                    own -= {(place.source, at) for at in range(*other.span)}
            region |= own
    covered = {(coding.source, at) for coding in hits for at in range(coding.start, coding.end)}
    return len(covered & region) / len(region) if region else 0.0


@given(projects(), st.sampled_from(KINDS), st.sampled_from([Measure.PRESENCE, Measure.COVERAGE]))
@settings(deadline=None, max_examples=200)
def test_the_matrix_is_what_a_slow_count_finds(project: Project, kind: str, measure: Measure) -> None:
    named = slow_columns(project, kind)
    none = Slow(
        "(none)",
        lambda place: kind == "coder" or not any(column.has(place) for column in named),
        lambda place: set(place.cases),
        lambda coder: kind != "coder" or not any(column.counts(coder) for column in named),
    )
    everything = Slow("all", lambda place: True, lambda place: set(place.cases))
    with_coverage = measure is Measure.COVERAGE
    columns = [*named, none] if slow_cell(project, set(CODES), none, False).codings else named
    shown = Slow("Total", lambda place: kind == "coder" or any(column.has(place) for column in columns), everything.cases)

    codings = project.codings
    sources, starts, ends = ([getattr(one, name) for one in codings] for name in ("source", "start", "end"))
    placed = place_codings(project.places, sources, starts, ends)
    matrix = count_matrix(
        ROWS,
        engine_columns(project, kind),
        Codings([one.code for one in codings], placed, [one.coder for one in codings], (), starts, ends),
        project.places,
        project.readings,
        measure,
        selected=project.selected,
        characters=project.characters,
    )

    assert [column.label for column in matrix.columns] == [column.label for column in columns]
    for index, code in enumerate(CODES):
        assert list(matrix.cells[index]) == [slow_cell(project, {code}, column, with_coverage) for column in columns]
        assert matrix.row_totals[index] == slow_cell(project, {code}, shown, with_coverage, everything)
    assert list(matrix.column_totals) == [slow_cell(project, set(CODES), column, with_coverage) for column in columns]
    assert matrix.total == slow_cell(project, set(CODES), everything, with_coverage)
