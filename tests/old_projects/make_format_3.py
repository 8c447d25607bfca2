"""How format-3.qcode was made: `python -m tests.old_projects.make_format_3 TARGET`. Every table is used."""

from __future__ import annotations

import random
import sqlite3
import sys
from pathlib import Path

from qcode.operations.handout import handout
from qcode.operations.merging import merge_files
from qcode.operations.purge import purge_source
from tests.old_projects.make_format_1 import SMALL_PAGE, passage
from tests.old_projects.make_format_2 import team
from tests.store.examples import add_source, fill, keys, new_project, reopen


def main(target: Path) -> None:
    """The partial copy of a project, into which the whole project was merged, and taken back, and merged again."""
    leader = target.with_name("leader.qcode")
    with new_project(leader, 32) as project:
        fill(project, sources=3, codings=12, seed=32)
        withdrawn = project.transact("import sources", "Import", lambda act: add_source(act, random.Random(2), "withdrawn.txt"))
        purge_source(project, withdrawn)
        project.transact("assign", "Assign a passage", passage)
        project.transact("team", "Divide the work", team)
        sources = project.transact("look", "Look", lambda act: keys(act, "sources"))
        handout(project, "Ada", target, sources=sources[:2])
        project.transact("add code", "Add code X", lambda act: act.insert("codes", {"name": "X"}))
    with reopen(target, 33) as project:
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
