"""What statements rest on: how it stands now, and in words what has changed since somebody linked or last reviewed it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from qcode.exchange.exporters.wording import day_of
from qcode.merge.lines import Row
from qcode.model.identity import short_letters
from qcode.model.statement import Ground
from qcode.model.summary import SummaryPlace
from qcode.store.rows import Rows
from qcode.store.statements import Linked, folded_codings, read_statements
from qcode.store.summaries import Told, hands_of, read_summaries, short_ids, told_of
from qcode.synthesis.evidence import Evidence, Seen, decode, encode
from qcode.synthesis.summaries import Stale, staleness
from qcode.views.cell_evidence import CellEvidence
from qcode.views.stale_words import StaleWords, Words
from qcode.views.summary_places import LANGUAGE_KEY, PlaceNames
from qcode.views.whereabouts import Whereabouts

if TYPE_CHECKING:
    from qcode.store.connection import Connection

_FINGERPRINT = 16


def fingerprint(words: str) -> str:
    """What a link keeps of the words it was made over, to know them again; '' for none."""
    return hashlib.sha256(words.encode()).hexdigest()[:_FINGERPRINT] if words else ""


class Looked:
    """What statements can rest on, as one connection sees it; must not outlive the reading or the act."""

    def __init__(self, db: Connection, where: Whereabouts | None = None) -> None:
        self._db = db
        self._given = where

    @cached_property
    def where(self) -> Whereabouts:
        """The places of the project."""
        return self._given or Whereabouts(self._db)

    @cached_property
    def names(self) -> PlaceNames:
        """What cells are called."""
        return PlaceNames(self._db, self.where)

    def now(self, grounds: Collection[Ground]) -> dict[Ground, tuple[str, str]]:
        """How each of the grounds that is there stands now, as a link keeps it: its codings, and the fingerprint of its words."""
        codings = self.codings(grounds)
        words = self.words(grounds)
        there = [ground for ground in grounds if ground in codings or ground in words]
        return {one: (encode(codings[one]) if one in codings else "", fingerprint(words.get(one, ""))) for one in there}

    def codings(self, grounds: Iterable[Ground], seen: Mapping[Ground, Iterable[str]] | None = None) -> dict[Ground, dict[str, Seen]]:
        """The codings of each ground that is there and is no statement. Those that `seen` names for a cell are among its, wherever they
        stand."""
        known = list(grounds)
        found: dict[Ground, dict[str, Seen]] = {}
        singles = self._evidence.named({self.folded.get(one.coding, one.coding) for one in known if one.coding})
        for one in known:
            key = self.folded.get(one.coding, one.coding)
            if key in singles:
                found[one] = {key: singles[key]}
        cells = {one.cell: (seen or {}).get(one, ()) for one in known if one.cell != SummaryPlace() and self.is_there(one.cell)}
        of_cells = self._evidence.of_all({cell: [*keys] for cell, keys in cells.items()}) if cells else {}
        return found | {one: of_cells[one.cell] for one in known if one.cell in of_cells}

    def words(self, grounds: Iterable[Ground]) -> dict[Ground, str]:
        """The words of each statement, and of the summary of each cell, that is there; '' for a cell without."""
        known = list(grounds)
        summaries = {one.place: one.words or one.empty for one in read_summaries(self._db, {one.cell for one in known} - {SummaryPlace()})}
        found = {one: self._statements[one.statement] for one in known if one.statement in self._statements}
        return found | {one: summaries.get(one.cell, "") for one in known if one.cell != SummaryPlace() and self.is_there(one.cell)}

    def is_there(self, cell: SummaryPlace) -> bool:
        """Whether all that a cell stands at is in the project."""
        ends = (("codes", cell.code), ("cases", cell.case), ("sources", cell.source), ("attributes", cell.attribute))
        return all(not key or key == LANGUAGE_KEY or self._rows.has(table, key) for table, key in ends)

    @cached_property
    def folded(self) -> dict[str, str]:
        """The codings that stand as part of another one, each with that one."""
        return folded_codings(self._db)

    @cached_property
    def _rows(self) -> Rows:
        return Rows(self._db)

    @cached_property
    def _evidence(self) -> CellEvidence:
        return CellEvidence(self._db, self.where)

    @cached_property
    def _statements(self) -> dict[str, str]:
        return {one.uuid: one.words for one in read_statements(self._db)}


class Changed:
    """What has changed of some links since they were made or last reviewed, in sentences without a full stop; `numbers` are what statements
    are called, by UUID."""

    def __init__(self, db: Connection, looked: Looked, links: Sequence[Linked], numbers: Mapping[str, str]) -> None:
        self._db = db
        self._looked = looked
        self._links = links
        self._numbers = numbers
        #: What each link is over now, by the UUID of its row; absent where it is gone, or is a statement.
        self.codings: dict[str, Evidence] = {}
        #: What happened to the codings of each link, by the UUID of its row; absent for statements.
        self.reasons: dict[str, tuple[Stale, ...]] = {}
        self._look()
        ids = [one.coding for reasons in self.reasons.values() for one in reasons] + [one.ground.coding for one in links]
        self._ids = short_ids(db, {key for key in ids if key})

    def of(self) -> dict[str, tuple[str, ...]]:
        """The sentences of each link, by the UUID of its row; absent for one that is as it was."""
        says = StaleWords(self._db, self._looked.where, [one for of_link in self.reasons.values() for one in of_link], self.short_id)
        said = {one.uuid: tuple(self._sentences(one, says)) for one in self._links}
        return {key: sentences for key, sentences in said.items() if sentences}

    def short_id(self, coding: str) -> str:
        """The short ID of a coding; of one of which nothing is known any more the letters its ID ended in."""
        return self._ids.get(coding) or short_letters(coding)

    def _look(self) -> None:
        seen = {one.uuid: self._seen(one) for one in self._links if not one.ground.statement}
        wanted: dict[Ground, set[str]] = {}
        for one in self._links:
            if not one.ground.statement:
                wanted.setdefault(one.ground, set()).update(seen[one.uuid] or ())
        now = self._looked.codings(wanted, wanted)
        words = Words(self._db)
        for one in self._links:
            if one.uuid not in seen:
                continue
            mine, found = seen[one.uuid], now.get(one.ground, {})
            here = {key: at for key, at in found.items() if _stands_in(at, one.ground.cell)}
            if one.ground in now:
                self.codings[one.uuid] = here
            cited = {self._looked.folded.get(one.ground.coding, one.ground.coding)}
            standing = {key: at for key, at in found.items() if key in here or key in (mine or ())}
            self.reasons[one.uuid] = staleness(mine, standing, cited, words.of)

    def _seen(self, one: Linked) -> dict[str, Seen] | None:
        """What a link was made over; a quote that stands as part of another one by now counts as that. In a cell it counts as gone, as for
        a summary."""
        found = decode(one.evidence)
        if found is None or not one.ground.coding:
            return found
        return {self._looked.folded.get(key, key): seen for key, seen in found.items()}

    def _sentences(self, one: Linked, says: StaleWords) -> list[str]:
        ground = one.ground
        if ground.statement:
            if one.said == fingerprint(self._words.get(ground, "")):
                return []
            return [f"{self._numbers.get(ground.statement, 'what it rests on')} says something else: {self._by(ground)}"]
        title = self.title(ground)
        found = [sentence for _, sentence in says.of(ground.cell, self.reasons[one.uuid])]
        if ground.coding:
            return found
        if not self._looked.is_there(ground.cell):
            return [f"the cell {title} is gone: {self._gone(ground.cell)}"]
        if one.said != fingerprint(self._words.get(ground, "")):
            said = "its summary says something else" if self._words.get(ground) and one.said else "its summary is new"
            found.insert(0, f"{said if self._words.get(ground) else 'its summary was taken away'}: {self._by(ground)}")
        return [f"{title}: {sentence}" for sentence in found]

    def title(self, ground: Ground) -> str:
        """What a ground is called: 'F3', '#KGZ07-Q7F3KD', 'Staff turnover × Kyrgyzstan'; a cell that is gone as it was last called."""
        if ground.statement:
            return self._numbers.get(ground.statement, "")
        if ground.coding:
            return f"#{self.short_id(ground.coding)}"
        if self._looked.is_there(ground.cell):
            return self._looked.names.title_of(ground.cell)
        names = {row[0]: self._last_name(lines) for row, lines in self._ends(ground.cell).items()}
        column = names.get("cases") or names.get("sources") or ground.cell.value
        return f"{names.get('codes', 'All codes')} × {column or 'all columns'}"

    def _ends(self, cell: SummaryPlace) -> dict[Row, list[Told]]:
        """What the journal says of what a cell stands at."""
        ends = (("codes", cell.code), ("cases", cell.case), ("sources", cell.source), ("attributes", cell.attribute))
        return told_of(self._db, [row for row in ends if row[1]])

    def _gone(self, cell: SummaryPlace) -> str:
        """Which end of a cell went, by whom, and when."""
        for (table, _), lines in self._ends(cell).items():
            if lines and lines[-1].values is None:
                by = f" by {lines[-1].coder}" if lines[-1].coder else ""
                return f"the {table.removesuffix('s')} was removed{by}, {day_of(lines[-1].at)}"
        return "what it stood at is not in the project any more"

    @staticmethod
    def _last_name(lines: Sequence[Told]) -> str:
        return next((str(one.values["name"]) for one in reversed(lines) if one.values and "name" in one.values), "something that is gone")

    def _by(self, ground: Ground) -> str:
        """Who wrote the words of a statement or a summary last, and when; who took the summary away."""
        told = self._hands.get(ground.statement or ground.cell.uuid)
        if told is None:
            return "nobody knows by whom"
        return f"by {told.coder}, {day_of(told.at)}" if told.coder else f"on {day_of(told.at)}"

    @cached_property
    def _words(self) -> dict[Ground, str]:
        return self._looked.words({one.ground for one in self._links})

    @cached_property
    def _hands(self) -> dict[str, Told]:
        statements = {one.ground.statement for one in self._links} - {""}
        cells = {one.ground.cell.uuid for one in self._links if one.ground.cell != SummaryPlace()}
        found = {key: author for key, (author, _) in hands_of(self._db, statements, "statements").items()}
        found |= {key: author for key, (author, _) in hands_of(self._db, cells).items()}
        cleared = [("summaries", key) for key in cells - found.keys()]
        return found | {key: lines[-1] for (_, key), lines in told_of(self._db, cleared).items() if lines}


def _stands_in(seen: Seen, cell: SummaryPlace) -> bool:
    return seen.cases is not None and cell.code in ("", seen.code)
