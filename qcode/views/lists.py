"""The project and its parts as lists: what `info`, `sources`, `cases` and `codes` show."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from qcode.model.code import CODEBOOK_COLUMNS
from qcode.model.paths import MARK
from qcode.model.report import TableReport
from qcode.model.source import Source
from qcode.project import Project
from qcode.store.cases import read_attributes, read_case_values, read_cases, read_whole_assignments
from qcode.store.codes import read_codes
from qcode.store.codings import count_by
from qcode.store.content import content_hash
from qcode.store.names import Names
from qcode.store.project_info import count_rows, format_of, languages_of, project_title, size_of
from qcode.store.sources import read_coders, read_readings, read_sources
from qcode.views.provenance import provenance

Line = dict[str, Any]


def project_info(project: Project) -> Line:
    """Title, format, content hash, counts, the names of coders and languages, and the size in bytes."""
    with project.reading() as db:
        return {
            "title": project_title(db),
            "format": format_of(db),
            "content_hash": content_hash(db),
            **count_rows(db),
            "coders": list(read_coders(db).values()),
            "languages": languages_of(db),
            "bytes": size_of(db),
        }


def list_sources(project: Project) -> list[Line]:
    """A line for each source by name: name, title, label, cases (paths), language, characters, sha256, reading (coder → status)."""
    with project.reading() as db:
        paths = {case.id: case.path for case in read_cases(db)}
        assigned = read_whole_assignments(db)
        coders = read_coders(db)
        readings: dict[str, dict[str, str]] = defaultdict(dict)
        for reading in read_readings(db):
            readings[reading.source][coders[reading.coder]] = reading.status.value
        return [
            {
                "name": source.name,
                "title": source.title,
                "label": source.label,
                "cases": sorted(paths[case] for case in assigned.get(source.id, ())),
                "language": source.language,
                "characters": source.characters,
                "sha256": source.text,
                "reading": readings.get(source.uuid, {}),
            }
            for source in read_sources(db)
        ]


def list_cases(project: Project) -> list[Line]:
    """A line for each case by path: case, parent, then each attribute with the case's own value or ''."""
    with project.reading() as db:
        values = read_case_values(db)
        attributes = read_attributes(db)
        return [
            {
                "case": case.path,
                "parent": case.path.rpartition(MARK)[0].strip(),
                **{attribute.name: values.get(attribute.id, {}).get(case.id, "") for attribute in attributes},
            }
            for case in read_cases(db)
        ]


def list_codes(project: Project) -> list[Line]:
    """A line for each code in the order of the codebook: code (path), parent, definition, include, exclude, example, colour, codings."""
    with project.reading() as db:
        counts = count_by(db, "code")
        return [
            {
                "code": code.path,
                "parent": code.path.rpartition(MARK)[0].strip(),
                "definition": code.definition,
                "include": code.include,
                "exclude": code.exclude,
                "example": code.example,
                "colour": code.colour,
                "codings": counts.get(code.id, 0),
            }
            for code in read_codes(db)
        ]


def find_source(project: Project, name: str) -> Source:
    """The source of that name or label. Raises UserError when there is none."""
    with project.reading() as db:
        return Names(db).source(name)


def codebook_report(project: Project) -> TableReport:
    """The codebook as the table that `codebook import` reads: the name of each code and the path of its parent."""
    lines = list_codes(project)
    rows = tuple(
        (line["code"].rpartition(MARK)[2].strip(), *(line[column] for column in CODEBOOK_COLUMNS[1:])) for line in lines
    )
    with project.reading() as db:
        return TableReport("Codebook", "Codebook", CODEBOOK_COLUMNS, rows, provenance(project, db))
