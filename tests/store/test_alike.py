"""Nobody gets what is somebody else's: coders and the project, and values of cases and of sources, look alike in a damaged file."""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from qcode.model.identity import Identities, uuid_of
from qcode.opening import create_project
from qcode.operations.cases import create_case, set_value
from qcode.operations.coders import ensure_coder
from qcode.store.alike import place_alike
from qcode.store.check import check
from qcode.store.content_salvage import SalvagedContent
from qcode.store.journal_salvage import MendedJournal
from qcode.store.losses import count_missing
from qcode.store.pages import Record
from qcode.store.recover import RecoverReport, recover
from qcode.store.salvage import Salvage, fitting, salvage
from qcode.store.trees import trees_of
from tests.store.examples import add_coding, add_source

PAGE = 4096
ROOTS = "SELECT name, rootpage FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
NEW = "0190a8e2-0000-7000-8000-000000000001"
OTHER = "0190a8e2-0000-7000-8000-000000000002"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Project 'm' with many codings by ann and bob, and values of a case and of sources."""
    path = tmp_path_factory.mktemp("alike") / "m.qcode"
    rng = random.Random(3)
    with create_project(path, "m", coder="ann", identities=Identities.seeded(4), quiet=1000) as project:
        case = create_case(project, "Osh")
        set_value(project, case, "region", "south")

        def work(act: Any) -> None:
            code = act.insert("codes", {"name": "code"})
            attribute = act.db.execute("SELECT uuid FROM attributes").fetchone()[0]
            for number in range(4):
                source = add_source(act, rng, f"n{number}.txt")
                key = uuid_of("source_values", source, attribute)
                act.insert("source_values", {"source": source, "attribute": attribute, "value": f"place {number}"}, key)
                for name in ("ann", "bob"):
                    for _ in range(30):
                        add_coding(act, rng, source, code, ensure_coder(act, name), f"by {name}")

        project.transact("fill", "Fill", work)
    return path


def column(path: Path, sql: str) -> list[Any]:
    db = sqlite3.connect(path)
    found = [row if len(row) > 1 else row[0] for row in db.execute(sql)]
    db.close()
    return found


def recovered(made: Path, tmp_path: Path, content: bytes) -> tuple[Path, RecoverReport]:
    damaged, target = tmp_path / "damaged.qcode", tmp_path / "recovered.qcode"
    damaged.write_bytes(content)
    report = recover(damaged, target, Identities.seeded(7))
    db = sqlite3.connect(target)
    assert check(db) == []
    db.close()
    return target, report


def without(made: Path, *tables: str) -> bytes:
    """The file with every page of these tables zeroed."""
    content = bytearray(made.read_bytes())
    pages = trees_of(made.read_bytes(), dict(column(made, ROOTS))).tables
    for number, table in pages.items():
        if table in tables:
            content[(number - 1) * PAGE : number * PAGE] = bytes(PAGE)
    return bytes(content)


def schema_lost(made: Path) -> bytes:
    """The file without the changes of rows and with no line of the schema that says where a table begins."""
    content = without(made, "row_changes")
    for name, _ in column(made, ROOTS):
        content = content.replace(f"table{name}{name}".encode(), f"\0\0\0\0\0{name}{name}".encode())
    return content


def assert_nobody_is_made_up(path: Path) -> None:
    assert {name for name in column(path, "SELECT name FROM coders") if not name.startswith("Lost coder ")} <= {"ann", "bob"}
    for memo, coder in column(path, "SELECT c.memo, r.name FROM codings c JOIN coders r ON r.id = c.coder_id"):
        assert coder == memo.removeprefix("by ") or coder.startswith("Lost coder ")


def test_a_file_cut_off_anywhere_makes_nobody_up_and_says_so(made: Path, tmp_path: Path) -> None:
    content = made.read_bytes()
    pages = len(content) // PAGE
    counted = set()
    for kept in range(12, pages, 2):
        (folder := tmp_path / str(kept)).mkdir()
        target, report = recovered(made, folder, content[: kept * PAGE])
        assert_nobody_is_made_up(target)
        assert column(target, "SELECT title FROM project") in (["m"], [])
        assert f"The file ends early: {kept} of {pages} pages are there." in report.sentences
        codings = len(column(target, "SELECT id FROM codings"))
        # Counts of codings are read from a page of their own, which may be gone too.
        if salvage(content[: kept * PAGE]).rows["coding_digests"]:
            assert report.lost.get("codings", 0) == 240 - codings
            counted.add(codings < 240)
    assert True in counted


def test_without_changes_of_rows_each_has_what_was_his_or_hers(made: Path, tmp_path: Path) -> None:
    target, report = recovered(made, tmp_path, without(made, "row_changes"))
    assert column(target, "SELECT title FROM project") == ["m"]
    assert column(target, "SELECT name, count(*) FROM coders r JOIN codings c ON c.coder_id = r.id GROUP BY name") == [
        ("ann", 120),
        ("bob", 120),
    ]
    assert column(target, "SELECT value FROM case_values") == ["south"]
    assert column(target, "SELECT value FROM source_values ORDER BY value") == [f"place {n}" for n in range(4)]
    assert not [one for one in report.sentences if "cannot be read whether" in one or "missing" in one]


def test_without_schema_uuids_tell_and_the_title_is_said_to_be_doubtful(made: Path, tmp_path: Path) -> None:
    target, report = recovered(made, tmp_path, schema_lost(made))
    assert_nobody_is_made_up(target)
    assert len(column(target, "SELECT id FROM coders")) == 2
    assert column(target, "SELECT title FROM project") == ["m"]
    assert len(column(target, "SELECT id FROM case_values")) == 1
    assert len(column(target, "SELECT id FROM source_values")) == 4
    doubt = "It cannot be read whether 'm' is the project's title or the name of a coder: it was taken for the title."
    assert doubt in report.sentences


def test_pages_of_codings_that_are_gone_are_said_and_their_codings_counted(made: Path, tmp_path: Path) -> None:
    content = without(made, "row_changes")
    pages = trees_of(content, dict(column(made, ROOTS))).tables
    last = max(number for number, table in pages.items() if table == "codings" and content[(number - 1) * PAGE] == 0x0D)
    target, report = recovered(made, tmp_path, content[: (last - 1) * PAGE] + bytes(PAGE) + content[last * PAGE :])
    assert "Codings: 1 page of them cannot be read, so more may be missing than is counted." in report.sentences
    assert report.lost["codings"] == 240 - len(column(target, "SELECT id FROM codings")) > 0
    assert any(one.startswith("Codings:") and one.endswith(f" {report.lost['codings']} lost.") for one in report.sentences)


def test_a_row_that_the_journal_changes_and_nothing_made_is_lost() -> None:
    journal, kept = MendedJournal(), SalvagedContent()
    changed, ended, made_here = (1, "codes", NEW, "{}", "{}"), (1, "codes", OTHER, "{}", None), (1, "cases", NEW, None, "{}")
    journal.changes = {1: changed, 2: ended, 3: made_here}
    count_missing(Salvage(), journal, kept)
    assert {table: count for table, count in kept.lost.items() if count} == {"codes": 1}


def coder(key: str, name: str, page: int = 9) -> tuple[list[str], Record]:
    return ["project", "coders"], Record(1, (None, key, name), True, page)


def tables_of(placed: list[tuple[str, Record]]) -> list[str]:
    return sorted(f"{table} {record.values[2]}" for table, record in placed)


ANN = uuid_of("coders", "ann")


@pytest.mark.parametrize(
    ("records", "pages", "tables", "doubts"),
    [
        ([coder(ANN, "ann"), coder(NEW, "m", 8)], {}, ["coders ann", "project m"], 1),
        ([coder(ANN, "ann"), coder(NEW, "ann2")], {}, ["coders ann", "coders ann2"], 0),
        ([coder(NEW, "m"), coder(OTHER, "x")], {}, ["coders m", "coders x"], 2),
        ([coder(NEW, "m"), coder(OTHER, "x", 8)], {9: "project", 8: "coders"}, ["coders x", "project m"], 0),
        ([coder(NEW, "m"), coder(OTHER, "x", 8)], {9: "project"}, ["coders x", "project m"], 1),
        ([coder(NEW, "m")], {9: "codes"}, ["project m"], 1),
    ],
)
def test_what_tells_a_coder_from_the_project(
    records: list[tuple[list[str], Record]], pages: dict[int, str], tables: list[str], doubts: int
) -> None:
    placed, sentences = place_alike(records, defaultdict(dict), pages)
    assert (tables_of(placed), len(sentences)) == (tables, doubts)


def test_what_tells_values_of_cases_from_values_of_sources() -> None:
    found: dict[str, dict[int, Any]] = {"row_changes": {}, "cases": {1: (NEW,)}, "sources": {1: (OTHER,)}, "attributes": {2: (ANN,)}}
    given = [uuid_of("case_values", NEW, ANN), uuid_of("source_values", OTHER, ANN), NEW]
    records = [(["case_values", "source_values"], Record(n, (None, key, 1, 2, f"v{n}"), True, n)) for n, key in enumerate(given)]
    placed, sentences = place_alike(records, found, {})
    assert [(table, record.key) for table, record in placed] == [("case_values", 0), ("source_values", 1)]
    assert sentences == ["Values: of 1 it cannot be read whether they are of a case or of a source; they were left out: 'v2'."]
    assert place_alike(records[2:], found, {2: "source_values"})[0] == [("source_values", records[2][1])]


def test_no_other_tables_look_alike(made: Path) -> None:
    """Every row of a sound file fits the shape of its own table alone, but for the two pairs that are told apart by evidence."""
    found = salvage(made.read_bytes())
    pairs = set()
    for name, rows in found.rows.items():
        for row in rows.values():
            pairs.add(frozenset([name, *fitting((None, *row))]))
    alike = {frozenset({"project", "coders"}), frozenset({"case_values", "source_values"})}
    assert {pair for pair in pairs if len(pair) > 1} == alike
