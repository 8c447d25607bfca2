"""Decisions about what the merging of histories left open. Each is an act like any other: it travels, and can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.errors import DecisionRefused, UserError
from qcode.merge.content import Reason
from qcode.model.identity import uuid_of
from qcode.model.merging import Conflict, Decision
from qcode.model.paths import checked_name
from qcode.model.statement import FIELDS
from qcode.operations.adjudication import follow
from qcode.operations.cases import fitting
from qcode.operations.joining import join_codes, put_below, say_same
from qcode.operations.sources import checked_source
from qcode.operations.statements import StatementAct
from qcode.operations.summaries import SummaryAct
from qcode.project import Project
from qcode.store.cases import read_attributes, read_cases
from qcode.store.codes import read_codes
from qcode.store.journal import Act
from qcode.store.rows import rows_referring
from qcode.store.schema import CONTENT, Values
from qcode.store.sources import read_sources
from qcode.views.conflicts import ONE, REMOVE, UNDECIDABLE, conflicts_in
from qcode.views.questions import questions_in

#: The fields that hold whatever people write, and the names, which must be fit for a path.
_PLAIN = frozenset(("title", "definition", "include", "exclude", "example", "memo", "reason"))
_STATED = frozenset(("words", "criterion", "question", *FIELDS)) - {"response"}
_NAMES = {("codes", "name"): "code", ("cases", "name"): "case", ("sources", "name"): "source"}
_JOIN, _DIFFERENT, _BELOW = "same", "different", "below"


def resolve(project: Project, decisions: Sequence[Decision]) -> int:
    """Decide conflicts by their IDs as one act, and give how many were open. One that is settled meanwhile is passed over.

    Raises UserError, with nothing written, for an ID there never was, and as DecisionRefused for a value there is not to take, or a text
    where none can be.
    """

    def work(act: Act) -> int:
        known = {conflict.id: conflict for conflict in conflicts_in(act.db)}
        for decision in decisions:
            if decision.conflict not in known:
                raise UserError(f"There is no conflict '{decision.conflict}': list them again, for it may be settled.")
            conflict = known[decision.conflict]
            try:
                _settle(act, conflict, decision)
            except UserError as error:
                raise DecisionRefused(decision, str(error)) from None
            if conflict.table == "decisions" and conflict.kind == Reason.CONFLICT:
                follow(act, project, conflict.row, places_of(conflict))
        return len(decisions)

    label = "Settle a conflict" if len(decisions) == 1 else f"Settle {len(decisions)} conflicts"
    return project.transact("settle conflicts", label, work)


def takes_text(table: str, field: str) -> bool:
    """Whether words of one's own can be written where values of a field are in conflict."""
    if table == "statements":
        return field in _STATED
    return field in _PLAIN or field == "value" or (table, field) in {("summaries", "words"), *_NAMES}


def number_of(conflict: Conflict, named: str) -> int:
    """Which value of a conflict is meant by its number from 1, or by the coder who gave it. Raises UserError when none or several are."""
    if named.isdecimal():
        if 1 <= int(named) <= len(conflict.values):
            return int(named) - 1
        raise UserError(f"Conflict {conflict.id} has {len(conflict.values)} values: take one of 1 to {len(conflict.values)}.")
    found = [number for number, said in enumerate(conflict.values) if said.coder == named]
    if len(found) != 1:
        many = "no value" if not found else f"{len(found)} values"
        raise UserError(f"Conflict {conflict.id} has {many} of '{named}': take one by its number.")
    return found[0]


def places_of(conflict: Conflict) -> list[tuple[int, int]]:
    """The places that the values of a conflict name, in code points."""
    found = [dict(said.group) for said in conflict.values]
    return [(int(one["span_start"] or 0), int(one["span_end"] or 0)) for one in found if one.get("span_end") is not None]


def answer_question(project: Project, question: str, answer: str, keep: str = "") -> None:
    """Answer whether two codes are the same: 'same' joins them under the code `keep` (a UUID), 'different' keeps both and is not asked
    again, 'below' puts the one that is not `keep` below it. One act. Raises UserError for an ID that is not open."""

    def work(act: Act) -> None:
        asked = next((one for one in questions_in(act.db) if one.id == question), None)
        if asked is None:
            raise UserError(f"There is no question '{question}': list them again, for it may be answered.")
        ends = (asked.one.uuid, asked.other.uuid)
        kept = keep or ends[0]
        other = ends[1] if kept == ends[0] else ends[0]
        if answer == _JOIN:
            join_codes(act, other, kept)
            return
        if answer == _BELOW:
            put_below(act, other, kept)
        elif answer != _DIFFERENT:
            raise UserError(f"'{answer}' is no answer: say same, different or below.")
        one, two = sorted(ends)
        values: Values = {"question": "same code", "one": one, "other": two, "answer": answer}
        act.insert("answers", values, uuid_of("answers", "same code", one, two))

    project.transact("answer question", "Say whether two codes are the same", work)


def _settle(act: Act, conflict: Conflict, decision: Decision) -> None:
    if conflict.kind == Reason.CONFLICT and act.standing(conflict.table, conflict.row) is None:
        return  # Another decision of the same act removed the row.
    if conflict.kind in UNDECIDABLE:
        raise UserError(f"Conflict {conflict.id} settles itself when a file brings what {conflict.title} refers to.")
    if decision.text is not None:
        _write_text(act, conflict, decision.text)
        return
    taken = 0 if decision.take is None else decision.take
    if not 0 <= taken < len(conflict.values):
        raise UserError(f"Conflict {conflict.id} has {len(conflict.values)} values: take one of 1 to {len(conflict.values)}.")
    if conflict.kind == Reason.CONFLICT:
        _take(act, conflict, taken)
    elif conflict.kind == Reason.RENAMED and conflict.values[taken].value == ONE:
        say_same(act, conflict.table, conflict.row, conflict.partner)
    elif conflict.values[taken].value == REMOVE:
        remove_with_users(act, conflict.table, [conflict.row])
    else:
        act.confirm(conflict.table, conflict.row)


def _take(act: Act, conflict: Conflict, taken: int) -> None:
    """Write the value down, even where it counts already: whoever wrote the others is answered only by a later write."""
    act.write_down(conflict.table, conflict.row, dict(conflict.values[taken].group))


def _write_text(act: Act, conflict: Conflict, text: str) -> None:
    values = act.standing(conflict.table, conflict.row) or {}
    if conflict.table == "summaries":
        act.write_down(conflict.table, conflict.row, SummaryAct(act).rewritten(values, text))
        return
    if conflict.table == "statements" and conflict.field in _STATED:
        act.write_down(conflict.table, conflict.row, StatementAct(act).rewritten(conflict.row, conflict.field, text))
        return
    if conflict.field in _PLAIN and conflict.field in values:
        written = text
    elif (conflict.table, conflict.field) in _NAMES:
        written = checked_source(text) if conflict.table == "sources" else checked_name(text, _NAMES[conflict.table, conflict.field])
        _refuse_taken(act, conflict.table, conflict.row, written)
    elif conflict.field == "value":
        (attribute,) = (one for one in read_attributes(act.db) if one.uuid == values["attribute"])
        written = fitting(attribute, text)
    else:
        raise UserError(f"Conflict {conflict.id} is about what is chosen and not written: take one of its values.")
    act.write_down(conflict.table, conflict.row, {conflict.field: written})


def _refuse_taken(act: Act, table: str, row: str, name: str) -> None:
    """Raise UserError when another row has the name in the same place: it would only be numbered again."""
    if table == "sources":
        is_taken = any(one.name == name and one.uuid != row for one in read_sources(act.db))
    else:
        rows = {one.uuid: one for one in (read_codes(act.db) if table == "codes" else read_cases(act.db))}
        is_taken = row in rows and any(one.name == name and one.parent == rows[row].parent and one.uuid != row for one in rows.values())
    if is_taken:
        raise UserError(f"'{name}' is the name of another {table.removesuffix('s')} there: choose a name that is free.")


def remove_with_users(act: Act, table: str, rows: Sequence[str]) -> None:
    """Remove rows with everything that refers to them, as part of an act."""
    for other in CONTENT.values():
        for given in other.references:
            if given.ref == table and rows:
                users = rows_referring(act.db, other.name, given.name, rows)
                if users:
                    remove_with_users(act, other.name, users)
    act.delete(table, rows)
