"""A small project with a row of every kind, and tables written as text."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from qcode.model.identity import Identities
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.model.table import Table
from qcode.opening import create_project
from qcode.operations.cases import assign_source, create_case, set_value
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code
from qcode.operations.readings import mark_reading
from qcode.operations.sources import add_pasted, change_source
from qcode.project import Project
from qcode.store.check import check
from qcode.store.content import content_hash
from qcode.views.quotes import build_codings

NOTE = "The trainers were paid late. Nobody knew why.\n\nThe mayor backed the centre, and the mayor kept his word.\n"
REPORT = "Kyrgyzstan: the staff left twice 🙂.\nТаджикистан: ёлка не приехала.\nUzbekistan: all went well.\n"


@dataclass
class Example:
    """A project that is open, and the UUIDs of what is in it."""

    project: Project
    note: str
    report: str
    top: str
    code: str
    other: str
    country: str
    person: str
    coding: str


def table(text: str, name: str = "table.csv") -> Table:
    """The table that a csv file with this text holds."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    cells = {column.casefold(): [row[number] for row in rows] for number, column in enumerate(header)}
    return Table(name, tuple(header), cells, range(2, len(rows) + 2))


def new_project(path: Path, seed: int = 7) -> Project:
    return create_project(path, "Centres", coder="Ada", identities=Identities.seeded(seed), quiet=1000.0)


def example(path: Path, seed: int = 7) -> Example:
    """Two sources, three codes, two cases, an attribute, two assignments, a reading and a coding."""
    project = new_project(path, seed)
    note = add_pasted(project, "note.txt", NOTE)
    report = add_pasted(project, "report.txt", REPORT)
    change_source(project, note, label="KGZ01")
    top = create_code(project, "Constraints")
    code = create_code(project, "Late payment", top, definition="Money that comes late.")
    other = create_code(project, "Support", colour="#00aa00")
    person = create_case(project, "Kyrgyzstan > Aida")
    country = create_case(project, "Kyrgyzstan")
    set_value(project, country, "region", "south")
    assign_source(project, person, note)
    assign_source(project, country, report, Span(0, 35))
    mark_reading(project, note, ReadingStatus.FINISHED)
    coding = apply_code(project, note, Span(4, 27), code, memo="twice a year")
    return Example(project, note, report, top, code, other, country, person, coding)


def hash_of(project: Project) -> str:
    with project.reading() as db:
        return content_hash(db)


def acts_of(project: Project) -> int:
    """How many acts stand in the journal."""
    with project.reading() as db:
        return int(db.execute("SELECT count(*) FROM operations").fetchone()[0])


def assert_sound(project: Project) -> None:
    with project.reading() as db:
        assert check(db) == []


def codings_of(project: Project) -> list[tuple[object, ...]]:
    """The codings as the export lists them: id, source, start, end, quote, code, coder, memo, case."""
    return list(build_codings(project).rows)
