"""Codings from a table: by position or by their words, new ones made, known ones changed, none doubled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from operator import itemgetter

from qcode.errors import UserError
from qcode.model.coding import CODING_COLUMNS
from qcode.model.outcome import Outcome, Refusal
from qcode.model.paths import checked_name
from qcode.model.source import Source
from qcode.model.table import Table
from qcode.operations.cases import CASES_TOGETHER, span_in
from qcode.operations.coders import ensure_coder
from qcode.operations.coding_ids import CodingIds
from qcode.operations.columns import name_unused
from qcode.operations.passage_cases import PassageCases
from qcode.operations.quoted import cut, find_once, said_otherwise
from qcode.progress import Progress
from qcode.project import Project
from qcode.store.codings import all_ids, all_places
from qcode.store.journal import Act
from qcode.store.names import Names
from qcode.store.schema import CONTENT, Value, Values
from qcode.store.sources import find_coder
from qcode.text.decoding import unify_line_ends

_STANDS = ("source", "span_start", "span_end", "code", "coder")
_stands = itemgetter(*_STANDS)
_PLACE = ("source", "text", "span_start", "span_end")
_OTHER_PLACES = tuple((name, "another passage") for name in _PLACE)
_LONGEST = 200
#: So many new cases are named; a table for a project without cases may bring hundreds.
_NAMED = 20
#: Before the name of a coder who is not there yet; no UUID begins so.
_NEW = "new "
#: UUID of a source, start, end.
Spot = tuple[str, int, int]
Row = tuple[str, str, str, str, str, str, str, str, str]


def import_codings(
    project: Project, table: Table, *, coder: str = "", strict: bool = False, progress: Progress | None = None
) -> Outcome:
    """Code passages from `table`: source and code, and start and end or the quote, which must stand in the source exactly once.

    `coder` codes where the column is empty (the copy's coder when ''). A known `id` changes that coding, in the cells that are not
    empty; a passage its coder has coded so already is skipped. `case` says which cases the passage belongs to, and no others; cases
    that are not there are made and named in the outcome. A line that is refused leaves nothing.
    """
    table.require(("source", "code"), "codings")
    if "quote" not in table and not ("start" in table and "end" in table):
        missing = "no column quote, and not both start and end"
        raise UserError(f"{table.name} has {missing}, so no codings were imported: add one or the others.")
    work = _Import(table, coder or project.coder)
    label = f"Import codings {table.name}"
    return project.transact("import codings", label, lambda act: work.run(act, strict), progress)


@dataclass(frozen=True, slots=True)
class _Known:
    """A line about a coding that is there, or comes with a line above: what it changes of it, and the passage its case cell is about."""

    number: int
    coding: str
    values: Values
    spot: Spot | None


class _Import:
    """One import on its way: what is known of the project, and what became of each line so far."""

    def __init__(self, table: Table, coder: str) -> None:
        self._table = table
        self._coder = coder
        self._outcome = Outcome()
        self._coders: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        #: The coders who were made on the way, by their stand-ins.
        self._made: dict[str, str] = {}
        self._found: dict[int, tuple[Values, Source]] = {}
        self._disputed: dict[Spot, tuple[frozenset[str], str]] = {}
        self._known_lines: list[_Known] = []
        self._cases: dict[Spot, tuple[frozenset[str], Source]] = {}
        self._spoken_for: set[str] = set()
        self._memos: dict[str, str] = {}
        #: What a line above said of the coding that its id names.
        self._said_above: dict[str, Values] = {}
        self._act: Act

    def run(self, act: Act, strict: bool) -> Outcome:
        """Read every line, write what is new, change what is known."""
        self._act = act
        self._names = Names(act.db)
        self._passage_cases = PassageCases(act, self._names)
        name_unused(self._outcome, self._table, CODING_COLUMNS)
        paths = list(self._names.cases.uuids)
        self._find_disputes()
        act.insert_many("codings", self._new_rows())
        brought = self._bring_cases()
        for line in self._known_lines:
            if (bool(line.values) and act.update("codings", line.coding, line.values)) | (line.spot in brought):
                self._outcome.changed.append(self._table.column("id")[line.number] or self._short_id(line.coding))
            else:
                self._outcome.skipped.append(Refusal(self._table.place(line.number), "It is in the project already."))
        self._tell_of_cases(paths)
        self._outcome.insist(strict)
        return self._outcome

    def _find_disputes(self) -> None:
        """Note the passages that several lines give different cases, with those they belong to: whoever is right, it is not both."""
        named: dict[Spot, tuple[int, set[frozenset[str]]]] = {}
        for number, row in enumerate(self._rows()):
            if row[8].strip():
                try:
                    wanted = self._passage_cases.read(row[8])
                    values, source = self._said(number, row, self._ids.find(row[0]))
                except UserError:
                    continue  # the line is refused when its turn comes
                named.setdefault(_spot(values), (source.id, set()))[1].add(wanted)
        for spot, (key, different) in named.items():
            if len(different) > 1:
                shown = sorted(f"{CASES_TOGETHER} ".join(sorted(cases)) for cases in different)
                self._disputed[spot] = self._passage_cases.of(key, *spot[1:]), cut(" / ".join(f"'{one}'" for one in shown))

    def _new_rows(self) -> Iterator[tuple[str, Values]]:
        now = self._act.identities.now()
        for number, row in enumerate(self._rows()):
            try:
                known = self._ids.find(row[0])
                values, source = self._said(number, row, known)
                self._check_above(known, values)
                wanted = self._wanted(row, values, source)
                key = known or self._act.identities.new_uuid(now)
                there = self._take_place(key, values)
                if known and there:
                    raise UserError("The same coder has this very passage coded so already: keep one of the two, and remove the other.")
                added = self._added_memo(there, str(values["memo"])) if there else {}
            except UserError as error:
                self._outcome.refuse(self._table.place(number), str(error))
                continue
            # From here on the line is taken: nothing was written for it before, so that a refused line leaves nothing.
            coding = there or key
            if row[0].strip():
                self._said_above[key] = dict(values)
            if wanted:
                self._cases[_spot(values)] = wanted, source
                self._spoken_for.add(coding)
            if known or there:
                spot = _spot(values) if wanted else None
                self._known_lines.append(_Known(number, coding, added if there else self._with_coder(values), spot))
            else:
                self._memos[key] = str(values["memo"])
                values |= self._ids.name(key, row[0], source.label)
                self._outcome.imported.append(str(values["short_id"]))
                self._spoken_for.add(key)
                yield key, self._with_coder(values)

    def _check_above(self, known: str | None, values: Values) -> None:
        """Raises UserError when a line above says something else of the coding that this line's id names."""
        above = self._said_above.get(known) if known else None
        if above is None:
            return
        for name, words in (("code", "another code"), ("coder", "another coder"), ("memo", "another memo"), *_OTHER_PLACES):
            if (said := values.get(name)) and above.get(name, said) not in (said, ""):
                raise UserError(f"A line above has the same id with {words}: keep one of the two, or give this one an id of its own.")

    def _added_memo(self, coding: str, memo: str) -> Values:
        """The memo of a line about a coding that has none. Raises UserError when it has another one: which is right, nobody can know."""
        there = self._memos.get(coding)
        if there is None:
            there = str((self._act.rows.read(CONTENT["codings"], coding) or {"memo": ""})["memo"])
        if not memo or memo == there:
            return {}
        if there:
            raise UserError(f"The coding is there with another memo, '{cut(there)}': give its id in the line to change that.")
        self._memos[coding] = memo
        return {"memo": memo}

    def _wanted(self, row: Row, values: Values, source: Source) -> frozenset[str]:
        """The cases that a line gives its passage, none where it says nothing of them. Raises UserError for what cannot be."""
        wanted = self._passage_cases.read(row[8])
        spot = _spot(values)
        if wanted and spot in self._disputed:
            belongs, named = self._disputed[spot]
            if wanted != belongs:
                raise UserError(
                    f"Lines of this table give {source.name} {spot[1]} to {spot[2]} different cases ({named}), but all codings of a "
                    "passage share its cases: write the same in each of these lines."
                )
        return wanted

    def _bring_cases(self) -> set[Spot]:
        """Let the passages belong to the cases their lines name; gives those for which that had to be written."""
        # Long passages first: what a passage lies in decides whether it needs cases of its own.
        by_length = sorted(self._cases.items(), key=lambda one: one[0][1] - one[0][2])
        return {spot for spot, (wanted, source) in by_length if self._passage_cases.bring(wanted, source, *spot[1:])}

    def _tell_of_cases(self, paths: list[str]) -> None:
        """Say which cases were made, with what was there before and may have been meant, and how many codings went along."""
        made = self._outcome.created = self._passage_cases.made
        if made:
            shown = ", ".join(f"'{cut(path)}'{_meant(path, paths)}" for path in made[:_NAMED])
            more = f" and {len(made) - _NAMED} more" if len(made) > _NAMED else ""
            self._outcome.notes.append(f"{self._table.name}: cases that were not there and were made: {shown}{more}.")
        if self._cases:
            others = (place for key, place in self._places.items() if key not in self._spoken_for)
            keys = {key: source.id for key, source in self._sources.items()}
            moved = self._passage_cases.count_moved((keys[str(source)], _int(start), _int(end)) for source, start, end, *_ in others)
            if moved:
                lie = "1 other coding lies" if moved == 1 else f"{moved} other codings lie"
                self._outcome.notes.append(f"{self._table.name}: {lie} in passages that changed their cases, and went with them.")

    def _short_id(self, coding: str) -> str:
        return str((self._act.rows.read(CONTENT["codings"], coding) or {})["short_id"])

    def _rows(self) -> Iterator[Row]:
        columns = [self._table.column(name) for name in CODING_COLUMNS]
        return zip(*columns, strict=True)

    def _said(self, number: int, row: Row, known: str | None) -> tuple[Values, Source]:
        """The fields that a line gives a coding, and its source; nothing is written."""
        return self._given(number, row, known) if known else self._values(number, row)

    def _values(self, number: int, row: Row) -> tuple[Values, Source]:
        code, coder, memo = row[5:8]
        place, source = self._where(number, row, None)
        return {
            **place,
            "code": self._codes.get(code) or self._code(code),
            "coder": self._coders.get(coder) or self._coder_of(coder),
            "memo": memo,
            "origin": "import",
        }, source

    def _where(self, number: int, row: Row, known: str | None) -> tuple[Values, Source]:
        """The fields that say where the coding of a line stands, and its source; a known one stays where no cell says otherwise."""
        if number not in self._found:
            _, source_name, start, end, written, *_ = row
            there = self._act.rows.read(CONTENT["codings"], known) if known and not (start or end or written) else None
            source = self._sources[str(there["source"])] if there else None
            if there and source and source_name in ("", source.name, source.label):
                self._found[number] = {name: there[name] for name in _PLACE}, source
            else:
                quote = unify_line_ends(written) if "\r" in written else written
                source = self._names.sources.get(source_name) or self._names.source(source_name)
                first, last = self._place(source, start, end, quote)
                self._found[number] = {"source": source.uuid, "text": source.text, "span_start": first, "span_end": last}, source
        place, source = self._found[number]
        return dict(place), source

    def _place(self, source: Source, start: str, end: str, quote: str) -> tuple[int, int]:
        text = self._act.rows.text(source.text)
        span = span_in(source, start, end)
        if span is None:
            return find_once(text, quote, source.name)
        if quote and text[span.start : span.end] != quote:
            says = said_otherwise(quote, span.of(text))
            raise UserError(f"At {start} to {end} {source.name} says {says}, which is not the quote: leave start and end empty.")
        return span.start, span.end

    def _code(self, name: str) -> str:
        self._codes[name] = found = self._names.codes.uuid(name)
        return found

    def _coder_of(self, written: str) -> str:
        """The UUID of a coder; a stand-in for one who is not there yet, because a line that is refused makes nobody."""
        name = written.strip() or self._coder
        # One who was made on the way keeps the stand-in, so that a second line in that name meets the first.
        known = self._named.get(name) or find_coder(self._act.db, name)
        if known is None:
            clean = checked_name(name, "coder")
            known = self._named.get(clean) or find_coder(self._act.db, clean) or _NEW + clean
            self._named[clean] = known
        self._coders[written] = self._named[name] = known
        return known

    def _with_coder(self, values: Values) -> Values:
        """`values` with the coder in the place of the stand-in, made if this is the first line taken that names them."""
        coder = str(values.get("coder") or "")
        if not coder.startswith(_NEW):
            return values
        if coder not in self._made:
            self._made[coder] = ensure_coder(self._act, coder.removeprefix(_NEW))
        return {**values, "coder": self._made[coder]}

    @cached_property
    def _ids(self) -> CodingIds:
        """The IDs of the codings that are there, and of those that lines above brought."""
        return CodingIds(all_ids(self._act.db))

    @cached_property
    def _sources(self) -> dict[str, Source]:
        """The sources by UUID."""
        return {source.uuid: source for source in self._names.sources.values()}

    @cached_property
    def _places(self) -> dict[str, tuple[Value, ...]]:
        """Source, span, code and coder of every coding there is, by its UUID."""
        return {str(key): tuple(place) for key, *place in all_places(self._act.db)}

    @cached_property
    def _takers(self) -> dict[tuple[Value, ...], str]:
        """Which coding stands at a place: one coder codes one passage with one code once."""
        return {place: key for key, place in self._places.items()}

    def _take_place(self, key: str, values: Values) -> str:
        """Let the coding `key` stand where `values` put it; the coding that stands there already, and nothing changed, if there is one."""
        before = self._places.get(key)
        place = tuple(values.get(name, old) for name, old in zip(_STANDS, before, strict=True)) if before else _stands(values)
        there = self._takers.get(place, key)
        if there != key:
            return there
        if before:
            self._takers.pop(before, None)
        self._places[key] = place
        self._takers[place] = key
        return ""

    def _given(self, number: int, row: Row, coding: str) -> tuple[Values, Source]:
        """What a line says of a coding that is there: the cells that are not empty; with its place, and its source."""
        code, coder, memo = row[5:8]
        place, source = self._where(number, row, coding)
        values: Values = {**place, **({"memo": memo} if memo else {})}
        if code:
            values["code"] = self._codes.get(code) or self._code(code)
        if coder:
            values["coder"] = self._coders.get(coder) or self._coder_of(coder)
        return values, source


def _spot(values: Values) -> Spot:
    return str(values["source"]), _int(values["span_start"]), _int(values["span_end"])


def _int(position: Value) -> int:
    return int(position or 0)


def _meant(path: str, known: list[str]) -> str:
    close = get_close_matches(path, known, n=1) if len(path) <= _LONGEST else []
    return f" (is '{cut(close[0])}' meant?)" if close else ""
