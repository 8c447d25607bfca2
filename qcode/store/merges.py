"""The merges of this copy, each with the plan of it as it was."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, replace
from typing import Any

from qcode.model.merging import CodeSide, Conflict, Contribution, MergePlan, MergeReport, Question, Said
from qcode.store.journal import Act


def write_plan(act: Act, plan: MergePlan) -> None:
    """Keep the plan of the merge that `act` is."""
    text = json.dumps(asdict(replace(plan, joined=())), ensure_ascii=False, separators=(",", ":"))
    act.db.execute("UPDATE merges SET report = ? WHERE id = ?", (text, act.changes.operation))


def read_merges(db: sqlite3.Connection) -> list[MergeReport]:
    """Every merge, newest first; one that was taken back says so."""
    undone = _taken_back(db)
    rows = db.execute("SELECT id, at, coder, report FROM merges WHERE undoes_id IS NULL AND report <> '' ORDER BY id DESC")
    return [MergeReport(number, at, coder, _plan(json.loads(report)), number in undone) for number, at, coder, report in rows]


def _taken_back(db: sqlite3.Connection) -> set[int]:
    undone: set[int] = set()
    for number, undoes in db.execute("SELECT id, undoes_id FROM merges WHERE undoes_id IS NOT NULL ORDER BY id DESC"):
        if number not in undone:
            undone.add(undoes)
    return undone


def _plan(kept: dict[str, Any]) -> MergePlan:
    conflicts = tuple(_conflict(one) for one in kept["conflicts"])
    questions = tuple(Question(one["id"], CodeSide(**one["one"]), CodeSide(**one["other"]), one["alike"]) for one in kept["questions"])
    contributions = tuple(_contribution(one) for one in kept["contributions"])
    lists: dict[str, Any] = {name: tuple(kept[name]) for name in ("files", "withdrawn", "lost", "joined", "back") if name in kept}
    return MergePlan(**{**kept, **lists, "contributions": contributions, "conflicts": conflicts, "questions": questions})


def _contribution(kept: dict[str, Any]) -> Contribution:
    others = tuple((table, count) for table, count in kept.get("others", ()))
    return Contribution(**{**kept, "places": tuple(kept["places"]), "others": others})


def _conflict(kept: dict[str, Any]) -> Conflict:
    base = _said(kept["base"]) if kept["base"] else None
    return Conflict(**{**kept, "base": base, "values": tuple(_said(one) for one in kept["values"])})


def _said(kept: dict[str, Any]) -> Said:
    return Said(**{**kept, "group": tuple((name, value) for name, value in kept["group"])})
