"""Which codings stand in a cell now, as a summary rests on them: everybody's but those of the layer 'agreed', without any filter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from qcode.model.decision import AGREED
from qcode.model.summary import SummaryPlace
from qcode.store.codes import read_codes
from qcode.store.summaries import read_codings, read_standing
from qcode.synthesis.columns import columns_by_case
from qcode.synthesis.evidence import Evidence, Seen
from qcode.synthesis.values import PlaceValues
from qcode.views.summary_places import LANGUAGE_KEY
from qcode.views.whereabouts import LANGUAGE, Whereabouts

if TYPE_CHECKING:
    from qcode.store.connection import Connection

#: UUID, code key, source key, SHA-256 of the text, start, end.
_Coding = tuple[str, int, int, str, int, int]
#: The places (indexes into the whereabouts' places) that stand in a column, each with its cases (UUIDs) that are counted there.
_Standing = Mapping[int, tuple[str, ...]]


class CellEvidence:
    """The codings of cells, as one connection sees them; must not outlive the reading or the act. Reads only the codes it is asked for."""

    def __init__(self, db: Connection, where: Whereabouts | None = None) -> None:
        self._db = db
        self._where = where or Whereabouts(db)
        self._values: dict[str, list[PlaceValues]] = {}
        self._columns: dict[SummaryPlace, _Standing] = {}

    def of(self, place: SummaryPlace, named: Collection[str] = ()) -> dict[str, Seen]:
        """What stands in one cell, and the codings `named` (UUIDs) that are there, wherever they stand."""
        return self.of_all({place: named})[place]

    def of_all(self, wanted: Mapping[SummaryPlace, Collection[str]]) -> dict[SummaryPlace, dict[str, Seen]]:
        """The same for many cells at once, each with those named for it; every coding is read once."""
        spots = self._spots(wanted)
        named = self._named({key for keys in wanted.values() for key in keys}, spots)
        found: dict[SummaryPlace, dict[str, Seen]] = {}
        for place, keys in wanted.items():
            standing = self._standing(place.column)
            cell = {coding[0]: self._seen(coding, cases) for coding, cases in self._in_cell(place, standing, spots)}
            for key in keys:
                if key not in cell and key in named:
                    coding, at = named[key]
                    cell[key] = self._seen(coding, standing.get(at))
            found[place] = cell
        return found

    def named(self, keys: Collection[str]) -> dict[str, Seen]:
        """The codings of these UUIDs that are there, as they count in all columns together."""
        standing = self._standing(SummaryPlace())
        return {key: self._seen(coding, standing.get(at)) for key, (coding, at) in self._named(set(keys), {}).items()}

    def _spots(self, wanted: Iterable[SummaryPlace]) -> dict[int, dict[int, list[_Coding]]]:
        """The codings of all codes asked for: by code key and place."""
        codes = {place.code for place in wanted}
        keys = None if "" in codes else [self._keys[code] for code in codes if code in self._keys]
        found: dict[int, dict[int, list[_Coding]]] = defaultdict(lambda: defaultdict(list))
        for coding in read_standing(self._db, keys, self._layer):
            found[coding[1]][self._place(coding)].append(coding)
        return found

    def _named(self, keys: set[str], spots: Mapping[int, Mapping[int, list[_Coding]]]) -> dict[str, tuple[_Coding, int]]:
        """The codings of these UUIDs, each with its place."""
        if not keys:
            return {}
        read = ((coding, at) for places in spots.values() for at, codings in places.items() for coding in codings)
        found = {coding[0]: (coding, at) for coding, at in read if coding[0] in keys}
        found.update((coding[0], (coding, self._place(coding))) for coding in read_codings(self._db, keys - found.keys()))
        return found

    def _in_cell(
        self, place: SummaryPlace, standing: _Standing, spots: Mapping[int, Mapping[int, list[_Coding]]]
    ) -> Iterator[tuple[_Coding, tuple[str, ...]]]:
        rows = spots.values() if not place.code else [spots.get(self._keys.get(place.code, -1), {})]
        for row in rows:
            for at, codings in row.items():
                if (cases := standing.get(at)) is not None:
                    yield from ((coding, cases) for coding in codings)

    def _seen(self, coding: _Coding, cases: tuple[str, ...] | None) -> Seen:
        _, code, source, text, start, end = coding
        return Seen(self._codes[code], self._where.sources[source].uuid, text, start, end, cases)

    def _place(self, coding: _Coding) -> int:
        return self._where.place_of(coding[2], coding[4], coding[5])

    def _standing(self, column: SummaryPlace) -> _Standing:
        if column not in self._columns:
            self._columns[column] = {at: tuple(sorted(self._case_uuids[case] for case in cases)) for at, cases in self._places_in(column)}
        return self._columns[column]

    def _places_in(self, column: SummaryPlace) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The places of a column with their cases (keys) that are counted there, as a matrix counts them."""
        places = self._where.places
        if column.case:
            key = self._case_keys.get(column.case)
            columns = columns_by_case(places, self._where.parents, {} if key is None else {key: ""})
            yield from ((at, given[0]) for at, given in enumerate(columns.of_place) if 0 in given)
        elif column.attribute:
            yield from ((at, given[column.value]) for at, given in enumerate(self._given(column.attribute)) if column.value in given)
        elif column.source:
            yield from ((at, place.cases) for at, place in enumerate(places) if self._where.sources[place.source].uuid == column.source)
        else:
            yield from ((at, place.cases) for at, place in enumerate(places))

    def _given(self, attribute: str) -> list[PlaceValues]:
        if attribute not in self._values:
            name = self._attributes.get(attribute)
            self._values[attribute] = self._where.values(name) if name else [{} for _ in self._where.places]
        return self._values[attribute]

    @cached_property
    def _layer(self) -> int | None:
        return next((key for key, name in self._where.coders.items() if name == AGREED), None)

    @cached_property
    def _codes(self) -> dict[int, str]:
        return {code.id: code.uuid for code in read_codes(self._db)}

    @cached_property
    def _keys(self) -> dict[str, int]:
        return {uuid: key for key, uuid in self._codes.items()}

    @cached_property
    def _case_uuids(self) -> dict[int, str]:
        return {key: case.uuid for key, case in self._where.cases.items()}

    @cached_property
    def _case_keys(self) -> dict[str, int]:
        return {uuid: key for key, uuid in self._case_uuids.items()}

    @cached_property
    def _attributes(self) -> dict[str, str]:
        return {LANGUAGE_KEY: LANGUAGE, **{attribute.uuid: name for name, attribute in self._where.attributes.items()}}


def evidence_of(db: Connection, place: SummaryPlace, named: Collection[str] = ()) -> Evidence:
    """What stands in one cell now, and the codings `named` that are there."""
    return CellEvidence(db).of(place, named)
