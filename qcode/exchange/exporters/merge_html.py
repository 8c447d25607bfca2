"""A merge, or the plan of one, as one HTML page: who brought what, and each value that several gave."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.exporters.characters import visible
from qcode.exchange.exporters.page import write_page
from qcode.exchange.exporters.wording import counted
from qcode.model.merging import CodeSide, Conflict, Contribution, MergePlan, MergeReport, Said

_COUNTS = ("new_codings", "changed", "removed", "memos", "new_codes", "conflicts")


def write(plan: MergePlan, merge: MergeReport | None, project: str, path: Path) -> None:
    """Writes the report of `merge`, or without one of a plan that was not carried out; raises UserError when `path` cannot be written."""
    if merge is None:
        title, done = f"Plan of a merge into {project}", "Nothing of this was written yet."
    else:
        gone = " It was taken back since." if merge.taken_back else ""
        title, done = f"Merge into {project}", f"Merged {merge.at[:16].replace('T', ' ')} (UTC) by {merge.coder}.{gone}"
    there = f"{counted(plan.codings, 'coding')}, {counted(plan.memos, 'memo')} and {counted(plan.definitions, 'definition')}"
    lost = f"Neither in the result nor in this list: {', '.join(plan.lost)}." if plan.lost else "Nothing is lost."
    values = {
        "title": visible(title),
        "lead": visible(f"{done} {counted(len(plan.files), 'file')}: {', '.join(plan.files)}."),
        "sums": visible(f"{lost} All {there} are in the result or in this list; {counted(plan.removed, 'removed coding')} in the history."),
        "withdrawn": visible(f"Removed for good, consent withdrawn: {', '.join(plan.withdrawn)}." if plan.withdrawn else ""),
        "people": [_person(one) for one in plan.contributions],
        "conflicts": [_conflict(one) for one in plan.conflicts],
        "questions": [{"one": _side(one.one), "other": _side(one.other), "alike": one.alike} for one in plan.questions],
        "provenance": f"{counted(len(plan.conflicts), 'conflict')} and {counted(len(plan.questions), 'question')}.",
        "wide": False,
    }
    write_page(path, "merge.html.jinja", values, landscape=False)


def _person(one: Contribution) -> dict[str, object]:
    last = f"last change {one.last_change[:10]}" if one.last_change else ""
    where = " · ".join(part for part in (", ".join(one.places), one.file, last) if part)
    return {"name": visible(one.coder), "where": visible(where), "counts": [getattr(one, name) for name in _COUNTS]}


def _conflict(one: Conflict) -> dict[str, object]:
    said = [*([("before", one.base)] if one.base else []), *((each.coder, each) for each in one.values)]
    field = one.field.replace("_", " ")
    return {
        "title": visible(one.title),
        "about": visible(" · ".join(part for part in (one.within, field, one.kind, one.id) if part)),
        "values": [_said(who, each) for who, each in said],
    }


def _said(who: str, said: Said) -> dict[str, str]:
    return {"who": visible(" · ".join(part for part in (who, said.at[:10]) if part)), "words": visible(said.words)}


def _side(side: CodeSide) -> dict[str, str]:
    used = f"{counted(side.codings, 'coding')} in {counted(side.sources, 'source')}"
    about = " · ".join(part for part in (side.coder, used) if part)
    return {"name": visible(side.path), "about": visible(about), "words": visible(side.definition)}
