"""Codings from a table: by position or by their words, new ones made, known ones changed, none doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from qcode.errors import UserError
from qcode.model.coding import CODING_COLUMNS
from qcode.model.identity import SHORT_LETTERS, short_letters
from qcode.model.outcome import Outcome, Refusal
from qcode.model.source import Source
from qcode.model.table import Table
from qcode.operations.cases import span_in
from qcode.operations.coders import ensure_coder
from qcode.operations.columns import name_unused
from qcode.operations.passage_cases import PassageCases
from qcode.progress import Progress
from qcode.project import Project
from qcode.store.codings import all_ids, all_places
from qcode.store.journal import Act
from qcode.store.names import Names
from qcode.store.schema import CONTENT, Value, Values
from qcode.text.anchors import find_quote
from qcode.text.decoding import unify_line_ends
from qcode.text.nearest import nearest_to

_SHORT_ID = re.compile(r"[^\W_]+(-[^\W_]+)*-[2-9A-HJ-NP-Z]{6,12}")
_STANDS = ("source", "span_start", "span_end", "code", "coder")
_SHOWN = 60
_PLACE = ("source", "text", "span_start", "span_end")
Row = tuple[str, str, str, str, str, str, str, str, str]


def import_codings(
    project: Project, table: Table, *, coder: str = "", strict: bool = False, progress: Progress | None = None
) -> Outcome:
    """Code passages from `table`: source and code, and start and end or the quote, which must stand in the source exactly once.

    `coder` codes where the column is empty (the copy's coder when ''). A known `id` changes that coding, in the cells that are not
    empty; a passage its coder has coded so already is skipped. `case` assigns the passage where it is not what the passage belongs to.
    """
    table.require(("source", "code"), "codings")
    if "quote" not in table and not ("start" in table and "end" in table):
        missing = "no column quote, and not both start and end"
        raise UserError(f"{table.name} has {missing}, so no codings were imported: add one or the others.")
    work = _Import(table, coder or project.coder)
    label = f"Import codings {table.name}"
    return project.transact("import codings", label, lambda act: work.run(act, strict), progress)


class _Import:
    """One import on its way: what is known of the project, and what became of each line so far."""

    def __init__(self, table: Table, coder: str) -> None:
        self._table = table
        self._coder = coder
        self._outcome = Outcome()
        self._coders: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._changes: list[tuple[int, str, Values]] = []
        self._cases: list[tuple[frozenset[int], Source, int, int]] = []
        self._act: Act

    def run(self, act: Act, strict: bool) -> Outcome:
        """Read every line, write what is new, change what is known."""
        self._act = act
        self._names = Names(act.db)
        self._passage_cases = PassageCases(act, self._names)
        name_unused(self._outcome, self._table, CODING_COLUMNS)
        act.insert_many("codings", self._new_rows())
        ids = self._table.column("id")
        for number, key, values in self._changes:
            if act.update("codings", key, values):
                self._outcome.changed.append(ids[number])
            else:
                self._skip(number)
        # Long passages first: what a passage lies in decides whether it needs cases of its own.
        for wanted, source, start, end in sorted(self._cases, key=lambda one: one[2] - one[3]):
            self._passage_cases.bring(wanted, source, start, end)
        self._outcome.insist(strict)
        return self._outcome

    def _new_rows(self) -> Iterator[tuple[str, Values]]:
        now = self._act.identities.now()
        for number, row in enumerate(self._rows()):
            try:
                known = self._known(row[0]) if row[0] else None
                values, source = self._given(row, known) if known else self._values(row)
                if row[8]:
                    wanted = self._passage_cases.read(row[8])
                    self._cases.append((wanted, source, int(values["span_start"] or 0), int(values["span_end"] or 0)))
                key = known or self._act.identities.new_uuid(now)
                there = self._take_place(key, values)
                if known and there:
                    raise UserError("The same coder has this very passage coded so already: keep one of the two, and remove the other.")
                if known:
                    self._changes.append((number, known, values))
                elif not there:
                    self._name(key, row[0], source, values)
                    self._outcome.imported.append(str(values["short_id"]))
                    yield key, values
                else:
                    self._skip(number)
            except UserError as error:
                self._outcome.refuse(self._table.place(number), str(error))

    def _skip(self, number: int) -> None:
        self._outcome.skipped.append(Refusal(self._table.place(number), "It is in the project already."))

    def _rows(self) -> Iterator[Row]:
        columns = [self._table.column(name) for name in CODING_COLUMNS]
        return zip(*columns, strict=True)

    def _values(self, row: Row) -> tuple[Values, Source]:
        code, coder, memo = row[5:8]
        place, source = self._placed(row)
        return {
            **place,
            "code": self._codes.get(code) or self._code(code),
            "coder": self._coders.get(coder) or self._coder_of(coder),
            "memo": memo,
            "origin": "import",
        }, source

    def _placed(self, row: Row) -> tuple[Values, Source]:
        """The fields that say where a coding stands, and its source."""
        _, source_name, start, end, written, *_ = row
        quote = unify_line_ends(written) if "\r" in written else written
        source = self._names.sources.get(source_name) or self._names.source(source_name)
        first, last = self._place(source, start, end, quote)
        return {"source": source.uuid, "text": source.text, "span_start": first, "span_end": last}, source

    def _place(self, source: Source, start: str, end: str, quote: str) -> tuple[int, int]:
        text = self._act.rows.text(source.text)
        span = span_in(source, start, end)
        if span is None:
            return find_once(text, quote, source.name)
        if quote and text[span.start : span.end] != quote:
            there = _cut(span.of(text))
            raise UserError(f"At {start} to {end} {source.name} says '{there}', which is not the quote: leave start and end empty.")
        return span.start, span.end

    def _code(self, name: str) -> str:
        self._codes[name] = found = self._names.codes.uuid(name)
        return found

    def _coder_of(self, name: str) -> str:
        self._coders[name] = found = ensure_coder(self._act, name.strip() or self._coder)
        return found

    def _known(self, given: str) -> str | None:
        found = self._ids.get(given)
        if found is None and _SHORT_ID.fullmatch(given):
            longer = [key for short_id, key in self._ids.items() if short_id.startswith(given)] if given in self._prefixes else []
            found = longer[0] if longer else None
        return found

    @cached_property
    def _ids(self) -> dict[str, str]:
        """Every ID a coding of the project is known by."""
        known: dict[str, str] = {}
        for key, short_id, imported_id in all_ids(self._act.db):
            known[short_id] = known[key] = key
            if imported_id:
                known[imported_id] = key
        return known

    @cached_property
    def _sources(self) -> dict[str, Source]:
        """The sources by UUID."""
        return {source.uuid: source for source in self._names.sources.values()}

    @cached_property
    def _prefixes(self) -> set[str]:
        """The six-letter forms of IDs that had to be made longer; they open the coding too."""
        return {short_id.rpartition("-")[0] + "-" + short_id.rpartition("-")[2][:SHORT_LETTERS] for short_id in self._ids}

    @cached_property
    def _places(self) -> dict[str, tuple[Value, ...]]:
        """Source, span, code and coder of every coding there is, by its UUID."""
        return {str(key): tuple(place) for key, *place in all_places(self._act.db)}

    @cached_property
    def _takers(self) -> dict[tuple[Value, ...], str]:
        """Which coding stands at a place: one coder codes one passage with one code once."""
        return {place: key for key, place in self._places.items()}

    def _take_place(self, key: str, values: Values) -> bool:
        """Let the coding `key` stand where `values` put it; True, and nothing changed, when another one stands there already."""
        before = self._places.get(key)
        place = tuple(values.get(name, before[at] if before else None) for at, name in enumerate(_STANDS))
        if self._takers.get(place, key) != key:
            return True
        if before:
            self._takers.pop(before, None)
        self._places[key] = place
        self._takers[place] = key
        return False

    def _name(self, key: str, given: str, source: Source, values: Values) -> None:
        """Give a new coding its IDs: the one it came with if that has the form of one, else a new one beside it."""
        ids = self._ids
        short_id = given if _SHORT_ID.fullmatch(given) else ""
        letters = SHORT_LETTERS
        while not short_id or short_id in ids:
            short_id = f"{source.label}-{short_letters(key, letters)}"
            letters += 1
        ids[short_id] = ids[key] = key
        values["short_id"] = short_id
        if given and given != short_id:
            ids[given] = key
            values["imported_id"] = given

    def _given(self, row: Row, coding: str) -> tuple[Values, Source]:
        """What a line says of a coding that is there: the cells that are not empty; with its place, and its source."""
        _, source_name, start, end, quote, code, coder, memo, _ = row
        there = None if start or end or quote else self._act.rows.read(CONTENT["codings"], coding)
        source = self._sources[str(there["source"])] if there else None
        if there and source and source_name in ("", source.name, source.label):
            place = {name: there[name] for name in _PLACE}
        else:
            place, source = self._placed(row)
        values: Values = {**place, **({"memo": memo} if memo else {})}
        if code:
            values["code"] = self._codes.get(code) or self._code(code)
        if coder:
            values["coder"] = self._coders.get(coder) or self._coder_of(coder)
        return values, source


def find_once(text: str, quote: str, source: str) -> tuple[int, int]:
    """Where `quote` stands in `text`, letter for letter. Raises UserError when it stands there twice, or not at all."""
    if not quote.strip():
        raise UserError("The line has neither start and end nor a quote: give one of them.")
    first = text.find(quote)
    if first < 0 and quote != quote.strip():
        return find_once(text, quote.strip(), source)
    if first < 0:
        raise UserError(f"'{_cut(quote)}' does not stand in {source}{_nearest(text, quote)}.")
    if text.find(quote, first + 1) >= 0:
        places = find_quote(text, quote)
        starts = ", ".join(str(span.start) for span in places[:5])
        raise UserError(f"'{_cut(quote)}' stands {len(places)} times in {source} (at {starts}): give start and end as well.")
    return first, first + len(quote)


def _nearest(text: str, quote: str) -> str:
    near = nearest_to(quote, text)
    if near is None:
        return ": check the words, or give start and end"
    return f" letter for letter; '{_cut(near.of(text))}' at {near.start} to {near.end} is close: take over its words if it was meant"


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
