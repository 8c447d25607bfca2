"""A merge as a report that people who were not there can read."""

from __future__ import annotations

from qcode.exchange.exporters.wording import counted, day_of
from qcode.model.merging import Conflict, Contribution, MergePlan, Question, Said
from qcode.model.report import Section, SectionsReport
from qcode.project import Project
from qcode.views.provenance import provenance

_FIGURES = ("new codings", "changed", "removed", "memos", "new codes", "conflicts")
_WORK = ("coder", "file", "countries", "handed out", "last change", *_FIGURES, "also")
#: What a row of each table is called where rows are counted.
_NOUNS = {
    "project": "title",
    "codes": "changed code",
    "cases": "case",
    "attributes": "attribute",
    "case_values": "case value",
    "sources": "source",
    "source_values": "source value",
    "assignments": "case link",
    "readings": "reading mark",
    "samples": "sample",
    "allocations": "source assigned",
    "decisions": "settled difference",
    "answers": "answer",
    "summaries": "summary",
    "statements": "finding",
    "grounds": "link of a finding",
}


def merge_report(project: Project, plan: MergePlan, *, done: bool) -> SectionsReport:
    """The report of a merge that was `done`, or of what one would do: who did what, what is open, and that nothing is lost."""
    with project.reading() as db:
        origin = provenance(project, db)
    title = f"Merge of {counted(len(plan.files), 'file')}" if done else f"Plan of a merge of {counted(len(plan.files), 'file')}"
    sections = [_totals(plan), _work(plan), _conflicts(plan), _questions(plan)]
    if plan.withdrawn:
        rows = tuple((name,) for name in plan.withdrawn)
        sections.append(Section("Withdrawn", "Consent was withdrawn, so these sources are gone for good.", ("source",), rows))
    return SectionsReport(title, safety_sentence(plan), tuple(sections), origin)


def safety_sentence(plan: MergePlan) -> str:
    """Whether everything the files hold is there."""
    if plan.lost:
        return f"{counted(len(plan.lost), 'coding')} that somebody made cannot be found: undo the merge, and keep all files."
    held = f"{counted(plan.codings, 'coding')}, {counted(plan.memos, 'memo')} and {counted(plan.definitions, 'definition')}"
    said = f"Nothing is lost: {held} are in the project, and what two people said differently is listed with both."
    if plan.removed:
        said += f" {counted(plan.removed, 'coding')} went because somebody removed {_them(plan.removed)}."
    if plan.back:
        again = f"somebody took the removing back or went on with {_them(len(plan.back))}"
        said += f" {counted(len(plan.back), 'coding')} came back because {again}."
    return said


def _them(count: int) -> str:
    return "it" if count == 1 else "them"


def other_words(one: Contribution) -> str:
    """What somebody did beside coding: '2 summaries, 1 finding'; '' for nothing."""
    return ", ".join(counted(count, _NOUNS[table]) for table, count in one.others)


def _totals(plan: MergePlan) -> Section:
    figures = (
        ("new acts", plan.operations),
        ("rows that had been withheld", plan.completed),
        ("codings together", plan.codings),
        ("memos together", plan.memos),
        ("definitions together", plan.definitions),
        ("codings somebody removed", plan.removed),
        ("codings that came back", len(plan.back)),
        ("conflicts", len(plan.conflicts)),
        ("codes that may be the same", len(plan.questions)),
        ("lost", len(plan.lost)),
    )
    return Section("In figures", f"Files: {', '.join(plan.files)}.", ("figure", "number"), figures)


def _work(plan: MergePlan) -> Section:
    rows = tuple(
        (
            one.coder,
            one.file,
            ", ".join(one.places),
            day_of(one.handed_out),
            day_of(one.last_change),
            *(one.new_codings, one.changed, one.removed, one.memos, one.new_codes, one.conflicts, other_words(one)),
        )
        for one in plan.contributions
    )
    return Section("Who did what", "" if rows else "The files brought nothing that anybody did.", _WORK, rows)


def _conflicts(plan: MergePlan) -> Section:
    rows = tuple(_conflict(one) for one in plan.conflicts)
    columns = ("id", "kind", "what", "where", "field", "before", "values")
    note = "The first value counts until somebody decides." if rows else "There is nothing to settle."
    return Section("Conflicts", note, columns, rows)


def _conflict(one: Conflict) -> tuple[str, ...]:
    before = one.base.words if one.base else ""
    return (one.id, one.kind, one.title, one.within, one.field, before, "\n".join(_said(value) for value in one.values))


def _said(said: Said) -> str:
    who = ", ".join(part for part in (said.coder, day_of(said.at)) if part)
    return f"{said.words or '(empty)'} ({who})" if who else said.words or "(empty)"


def _questions(plan: MergePlan) -> Section:
    rows = tuple(_question(one) for one in plan.questions)
    columns = ("id", "code", "by", "other code", "by whom", "alike")
    note = "Codes are never joined unless somebody says that they are the same." if rows else "No two codes are alike in name."
    return Section("Alike codes", note, columns, rows)


def _question(one: Question) -> tuple[str, ...]:
    return (one.id, one.one.path, one.one.coder, one.other.path, one.other.coder, f"{one.alike} %")
