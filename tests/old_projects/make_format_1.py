"""How format-1.qcode was made: `python -m tests.old_projects.make_format_1 TARGET`. Every table is used."""

from __future__ import annotations

import random
import sqlite3
import sys
from pathlib import Path

from qcode.operations.purge import purge_source
from qcode.store.journal import Act
from tests.store.examples import add_source, fill, new_project, reopen

SMALL_PAGE = 512


def passage(act: Act) -> None:
    """A passage of a source that belongs to a case of its own."""
    source, text = act.db.execute("SELECT s.uuid, t.sha256 FROM sources s JOIN texts t ON t.id = s.text_id ORDER BY s.id").fetchone()
    case = act.insert("cases", {"name": "Uzbekistan"})
    act.insert("assignments", {"case": case, "source": source, "text": text, "span_start": 0, "span_end": 40})


def main(target: Path) -> None:
    with new_project(target, 22) as project:
        fill(project, sources=3, codings=12, seed=22)
        project.set_coder("Ada")
        withdrawn = project.transact("import sources", "Import", lambda act: add_source(act, random.Random(2), "withdrawn.txt"))
        purge_source(project, withdrawn)
    with reopen(target, 23) as project:
        project.transact("assign", "Assign a passage", passage)
        project.transact("add code", "Add code X", lambda act: act.insert("codes", {"name": "X"}))
        project.transact("add code", "Add code Y", lambda act: act.insert("codes", {"name": "Y"}))
        project.undo()
        project.undo()
        project.redo()
    db = sqlite3.connect(target)
    db.execute(f"PRAGMA page_size = {SMALL_PAGE}")
    db.execute("VACUUM")
    db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
