"""Rows and values of any table in the words that people use for them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qcode.merge.lines import Values
from qcode.model.code import Code
from qcode.model.decision import Outcome
from qcode.model.identity import short_letters
from qcode.model.paths import SEPARATOR
from qcode.model.summary import SummaryPlace
from qcode.store.cases import read_attributes, read_cases
from qcode.store.codes import codebook_size, read_codes
from qcode.store.sources import read_coders, read_sources, read_text
from qcode.store.statements import read_statements
from qcode.store.summaries import short_ids
from qcode.synthesis.evidence import decode
from qcode.text.chips import cited_in, with_ids

if TYPE_CHECKING:
    from qcode.store.connection import Connection

_NOUNS = {
    "project": "project",
    "coders": "coder",
    "codes": "code",
    "cases": "case",
    "attributes": "attribute",
    "case_values": "value",
    "sources": "source",
    "source_values": "value",
    "assignments": "assignment",
    "readings": "reading status",
    "codings": "coding",
    "samples": "sample",
    "handouts": "hand-out",
    "allocations": "allocation",
    "decisions": "decision",
    "answers": "answer",
    "summaries": "summary",
    "statements": "finding",
    "grounds": "link of a finding",
}
_PASSAGE = ("span_start", "span_end")
_LONGEST = 200
_TITLE = 80


class InWords(NamedTuple):
    """What a row is called, where it stands, and the colour of the code it is of, '' for none."""

    title: str
    within: str
    colour: str = ""


class RowWords:
    """The rows of one project as it is now; made anew for each request."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def row(self, table: str, key: str, values: Values) -> InWords:
        """What to call a row that has `values`."""
        match table:
            case "codes":
                code = self._codes.get(key)
                above = code.path.rpartition(SEPARATOR)[0] if code else ""
                return InWords(str(values.get("name", "")), f"code in {above}" if above else "code", str(values.get("colour", "")))
            case "codings":
                code = self._codes.get(str(values.get("code")))
                within = f"{code.name if code else ''} in {self._named('sources', values.get('source'))}"
                return InWords(str(values.get("short_id", "")), within, code.colour if code else "")
            case "cases":
                path = self._names["cases"].get(key, "")
                return InWords(str(values.get("name", "")), f"case in {path.rpartition(SEPARATOR)[0]}" if SEPARATOR in path else "case")
            case "case_values" | "source_values":
                owner = table.removesuffix("_values")
                return InWords(self._named("attributes", values.get("attribute")), f"{owner} {self._named(owner + 's', values.get(owner))}")
            case "readings" | "allocations":
                coder = self._named("coders", values.get("coder"))
                return InWords(self._named("sources", values.get("source")), f"{_NOUNS[table]} of {coder}")
            case "summaries":
                return InWords(self._cell(values), "summary", self._colour(values))
            case "decisions":
                code, source = self._codes.get(str(values.get("code"))), self._named("sources", values.get("source"))
                who = " and ".join(self._named("coders", values.get(side)) for side in ("first", "second"))
                return InWords(code.name if code else "", f"decision between {who} on {source}", code.colour if code else "")
            case "statements":
                return InWords(_cut(str(values.get("words") or ""), _TITLE), str(values.get("sort") or "finding"))
            case "grounds":
                return InWords(self._ground(values), f"what '{self._stated(values.get('statement'))}' rests on")
            case "assignments":
                return InWords(self._named("sources", values.get("source")), f"belongs to {self._named('cases', values.get('case'))}")
        return InWords(str(values.get("name") or values.get("title") or key), _NOUNS[table])

    def value(self, table: str, field: str, values: Values) -> str:
        """What a field of a row says, in words; a passage says what stands there."""
        value = values.get(field)
        if table == "summaries" and field == "words":
            return self._summary(values)
        if table == "statements" and field == "words":
            return f"{values.get('words')} ({values.get('status')})"
        if table == "grounds" and field == "evidence":
            return self._over(values)
        if table == "decisions" and field == "outcome":
            return self._decision(values)
        if table == "readings" and field == "status":
            return self._reading(values)
        if field in _PASSAGE and values.get("span_end") is not None:
            return self._passage(values)
        if field in ("parent", "code", "case", "source", "coder", "attribute"):
            if value is None:
                return "at the top" if field == "parent" else ""
            target = table if field == "parent" else f"{field}s"
            return self._named(target, value)
        if field in ("important", "contradicts"):
            return "yes" if value else "no"
        return "" if value is None else str(value)

    def written(self, table: str, field: str, values: Values) -> str:
        """What a field of a row says as it was typed, where `value` says more than that."""
        if field != "words":
            return ""
        return self._typed(values) if table == "summaries" else str(values.get("words") or "") if table == "statements" else ""

    def text(self, sha256: str) -> str:
        """The text of that name."""
        return read_text(self._db, sha256)

    def text_of(self, source: str) -> str:
        """The name of the text of a source (a UUID), '' where there is no such source."""
        return next((one.text for one in read_sources(self._db) if one.uuid == source), "")

    def _cell(self, values: Values) -> str:
        """'Staff turnover × Kyrgyzstan'."""
        code = self._codes.get(str(values.get("code")))
        ends = (self._named("cases", values.get("case")), self._named("sources", values.get("source")), str(values.get("value") or ""))
        return f"{code.name if code else 'All codes'} × {next(filter(None, ends), 'all columns')}"

    def _colour(self, values: Values) -> str:
        code = self._codes.get(str(values.get("code")))
        return code.colour if code else ""

    def _summary(self, values: Values) -> str:
        """What a summary says, how far it is and over how many quotes: two may say the same, and one have seen more."""
        return f"{self._typed(values) or values.get('empty') or ''} ({values.get('status')}, {self._over(values)})"

    def _typed(self, values: Values) -> str:
        words = str(values.get("words") or "")
        cited = cited_in(words)
        ids = {key: short_letters(key) for key in cited} | short_ids(self._db, cited)
        return with_ids(words, ids)

    def _over(self, values: Values) -> str:
        """Over how many quotes somebody wrote or looked."""
        quotes = len(decode(str(values.get("evidence"))) or ())
        return f"over {quotes:,} {'quote' if quotes == 1 else 'quotes'}"

    def _stated(self, statement: object) -> str:
        """The words of a statement that is there, as far as a title has room."""
        return _cut(self._statements.get(str(statement), ""), _TITLE)

    def _ground(self, values: Values) -> str:
        """What a statement rests on: the words of another one, the ID of a quote, or a cell."""
        if values.get("other"):
            return self._stated(values["other"])
        coding = str(values.get("coding") or "")
        if coding:
            return short_ids(self._db, [coding]).get(coding) or short_letters(coding)
        cell = SummaryPlace.read(str(values.get("cell") or ""))
        return self._cell({"code": cell.code or None, "case": cell.case or None, "source": cell.source or None, "value": cell.value})

    def _reading(self, values: Values) -> str:
        """'finished, knowing 14 codes': two may say the same, and one have known a code more."""
        known = codebook_size(self._db, str(values.get("codebook") or ""))
        return f"{values.get('status')}, knowing {known:,} {'code' if known == 1 else 'codes'}" if known else str(values.get("status"))

    def _decision(self, values: Values) -> str:
        """'the passage of Aida: she asked again', 'a new passage, "came late": …'."""
        outcome = str(values.get("outcome") or "")
        said = outcome
        if outcome in (Outcome.FIRST, Outcome.SECOND):
            said = f"the passage of {self._named('coders', values.get(outcome))}"
        elif outcome == Outcome.NEW:
            said = f'a new passage, "{self._passage(values)}"'
        return f"{said}: {values['reason']}" if values.get("reason") else said

    def _passage(self, values: Values) -> str:
        if not values.get("text"):
            return f"{values['span_start']} to {values['span_end']}"
        text = read_text(self._db, str(values["text"]))
        return _cut(text[int(values["span_start"] or 0) : int(values["span_end"] or 0)], _LONGEST)

    def _named(self, table: str, key: object) -> str:
        return self._names[table].get(str(key), "") if key is not None else ""

    @cached_property
    def _statements(self) -> dict[str, str]:
        return {one.uuid: one.words for one in read_statements(self._db)}

    @cached_property
    def _codes(self) -> dict[str, Code]:
        return {code.uuid: code for code in read_codes(self._db)}

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        return {
            "codes": {code.uuid: code.path for code in self._codes.values()},
            "cases": {case.uuid: case.path for case in read_cases(self._db)},
            "sources": {source.uuid: source.label or source.name for source in read_sources(self._db)},
            "coders": read_coders(self._db),
            "attributes": {attribute.uuid: attribute.name for attribute in read_attributes(self._db)},
        }


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1] + "…"
