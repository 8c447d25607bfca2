"""The file format and how it came about: numbered, atomic steps, each with a receipt in the file.

| format | since | what changed |
|---|---|---|
| 1 | 0.1.0 | the first |
| 2 | 0.1.0 | teams: merges, mends, hand-outs, allocations, samples, decisions, answers |
| 3 | 0.1.0 | copies from which something is withheld |
| 4 | 0.1.0 | summaries |
| 5 | 0.1.0 | findings, conclusions, recommendations, lessons, good practices, and what they rest on |

`application_id` says that a SQLite file is a qcode project; `user_version` is the format. A program that meets a newer format refuses
the file. Steps stay as they were written: they never use the declarations of `schema.py`, which describe the newest format only.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from qcode.store.format import APPLICATION_ID

migrations = Migrations("qcode")

_FORMAT_1 = """
CREATE TABLE settings (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL) STRICT;
CREATE TABLE texts (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, content TEXT NOT NULL, characters INTEGER NOT NULL) STRICT;
CREATE TABLE codebooks (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, codes TEXT NOT NULL) STRICT;
CREATE TABLE originals (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL, size INTEGER NOT NULL, data BLOB NOT NULL,
    text_sha256 TEXT NOT NULL, pages TEXT NOT NULL) STRICT;
CREATE TABLE paragraphs (
    id INTEGER PRIMARY KEY, text_id INTEGER NOT NULL REFERENCES texts(id) DEFERRABLE INITIALLY DEFERRED,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, kind TEXT NOT NULL, level INTEGER NOT NULL, speaker TEXT NOT NULL) STRICT;
CREATE INDEX paragraphs_of_text ON paragraphs(text_id);
CREATE VIRTUAL TABLE paragraph_words USING fts5(words, content='', tokenize="unicode61 remove_diacritics 0");

CREATE TABLE project (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, title TEXT NOT NULL) STRICT;
CREATE TABLE coders (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL) STRICT;
CREATE TABLE codes (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    parent_id INTEGER REFERENCES codes(id) DEFERRABLE INITIALLY DEFERRED,
    definition TEXT NOT NULL, include TEXT NOT NULL, exclude TEXT NOT NULL, example TEXT NOT NULL, colour TEXT NOT NULL,
    position REAL NOT NULL) STRICT;
CREATE TABLE cases (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    parent_id INTEGER REFERENCES cases(id) DEFERRABLE INITIALLY DEFERRED) STRICT;
CREATE TABLE attributes (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL) STRICT;
CREATE TABLE case_values (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE,
    case_id INTEGER NOT NULL REFERENCES cases(id) DEFERRABLE INITIALLY DEFERRED,
    attribute_id INTEGER NOT NULL REFERENCES attributes(id) DEFERRABLE INITIALLY DEFERRED, value TEXT NOT NULL) STRICT;
CREATE TABLE sources (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, title TEXT NOT NULL, label TEXT NOT NULL,
    language TEXT NOT NULL, format TEXT NOT NULL,
    text_id INTEGER NOT NULL REFERENCES texts(id) DEFERRABLE INITIALLY DEFERRED, original TEXT NOT NULL) STRICT;
CREATE TABLE source_values (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE,
    source_id INTEGER NOT NULL REFERENCES sources(id) DEFERRABLE INITIALLY DEFERRED,
    attribute_id INTEGER NOT NULL REFERENCES attributes(id) DEFERRABLE INITIALLY DEFERRED, value TEXT NOT NULL) STRICT;
CREATE TABLE assignments (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE,
    case_id INTEGER NOT NULL REFERENCES cases(id) DEFERRABLE INITIALLY DEFERRED,
    source_id INTEGER NOT NULL REFERENCES sources(id) DEFERRABLE INITIALLY DEFERRED,
    text_id INTEGER REFERENCES texts(id) DEFERRABLE INITIALLY DEFERRED, span_start INTEGER, span_end INTEGER) STRICT;
CREATE TABLE readings (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE,
    coder_id INTEGER NOT NULL REFERENCES coders(id) DEFERRABLE INITIALLY DEFERRED,
    source_id INTEGER NOT NULL REFERENCES sources(id) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL, codebook_id INTEGER REFERENCES codebooks(id) DEFERRABLE INITIALLY DEFERRED) STRICT;
CREATE TABLE codings (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE,
    source_id INTEGER NOT NULL REFERENCES sources(id) DEFERRABLE INITIALLY DEFERRED,
    text_id INTEGER NOT NULL REFERENCES texts(id) DEFERRABLE INITIALLY DEFERRED,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
    code_id INTEGER NOT NULL REFERENCES codes(id) DEFERRABLE INITIALLY DEFERRED,
    coder_id INTEGER NOT NULL REFERENCES coders(id) DEFERRABLE INITIALLY DEFERRED,
    memo TEXT NOT NULL, important INTEGER NOT NULL, contradicts INTEGER NOT NULL,
    short_id TEXT NOT NULL, imported_id TEXT NOT NULL, origin TEXT NOT NULL,
    quote TEXT NOT NULL, context_before TEXT NOT NULL, context_after TEXT NOT NULL) STRICT;
CREATE INDEX codings_of_source ON codings(source_id, code_id, coder_id, span_start, span_end);
CREATE INDEX codings_of_code ON codings(code_id, source_id, span_start);
CREATE INDEX codings_by_short_id ON codings(short_id);
CREATE INDEX codings_by_imported_id ON codings(imported_id) WHERE imported_id <> '';
CREATE INDEX assignments_of_source ON assignments(source_id);
CREATE INDEX assignments_of_case ON assignments(case_id);
CREATE INDEX values_of_case ON case_values(case_id, attribute_id);
CREATE INDEX values_of_source ON source_values(source_id, attribute_id);
CREATE INDEX readings_of_source ON readings(source_id, coder_id);

CREATE TABLE coding_digests (source_id INTEGER PRIMARY KEY, codings INTEGER NOT NULL, sha256 TEXT NOT NULL) STRICT;
CREATE TRIGGER coding_removed AFTER DELETE ON codings BEGIN DELETE FROM coding_digests WHERE source_id = OLD.source_id; END;
CREATE TRIGGER coding_changed AFTER UPDATE ON codings BEGIN
    DELETE FROM coding_digests WHERE source_id IN (OLD.source_id, NEW.source_id); END;
CREATE TRIGGER source_removed AFTER DELETE ON sources BEGIN DELETE FROM coding_digests WHERE source_id = OLD.id; END;

CREATE TABLE sessions (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, program TEXT NOT NULL, heads TEXT NOT NULL) STRICT;
CREATE TABLE operations (
    id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL REFERENCES sessions(id), seq INTEGER NOT NULL, clock INTEGER NOT NULL,
    coder TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL,
    undoes_id INTEGER REFERENCES operations(id), UNIQUE (session_id, seq)) STRICT;
CREATE INDEX operations_undoing ON operations(undoes_id) WHERE undoes_id IS NOT NULL;
CREATE TABLE row_changes (
    id INTEGER PRIMARY KEY, operation_id INTEGER NOT NULL REFERENCES operations(id),
    table_name TEXT NOT NULL, row_uuid TEXT NOT NULL, before TEXT, after TEXT) STRICT;
CREATE INDEX changes_of_operation ON row_changes(operation_id);
CREATE INDEX changes_of_row ON row_changes(row_uuid);
CREATE TABLE tombstones (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, coder TEXT NOT NULL, at TEXT NOT NULL) STRICT;
"""


@migrations()
def format_1(db: Database) -> None:
    """The first format."""
    for statement in _FORMAT_1.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


_FORMAT_2 = """
CREATE TABLE samples (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, seed INTEGER NOT NULL, revealed INTEGER NOT NULL) STRICT;
CREATE TABLE handouts (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE,
    coder_id INTEGER NOT NULL REFERENCES coders(id) DEFERRABLE INITIALLY DEFERRED,
    codebook TEXT NOT NULL, blind INTEGER NOT NULL, partial INTEGER NOT NULL, handed_out TEXT NOT NULL) STRICT;
CREATE TABLE allocations (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE,
    coder_id INTEGER NOT NULL REFERENCES coders(id) DEFERRABLE INITIALLY DEFERRED,
    source_id INTEGER NOT NULL REFERENCES sources(id) DEFERRABLE INITIALLY DEFERRED,
    sample_id INTEGER REFERENCES samples(id) DEFERRABLE INITIALLY DEFERRED) STRICT;
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE,
    source_id INTEGER NOT NULL REFERENCES sources(id) DEFERRABLE INITIALLY DEFERRED,
    text_id INTEGER NOT NULL REFERENCES texts(id) DEFERRABLE INITIALLY DEFERRED,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
    code_id INTEGER NOT NULL REFERENCES codes(id) DEFERRABLE INITIALLY DEFERRED,
    first_id INTEGER NOT NULL REFERENCES coders(id) DEFERRABLE INITIALLY DEFERRED,
    second_id INTEGER NOT NULL REFERENCES coders(id) DEFERRABLE INITIALLY DEFERRED,
    outcome TEXT NOT NULL, reason TEXT NOT NULL,
    coder_id INTEGER NOT NULL REFERENCES coders(id) DEFERRABLE INITIALLY DEFERRED) STRICT;
CREATE TABLE answers (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, question TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL,
    answer TEXT NOT NULL) STRICT;
CREATE INDEX allocations_of_source ON allocations(source_id, coder_id);
CREATE INDEX decisions_of_source ON decisions(source_id, code_id);

CREATE TABLE merges (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, coder TEXT NOT NULL, at TEXT NOT NULL, label TEXT NOT NULL,
    undoes_id INTEGER REFERENCES merges(id), report TEXT NOT NULL, parked BLOB) STRICT;
CREATE TABLE merged_operations (
    id INTEGER PRIMARY KEY, merge_id INTEGER NOT NULL REFERENCES merges(id), session TEXT NOT NULL, seq INTEGER NOT NULL,
    UNIQUE (session, seq, merge_id)) STRICT;
CREATE INDEX operations_of_merge ON merged_operations(merge_id);
CREATE TABLE mends (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, table_name TEXT NOT NULL, row_uuid TEXT NOT NULL, partner TEXT NOT NULL,
    raw TEXT NOT NULL, UNIQUE (row_uuid, kind)) STRICT;
"""


@migrations()
def format_2(db: Database) -> None:
    """Teams."""
    for statement in _FORMAT_2.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("PRAGMA user_version = 2")


_FORMAT_3 = """
CREATE TABLE withheld (id INTEGER PRIMARY KEY REFERENCES operations(id) ON DELETE CASCADE) STRICT;
CREATE TABLE merged_lines (
    id INTEGER PRIMARY KEY, merge_id INTEGER NOT NULL REFERENCES merges(id), session TEXT NOT NULL, seq INTEGER NOT NULL,
    row_uuid TEXT NOT NULL) STRICT;
CREATE INDEX lines_of_merge ON merged_lines(merge_id);
"""


@migrations()
def format_3(db: Database) -> None:
    """Copies from which something is withheld."""
    for statement in _FORMAT_3.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("PRAGMA user_version = 3")


_FORMAT_4 = """
CREATE TABLE summaries (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE,
    code_id INTEGER REFERENCES codes(id) DEFERRABLE INITIALLY DEFERRED,
    case_id INTEGER REFERENCES cases(id) DEFERRABLE INITIALLY DEFERRED,
    source_id INTEGER REFERENCES sources(id) DEFERRABLE INITIALLY DEFERRED,
    attribute_id INTEGER REFERENCES attributes(id) DEFERRABLE INITIALLY DEFERRED,
    value TEXT NOT NULL, words TEXT NOT NULL, status TEXT NOT NULL, empty TEXT NOT NULL, evidence TEXT NOT NULL) STRICT;
CREATE INDEX summaries_of_code ON summaries(code_id);
CREATE INDEX summaries_of_case ON summaries(case_id);
CREATE INDEX summaries_of_source ON summaries(source_id);
CREATE INDEX summaries_of_attribute ON summaries(attribute_id);
"""


@migrations()
def format_4(db: Database) -> None:
    """Summaries."""
    for statement in _FORMAT_4.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("PRAGMA user_version = 4")


_FORMAT_5 = """
CREATE TABLE statements (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, sort TEXT NOT NULL, position REAL NOT NULL, criterion TEXT NOT NULL,
    question TEXT NOT NULL, words TEXT NOT NULL, status TEXT NOT NULL, differences TEXT NOT NULL, unit TEXT NOT NULL,
    addressed TEXT NOT NULL, priority TEXT NOT NULL, time TEXT NOT NULL, resources TEXT NOT NULL, response TEXT NOT NULL,
    reply TEXT NOT NULL, follow_up TEXT NOT NULL, context TEXT NOT NULL, users TEXT NOT NULL, challenges TEXT NOT NULL,
    success TEXT NOT NULL, administrative TEXT NOT NULL, cause TEXT NOT NULL, impact TEXT NOT NULL, replication TEXT NOT NULL,
    goals TEXT NOT NULL, comments TEXT NOT NULL) STRICT;
CREATE TABLE grounds (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE,
    statement_id INTEGER NOT NULL REFERENCES statements(id) DEFERRABLE INITIALLY DEFERRED,
    other_id INTEGER REFERENCES statements(id) DEFERRABLE INITIALLY DEFERRED,
    coding TEXT NOT NULL, cell TEXT NOT NULL, evidence TEXT NOT NULL, said TEXT NOT NULL) STRICT;
CREATE INDEX grounds_of_statement ON grounds(statement_id);
CREATE INDEX grounds_of_other ON grounds(other_id);
CREATE INDEX grounds_of_coding ON grounds(coding) WHERE coding <> '';
"""


@migrations()
def format_5(db: Database) -> None:
    """Statements."""
    for statement in _FORMAT_5.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("PRAGMA user_version = 5")
