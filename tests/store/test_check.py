"""Every kind of damage is found, and nothing is found in a sound file."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.store.check import check
from qcode.store.problem import Problem
from tests.store.examples import add_source, fill, new_project, reopen


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("check") / "p.qcode"
    with new_project(path) as project:
        fill(project)
        project.transact("more", "More", lambda act: add_source(act, random.Random(3), "more.txt"))
    with reopen(path, 2) as project:
        project.transact("new", "New", lambda act: act.insert("codes", {"name": "new"}))
        project.undo()
    return path


@pytest.fixture
def db(made: Path) -> Iterator[sqlite3.Connection]:
    """A copy in memory, which a test may spoil; foreign keys are not watched over."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    with sqlite3.connect(made) as source:
        source.backup(db)
    source.close()
    yield db
    db.close()


def test_a_sound_file_has_no_problems(db: sqlite3.Connection) -> None:
    assert check(db) == []
    assert check(db, journal=False) == []


DAMAGE = {
    "coding out of range": ("UPDATE codings SET span_end = 100000 WHERE id = 1", "does not lie in its text"),
    "coding turned round": ("UPDATE codings SET span_end = span_start WHERE id = 1", "does not lie in its text"),
    "quote": ("UPDATE codings SET quote = quote || 'x' WHERE id = 1", "its quote is not"),
    "context before": ("UPDATE codings SET context_before = 'x' WHERE id = 1", "kept around its quote"),
    "context after": ("UPDATE codings SET context_after = 'x' WHERE id = 1", "kept around its quote"),
    "place": ("UPDATE codings SET span_start = span_start + 1 WHERE id = 1", "its quote is not"),
    "text": ("UPDATE texts SET content = upper(content) WHERE id = 1", "not those it was named after"),
    "length": ("UPDATE texts SET characters = 7 WHERE id = 1", "characters, not 7"),
    "text gone": ("DELETE FROM texts WHERE id = 1", "refers to a row of texts"),
    "dangling code": ("UPDATE codings SET code_id = 999 WHERE id = 1", "refers to a row of codes"),
    "passage out of range": (
        "UPDATE assignments SET text_id = 1, span_start = 3, span_end = 90000 WHERE id = 1",
        "does not lie in its text",
    ),
    "half a passage": ("UPDATE assignments SET span_start = 3 WHERE id = 1", "does not lie in its text"),
    "paragraph out of range": ("UPDATE paragraphs SET span_end = 90000 WHERE id = 1", "does not lie in its text"),
    "paragraphs overlap": ("UPDATE paragraphs SET span_start = 0 WHERE id = 2", "overlaps the one before"),
    "paragraph not searched": ("INSERT INTO paragraphs VALUES (9999, 2, 0, 1, 'paragraph', 0, '')", "missing from it"),
    "search beyond": ("INSERT INTO paragraph_words (rowid, words) VALUES (9999, 'x')", "it has are not there"),
    "index broken": ("UPDATE paragraph_words_data SET block = zeroblob(length(block)) WHERE id > 10", "The search index: it is damaged"),
    "path twice": ("UPDATE codes SET name = 'code 1' WHERE name = 'code 2'", "of this path"),
    "case twice": ("INSERT INTO cases (uuid, name) SELECT 'u', name FROM cases WHERE parent_id IS NULL LIMIT 1", "of this path"),
    "circle": ("UPDATE codes SET parent_id = id WHERE id = 2", "stands below itself"),
    "short id twice": ("UPDATE codings SET short_id = (SELECT short_id FROM codings WHERE id = 1)", "codings have it"),
    "buried": ("INSERT INTO tombstones (uuid, sha256, coder, at) SELECT uuid, '', '', '' FROM sources", "consent was withdrawn"),
    "heads unreadable": ("UPDATE sessions SET heads = 'x'", "cannot be read"),
    "heads of another kind": ("UPDATE sessions SET heads = '[[1, 2]]'", "cannot be read"),
    "heads nowhere": ("UPDATE sessions SET heads = '[[\"nobody\", 3]]'", "which is not there"),
    "continues itself": ("UPDATE sessions SET heads = json_array(json_array(uuid, 1))", "it continues itself"),
    "gap": ("UPDATE operations SET seq = seq + 100 WHERE id = 3", "operation 3 is missing"),
    "clock": ("UPDATE operations SET clock = 1 WHERE id = 3", "does not advance"),
    "undo of nothing": ("UPDATE operations SET undoes_id = 999 WHERE undoes_id IS NOT NULL", "takes back is not there"),
    "undo of the future": ("UPDATE operations SET undoes_id = id WHERE undoes_id IS NOT NULL", "not earlier"),
    "undo that writes": ("UPDATE row_changes SET operation_id = (SELECT max(id) FROM operations) WHERE id = 9", "writes rows all the same"),
    "unknown table": ("UPDATE row_changes SET table_name = 'sqlite_master' WHERE id = 5", "can be understood"),
    "empty change": ("UPDATE row_changes SET after = NULL, before = NULL WHERE id = 5", "can be understood"),
    "broken change": ("UPDATE row_changes SET after = '{' WHERE id = 5", "cannot be understood"),
    "change of no fields": ("UPDATE row_changes SET after = '[]' WHERE id = 5", "cannot be understood"),
    "unknown field": ("UPDATE row_changes SET after = '{\"nothing\": 1}' WHERE id = 5", "cannot be understood"),
    "change of nobody": ("UPDATE row_changes SET operation_id = 999 WHERE id = 5", "refers to a row of operations"),
    "row gone": ("DELETE FROM case_values", "in the journal, but not there"),
    "row unknown": ("INSERT INTO coders (uuid, name) VALUES ('u', 'Nobody')", "not according to the journal"),
    "value": ("UPDATE codes SET definition = 'another' WHERE id = 1", "its definition is not what the journal says"),
    "many values": ("UPDATE codings SET memo = 'another'", "more rows are not as"),
    "reference": ("UPDATE codings SET coder_id = 3 - coder_id WHERE id = 1", "its coder is not what the journal says"),
    "digest": ("UPDATE coding_digests SET sha256 = 'x'", "does not belong to the codings"),
    "never made": (
        "DELETE FROM row_changes WHERE row_uuid = (SELECT uuid FROM coders WHERE id = 1)",
        "the journal does not say who made it",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found(db: sqlite3.Connection, name: str) -> None:
    sql, sentence = DAMAGE[name]
    changed = db.execute(sql).rowcount
    assert changed
    found = [str(problem) for problem in check(db)]
    assert any(sentence in problem for problem in found), found


@pytest.mark.parametrize("name", ["uuid", "pages"])
def test_damage_of_the_file_itself_is_found(made: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "copy.qcode"
    content = bytearray(made.read_bytes())
    if name == "pages":
        content[8 * 4096 : 30 * 4096] = bytes(22 * 4096)
    else:
        with sqlite3.connect(made) as sound:
            first, second = (key.encode() for (key,) in sound.execute("SELECT uuid FROM cases ORDER BY id LIMIT 2"))
        sound.close()
        content = bytearray(bytes(content).replace(second + b"Osh", first + b"Osh"))
    path.write_bytes(content)
    spoilt = sqlite3.connect(path)
    found = check(spoilt)
    assert found
    assert all(problem.where == "The file" for problem in found)
    if name == "uuid":
        assert any("2 rows have this name" in str(problem) for problem in check(spoilt, journal=False))
    spoilt.close()


def test_a_problem_reads_as_a_sentence() -> None:
    assert str(Problem("Coding A-1", "it is gone.")) == "Coding A-1: it is gone."
