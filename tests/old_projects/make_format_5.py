"""How format-5.qcode was made: `python -m tests.old_projects.make_format_5 TARGET`. Every table is used."""

from __future__ import annotations

import random
import sqlite3
import sys
from pathlib import Path

from qcode.model.statement import Ground, Sort
from qcode.model.summary import SummaryPlace
from qcode.operations.handout import handout
from qcode.operations.merging import merge_files
from qcode.operations.purge import purge_source
from qcode.operations.statements import change_statement, delete_statements, review_statements, write_statement
from qcode.project import Project
from tests.old_projects.make_format_1 import SMALL_PAGE, passage
from tests.old_projects.make_format_2 import team
from tests.old_projects.make_format_4 import summaries
from tests.store.examples import add_source, fill, keys, new_project, reopen


def findings(project: Project) -> None:
    """A finding on a quote and a cell, a conclusion on it, a recommendation on that, and a lesson that was deleted."""
    with project.reading() as db:
        coding, code = db.execute("SELECT c.uuid, k.uuid FROM codings c JOIN codes k ON k.id = c.code_id ORDER BY c.id LIMIT 1").fetchone()
    grounds = [Ground(coding=coding), Ground(cell=SummaryPlace(code))]
    finding = write_statement(project, Sort.FINDING, "Everybody says so.", criterion="Relevance", grounds=grounds)
    conclusion = write_statement(project, Sort.CONCLUSION, "It matters.", grounds=[Ground(statement=finding)])
    advice = write_statement(project, Sort.RECOMMENDATION, "Go on.", unit="Office", grounds=[Ground(statement=conclusion)])
    review_statements(project, [finding, conclusion])
    change_statement(project, advice, response="accepted", reply="At once.")
    delete_statements(project, [write_statement(project, Sort.LESSON, "Nothing much.", grounds=grounds[:1])])


def main(target: Path) -> None:
    """The partial copy of a project, into which the whole project was merged, and taken back, and merged again; summaries and findings."""
    leader = target.with_name("leader.qcode")
    with new_project(leader, 42) as project:
        fill(project, sources=3, codings=12, seed=42)
        withdrawn = project.transact("import sources", "Import", lambda act: add_source(act, random.Random(2), "withdrawn.txt"))
        purge_source(project, withdrawn)
        project.transact("assign", "Assign a passage", passage)
        project.transact("team", "Divide the work", team)
        sources = project.transact("look", "Look", lambda act: keys(act, "sources"))
        handout(project, "Ada", target, sources=sources[:2])
        project.transact("add code", "Add code X", lambda act: act.insert("codes", {"name": "X"}))
        summaries(project)
        findings(project)
    with reopen(target, 43) as project:
        project.transact("add code", "Add code X", lambda act: act.insert("codes", {"name": "X"}))
        project.transact("add code", "Add code Y", lambda act: act.insert("codes", {"name": "Y"}))
        project.undo()
        merge_files(project, [leader])
        project.undo()
        merge_files(project, [leader])
    leader.unlink()
    db = sqlite3.connect(target)
    db.execute(f"PRAGMA page_size = {SMALL_PAGE}")
    db.execute("VACUUM")
    db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
