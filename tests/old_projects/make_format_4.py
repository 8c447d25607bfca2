"""How format-4.qcode was made: `python -m tests.old_projects.make_format_4 TARGET`. Every table is used."""

from __future__ import annotations

import random
import sqlite3
import sys
from pathlib import Path

from qcode.model.summary import Status, SummaryPlace
from qcode.operations.handout import handout
from qcode.operations.merging import merge_files
from qcode.operations.purge import purge_source
from qcode.operations.summaries import clear_summaries, review_summaries, write_summary
from qcode.project import Project
from tests.old_projects.make_format_1 import SMALL_PAGE, passage
from tests.old_projects.make_format_2 import team
from tests.store.examples import add_source, fill, keys, new_project, reopen


def summaries(project: Project) -> None:
    """Reviewed ones of a row and of a column, and one of a cell that was cleared."""
    codes, cases = (project.transact("look", "Look", lambda act, table=table: keys(act, table)) for table in ("codes", "cases"))
    with project.reading() as db:
        (coded,) = db.execute("SELECT k.uuid FROM codings c JOIN codes k ON k.id = c.code_id ORDER BY c.id LIMIT 1").fetchone()
        (coding,) = db.execute("SELECT short_id FROM codings ORDER BY id LIMIT 1").fetchone()
    row = SummaryPlace(code=coded)
    write_summary(project, row, f"Everybody says so [#{coding}].")
    review_summaries(project, [row])
    write_summary(project, SummaryPlace(case=cases[0]), "All of it.", Status.REVIEWED)
    write_summary(project, SummaryPlace(code=codes[0], case=cases[0]), "Nothing much.")
    clear_summaries(project, [SummaryPlace(code=codes[0], case=cases[0])])


def main(target: Path) -> None:
    """The partial copy of a project, into which the whole project was merged, and taken back, and merged again; and summaries."""
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
