"""How format-2.qcode was made: `python -m tests.old_projects.make_format_2 TARGET`. Every table is used."""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
from pathlib import Path

from qcode.operations.merging import merge_files
from qcode.operations.purge import purge_source
from qcode.store.journal import Act
from tests.old_projects.make_format_1 import SMALL_PAGE, passage
from tests.store.examples import add_source, fill, keys, new_project, reopen


def team(act: Act) -> None:
    """A row in each table that teams brought."""
    first, second = keys(act, "coders")[:2]
    source, text = act.db.execute("SELECT s.uuid, t.sha256 FROM sources s JOIN texts t ON t.id = s.text_id ORDER BY s.id").fetchone()
    sample = act.insert("samples", {"name": "Round 1", "seed": 7})
    act.insert("handouts", {"coder": second, "blind": 1, "handed_out": "2022-05-02"})
    act.insert("allocations", {"coder": second, "source": source, "sample": sample})
    place = {"source": source, "text": text, "span_start": 3, "span_end": 30, "code": keys(act, "codes")[0]}
    act.insert("decisions", {**place, "first": first, "second": second, "outcome": "both", "reason": "see the definition", "coder": first})
    act.insert("answers", {"question": "same code", "one": keys(act, "codes")[0], "other": keys(act, "codes")[1], "answer": "different"})


def main(target: Path) -> None:
    copy = target.with_name("copy.qcode")
    with new_project(target, 22) as project:
        fill(project, sources=3, codings=12, seed=22)
        project.set_coder("Ada")
        withdrawn = project.transact("import sources", "Import", lambda act: add_source(act, random.Random(2), "withdrawn.txt"))
        purge_source(project, withdrawn)
    shutil.copyfile(target, copy)
    with reopen(copy, 24) as project:
        project.transact("add code", "Add code X", lambda act: act.insert("codes", {"name": "X"}))
    with reopen(target, 23) as project:
        project.transact("assign", "Assign a passage", passage)
        project.transact("team", "Divide the work", team)
        project.transact("add code", "Add code X", lambda act: act.insert("codes", {"name": "X"}))
        project.transact("add code", "Add code Y", lambda act: act.insert("codes", {"name": "Y"}))
        project.undo()
        merge_files(project, [copy])
        project.undo()
        merge_files(project, [copy])
    copy.unlink()
    db = sqlite3.connect(target)
    db.execute(f"PRAGMA page_size = {SMALL_PAGE}")
    db.execute("VACUUM")
    db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
