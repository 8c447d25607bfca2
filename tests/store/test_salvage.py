"""The parts of recovery by themselves, where no damaged file would come upon them."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from qcode.store.content_salvage import gather
from qcode.store.journal_salvage import LOST, mend_journal
from qcode.store.lost_text import NOTHING, substitute
from qcode.store.pages import page_size_of, records_of
from qcode.store.salvage import Salvage, fitting, understood
from qcode.store.schema import CONTENT, Values

A, B, C, X = (f"{letter * 8}-0000-4000-8000-000000000000" for letter in "abcd")


def uuids() -> Any:
    numbers = itertools.count(1)
    return lambda: f"00000000-0000-4000-8000-{next(numbers):012d}"


def operation(session: int, seq: int, clock: int, undoes: int | None = None) -> tuple[Any, ...]:
    return (session, seq, clock, "Ada", "2026-01-01", "kind", "Label", undoes)


def found(**tables: dict[int, tuple[Any, ...]]) -> Salvage:
    salvage = Salvage()
    for table, rows in tables.items():
        salvage.rows[table].update(rows)
    return salvage


def test_lost_operations_are_stood_in_for_where_they_were() -> None:
    rows = {1: operation(1, 1, 1), 4: operation(1, 4, 4), 6: operation(2, 1, 7)}
    changes = {1: (3, "codes", "k", None, "{}"), 2: (99_999, "codes", "k", None, "{}"), 3: (1, "codes", "k", "{", "{}")}
    sessions = {1: (A, "qcode", "[]"), 2: (B, "qcode", f'[["{A}", 5]]')}
    mended = mend_journal(found(sessions=sessions, operations=rows, row_changes=changes), uuids(), 1000)
    assert {number: (act.session, act.seq, act.clock, act.kind == LOST) for number, act in sorted(mended.acts.items())} == {
        1: (1, 1, 1, False),
        2: (1, 2, 2, True),
        3: (1, 3, 3, True),
        4: (1, 4, 4, False),
        5: (1, 5, 5, True),
        6: (2, 1, 7, False),
    }
    assert (mended.stood_in, mended.changes_lost) == (3, 2)
    assert mended.changes[1][0] == 3


def test_sessions_that_are_lost_alike_or_in_a_circle() -> None:
    sessions = {1: (A, "qcode", f'[["{B}", 1]]'), 2: (B, "qcode", f'[["{A}", 1]]'), 3: (B, "qcode", "not a list")}
    rows = {1: operation(1, 1, 1), 2: operation(2, 1, 2), 3: operation(3, 1, 3), 4: operation(9, 1, 4)}
    mended = mend_journal(found(sessions=sessions, operations=rows), uuids(), 1000)
    assert len({key for key, _, _ in mended.sessions.values()}) == 4
    assert [heads for _, _, heads in mended.sessions.values()].count([]) == 3


def test_an_undo_of_what_is_not_there_or_that_writes_is_none() -> None:
    rows = {1: operation(1, 1, 1), 2: operation(1, 2, 2, 77), 3: operation(1, 3, 3, 1), 4: operation(1, 4, 4, 1), 5: operation(1, 5, 5, 5)}
    changes = {1: (3, "codes", "k", None, "{}")}
    mended = mend_journal(found(sessions={1: (A, "qcode", "[]")}, operations=rows, row_changes=changes), uuids(), 1000)
    assert {number: act.undoes for number, act in mended.acts.items()} == {1: None, 2: None, 3: None, 4: 1, 5: None}


def test_what_claims_to_be_beyond_the_file_is_damage() -> None:
    rows = {1: operation(1, 1, 1), 5: operation(1, 10**9, 2)}
    mended = mend_journal(found(sessions={1: (A, "qcode", f'[["{A}", {10**9}]]')}, operations=rows), uuids(), 1000)
    assert len(mended.acts) == 1


def test_circles_and_names_that_meet_are_parted() -> None:
    def code(key: str, name: str, parent: int | None) -> tuple[Any, ...]:
        return (key, name, parent, "", "", "", "", "", 0)

    kept = gather(found(codes={1: code(A, "a", 2), 2: code(B, "b", 1), 3: code(C, "c", 99), 4: code(X, "c", None)}), empty(), set())
    codes = kept.tables["codes"]
    assert [codes[key]["parent"] for key in (A, B, C, X)] == [None, A, None, None]
    assert sorted(str(row["name"]) for row in codes.values()) == ["a", "b", "c", "c (2)"]


def empty() -> dict[str, dict[str, Values]]:
    return {table: {} for table in CONTENT}


def test_what_a_coding_needs_is_stood_in_for_and_the_rest_goes() -> None:
    coding = (A, 5, 7, 0, 4, 3, 2, "memo", 0, 0, "ID", "", "hand", "word", "", "")
    twin = (B, *coding[1:])
    kept = gather(found(codings={1: coding, 2: twin}, case_values={1: (C, 8, 9, "value")}), empty(), set())
    source = kept.tables["codings"][A]["source"]
    assert kept.tables["sources"][str(source)]["label"] == "LOST"
    assert kept.texts == {str(kept.tables["codings"][A]["text"]): "word"}
    assert kept.tables["case_values"] == {}
    assert sorted(str(row["short_id"]) for row in kept.tables["codings"].values()) == ["ID", "ID-2"]
    assert kept.lost == {"sources": 1, "codes": 1, "coders": 1, "texts": 1, "case_values": 1}


def test_a_summary_is_known_by_its_columns_and_what_it_stands_at_is_stood_in_for() -> None:
    row = (A, 7, None, None, None, "", "Late everywhere.", "draft", "", "{}")
    assert fitting((None, *row)) == ["summaries"]
    at_source = (B, None, None, 9, None, "", "Late.", "draft", "", "{}")
    kept = gather(found(summaries={1: row, 2: at_source}), empty(), set())
    (code,) = kept.tables["codes"]
    assert [(values["code"], values["words"]) for values in kept.tables["summaries"].values()] == [(code, "Late everywhere.")]
    assert kept.lost == {"codes": 1, "summaries": 1}


def test_findings_and_their_links_are_known_by_their_columns() -> None:
    fields = ("",) * 19
    finding = (A, "finding", 1.0, "Relevance", "", "Late everywhere.", "draft", *fields)
    assert fitting((None, *finding)) == ["statements"]
    link = (B, 1, None, X, "", "{}", "")
    assert fitting((None, *link)) == ["grounds"]
    kept = gather(found(statements={1: finding}, grounds={1: link, 2: (C, 9, None, X, "", "{}", "")}), empty(), set())
    assert [(values["statement"], values["coding"]) for values in kept.tables["grounds"].values()] == [(A, X)]
    assert (kept.tables["statements"][A]["words"], kept.lost) == ("Late everywhere.", {"grounds": 1})


def test_a_lost_text_that_its_source_knows_by_name_and_a_coding_by_its_key_is_one_text() -> None:
    coding = (A, 5, 7, 2, 6, 3, 2, "", 0, 0, "ID", "", "hand", "paid", "", "")
    expected = empty()
    expected["sources"][C] = {**CONTENT["sources"].defaults, "name": "a.txt", "text": "f" * 64}
    expected["source_values"][B] = {"source": C, "attribute": X, "value": "north"}
    kept = gather(found(codings={1: coding}, source_values={1: (B, 5, 9, "north")}), expected, set())
    assert kept.tables["codings"][A]["text"] == kept.tables["sources"][C]["text"]
    assert {*kept.texts.values()} == {"paid"}


def test_a_change_that_names_a_row_as_no_row_is_named_is_damage() -> None:
    payloads = [json.dumps({"code": name}) for name in (A, None, A.replace("a", ";"), 7)]
    assert [understood(payload, "codings") is not None for payload in payloads] == [True, True, False, False]


@pytest.mark.parametrize(
    ("read", "quotes", "text", "places"),
    [
        ("one two three", [("k", 4, "two")], "one two three", {"k": (4, 7)}),
        ("\0\0two three", [("k", 4, "two")], "\ufffd\ufffdtwo three", {"k": (2, 5)}),
        ("two and two", [("k", 7, "two")], "two and two", {"k": (8, 11)}),
        ("one", [("k", 4, "two"), ("l", 4, "two")], "one\n\ntwo", {"k": (5, 8), "l": (5, 8)}),
        ("", [("k", 4, "two")], "two", {"k": (0, 3)}),
        ("one\0\0", [], "one", {}),
        ("\0\0", [], NOTHING, {}),
    ],
)
def test_a_text_made_of_what_is_left(read: str, quotes: list[tuple[str, int, str]], text: str, places: dict[str, tuple[int, int]]) -> None:
    made = substitute(read, quotes)
    assert (made.text, made.places) == (text, places)
    assert all(made.text[start:end] == quote for key, _, quote in quotes for start, end in [made.places[key]])


@pytest.mark.parametrize(("stated", "size"), [(b"\x02\x00", 512), (b"\x00\x01", 65536), (b"\x00\x03", 4096), (b"\x00\x00", 4096)])
def test_the_page_size_is_the_one_stated_if_it_can_be(stated: bytes, size: int) -> None:
    assert page_size_of(b"SQLite format 3\x00" + stated) == size
    assert list(records_of(b"")) == []
