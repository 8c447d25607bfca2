"""Why a summary is stale, in words: which quote, what happened to it, who did it and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from qcode.exchange.exporters.wording import counted, day_of
from qcode.merge.lines import Row
from qcode.model.summary import SummaryPlace
from qcode.store.codes import read_codes
from qcode.store.replay import text_of
from qcode.store.summaries import Told, told_of
from qcode.synthesis.evidence import Seen
from qcode.synthesis.summaries import Stale, Why
from qcode.views.whereabouts import Whereabouts

if TYPE_CHECKING:
    from qcode.store.connection import Connection

#: So many quotes that a summary does not name are told of one by one; more of one kind are counted.
_EACH = 3
_NAMED = 5
#: The fields of a coding that say which passage it is of.
_PASSAGE = frozenset(("span_start", "span_end", "text"))


class StaleWords:
    """Says reasons in sentences without a full stop; `ids` are the short IDs of the codings in `reasons`, which it looks up at once."""

    def __init__(self, db: Connection, where: Whereabouts, reasons: Iterable[Stale], ids: Callable[[str], str]) -> None:
        self._db = db
        self._where = where
        self._ids = ids
        self._told = told_of(db, _rows_of(reasons))

    def of(self, place: SummaryPlace, reasons: Sequence[Stale]) -> tuple[tuple[Why, str], ...]:
        """The sentences of one summary, each with what it tells of; what the summary names itself first."""
        said = [(one.why, self._one(place, one)) for one in reasons if one.cited or one.why is Why.UNKNOWN]
        others = sorted((one for one in reasons if not one.cited and one.why is not Why.UNKNOWN), key=lambda one: list(Why).index(one.why))
        for why, of_kind in groupby(others, key=lambda one: one.why):
            group = list(of_kind)
            if why is Why.NEW:
                said.append((why, f"{counted(len(group), 'new quote')} since: {self._names(group)}"))
            elif len(group) > _EACH:
                said.append((why, f"{counted(len(group), 'quote')} that it does not name: {_MANY[why]} ({self._names(group)})"))
            else:
                said.extend((why, self._one(place, one)) for one in group)
        return tuple(said)

    def _one(self, place: SummaryPlace, one: Stale) -> str:
        if one.why is Why.UNKNOWN:
            return one.why.value
        name = f"#{self._ids(one.coding)}" if one.cited else f"#{self._ids(one.coding)}, which it does not name,"
        here = one.now is not None and place.code in ("", one.now.code) and one.now.cases is not None
        match one.why:
            case Why.REMOVED:
                return f"{name} is no longer coded here: {self._by('removed', ('codings', one.coding), _removes) or 'it is gone'}"
            case Why.RECODED:
                done = f"recoded to {self._codes.get(one.now.code if one.now else '', 'another code')}"
                by = self._by(done, ("codings", one.coding), lambda told: _sets(told, {"code"})) or done
                return f"{name} was {by}" if here else f"{name} is no longer coded here: {by}"
            case Why.MOVED:
                return f"{name} {'counts for other cases' if here else 'no longer counts'} here: {self._belongs(place, one)}"
            case Why.EDITED:
                return f"the words of {name} were {self._changed(one)}"
            case Why.REREAD:
                return f"{name} stands in a text that was {self._changed(one)}"
        return f"new since: {name}"

    def _changed(self, one: Stale) -> str:
        source = ("sources", one.now.source if one.now else "")
        by_hand = self._by("changed", ("codings", one.coding), lambda told: _sets(told, _PASSAGE))
        return by_hand or self._by("changed", source, lambda told: _sets(told, {"text"})) or "changed"

    def _belongs(self, place: SummaryPlace, one: Stale) -> str:
        """What the coding's place says now of what the column is about."""
        if one.now is None:
            return "it is gone"
        keys = {source.uuid: key for key, source in self._where.sources.items()}
        at = self._where.place_of(keys[one.now.source], one.now.start, one.now.end)
        if place.attribute:
            name = next((name for name, each in self._where.attributes.items() if each.uuid == place.attribute), "language")
            values = " and ".join(sorted(self._where.values(name)[at]))
            return f"its {name} is {values} now" if values else f"it has no {name} now"
        cases = " and ".join(sorted(self._where.cases[case].path for case in self._where.places[at].cases))
        return f"it belongs to {cases or 'no case'} now"

    def _by(self, done: str, row: Row, is_it: Callable[[Told], bool]) -> str:
        """What was done, by whom and when, by the last line of a row that did it; '' where no line did."""
        told = next((one for one in reversed(self._told.get(row, [])) if is_it(one)), None)
        if told is None:
            return ""
        return f"{done} by {told.coder}, {day_of(told.at)}" if told.coder else f"{done} on {day_of(told.at)}"

    def _names(self, group: Sequence[Stale]) -> str:
        names = [f"#{self._ids(one.coding)}" for one in group[:_NAMED]]
        return ", ".join(names) + (f" and {len(group) - _NAMED:,} more" if len(group) > _NAMED else "")

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {code.uuid: code.path for code in read_codes(self._db)}


_MANY: Mapping[Why, str] = {
    Why.REMOVED: "removed",
    Why.RECODED: "recoded",
    Why.MOVED: "they belong to other cases now",
    Why.EDITED: "their words were changed",
    Why.REREAD: "the texts they stand in were changed",
}


class Words:
    """The words of codings as they stood, from the texts that are there still; each text is read once."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._texts: dict[str, str] = {}

    def of(self, seen: Seen) -> str:
        """What a coding said; '' where its text is not there any more."""
        if seen.text not in self._texts:
            self._texts[seen.text] = text_of(self._db, seen.text)
        return self._texts[seen.text][seen.start : seen.end]


def _rows_of(reasons: Iterable[Stale]) -> list[Row]:
    rows: dict[Row, None] = {}
    for one in reasons:
        if one.coding and one.why not in (Why.NEW, Why.MOVED):
            rows["codings", one.coding] = None
        if one.now is not None and one.why in (Why.EDITED, Why.REREAD):
            rows["sources", one.now.source] = None
    return list(rows)


def _removes(told: Told) -> bool:
    return told.values is None


def _sets(told: Told, fields: Iterable[str]) -> bool:
    return told.values is not None and not told.inserts and not told.values.keys().isdisjoint(fields)
