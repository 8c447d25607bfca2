"""Findings, conclusions, recommendations, lessons and good practices: written, put in order, reviewed, and linked with what they rest on.

Each link keeps what whoever made or last reviewed it saw, so that a statement knows what has changed below it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from qcode.errors import UserError
from qcode.model.statement import CRITERIA, FIELDS, FIELDS_OF, RESTS_ON, Ground, Response, Sort
from qcode.model.summary import Status, SummaryPlace
from qcode.operations.summaries import refuse_signs
from qcode.project import Project
from qcode.store.journal import Act
from qcode.store.rows import rows_referring
from qcode.store.schema import CONTENT, Values
from qcode.store.statements import Stated, read_grounds, read_statements, stated
from qcode.text.decoding import unify_line_ends
from qcode.views.grounds import Looked

_TABLE, _LINKS = "statements", "grounds"
_LONGEST_LINE = 200
_ON_ONE_LINE = ("criterion", "unit", "addressed", "priority")


def write_statement(
    project: Project, sort: Sort, words: str, *, status: Status = Status.DRAFT, grounds: Sequence[Ground] = (), **more: str
) -> str:
    """Write a new statement, the last of its sort, with what it rests on, as one act; gives its UUID.

    `more` are any of criterion, question and the `FIELDS` of its sort. Raises UserError for words of blanks, for a field its sort does not
    have, and for what is not there to rest on.
    """
    return project.transact("write finding", f"Write a {sort}", lambda act: StatementAct(act).write(sort, words, status, more, grounds))


def change_statement(project: Project, statement: str, **given: str) -> bool:
    """Set any of words, status, criterion, question and the fields of its sort, and leave the rest. New words are a draft unless `status`
    says otherwise. False when nothing was different; raises UserError as `write_statement` does."""
    return project.transact("change finding", "Change a finding", lambda act: StatementAct(act).change(statement, given))


def move_statement(project: Project, statement: str, before: str = "") -> bool:
    """Put a statement before another one of its sort, or last; False when it stands there. Findings stand by criterion first."""
    return project.transact("move finding", "Move a finding", lambda act: StatementAct(act).move(statement, before))


def edit_statement(project: Project, statement: str, given: Mapping[str, str], before: str | None = None) -> bool:
    """Both as one act: `given` as `change_statement` takes it and, unless `before` is None, the place as `move_statement` does."""

    def work(act: Act) -> bool:
        writing = StatementAct(act)
        changed = writing.change(statement, given) if given else False
        return (before is not None and writing.move(statement, before)) or changed

    return project.transact("change finding", "Change a finding", work)


def review_statements(project: Project, statements: Sequence[str], status: Status = Status.REVIEWED) -> int:
    """Say that statements hold over what they rest on as it is now (`status` DRAFT takes that back), as one act; how many were not so
    already."""

    def work(act: Act) -> int:
        writing = StatementAct(act)
        changed = sum([writing.review(statement, status) for statement in statements])
        act.call(_counted("Review", changed))
        return changed

    return project.transact("review finding", _counted("Review", len(statements)), work)


def delete_statements(project: Project, statements: Sequence[str]) -> int:
    """Remove statements, with the links from and to them, as one act that undo brings back whole; how many there were."""

    def work(act: Act) -> int:
        keys = [statement for statement in statements if act.rows.has(_TABLE, statement)]
        links = {row for field in ("statement", "other") for row in rows_referring(act.db, _LINKS, field, keys)}
        act.delete(_LINKS, sorted(links))
        act.delete(_TABLE, keys)
        act.call(_counted("Delete", len(keys)))
        return len(keys)

    return project.transact("delete finding", _counted("Delete", len(statements)), work)


def _counted(verb: str, count: int) -> str:
    return f"{verb} {count} findings" if count > 1 else f"{verb} a finding"


def link_grounds(project: Project, statement: str, grounds: Sequence[Ground]) -> int:
    """Say that a statement rests on quotes, cells or other statements, as one act; how many it did not rest on before.

    Raises UserError for what is not there, and where a statement of its sort rests on none of the other's.
    """
    return project.transact("link finding", "Link a finding", lambda act: StatementAct(act).link(statement, grounds))


def unlink_grounds(project: Project, statement: str, grounds: Collection[Ground]) -> int:
    """Say that a statement does not rest on some things any more, as one act; how many it did rest on."""

    def work(act: Act) -> int:
        keys = [one.uuid for one in read_grounds(act.db, statement) if one.ground in grounds]
        act.delete(_LINKS, keys)
        return len(keys)

    return project.transact("unlink finding", "Unlink a finding", work)


class StatementAct:
    """Writes statements as part of an act, and looks the project up once for all of them."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._looked: Looked | None = None

    def write(self, sort: Sort, words: str, status: Status, more: Mapping[str, str], grounds: Sequence[Ground] = ()) -> str:
        """Write a new statement; see `write_statement`."""
        values = self._checked(sort, {**more, "words": words, "status": status.value})
        last = max((one.position for one in read_statements(self._act.db) if one.sort is sort), default=0.0)
        key = self._act.insert(_TABLE, {"sort": sort.value, "position": last + 1.0, **values})
        self.link(key, grounds)
        return key

    def change(self, statement: str, given: Mapping[str, str]) -> bool:
        """Set fields of a statement; see `change_statement`."""
        there = self.there(statement)
        values = self._checked(there.sort, given)
        if values.get("words", there.words) != there.words and "status" not in values:
            values["status"] = Status.DRAFT.value
        return self._act.update(_TABLE, statement, values)

    def move(self, statement: str, before: str) -> bool:
        """Put a statement before another one; see `move_statement`."""
        there = self.there(statement)
        if before and self.there(before).sort is not there.sort:
            raise UserError(f"Only a {there.sort} stands before or after a {there.sort}: choose another place.")
        order = [one for one in read_statements(self._act.db) if one.sort is there.sort]
        others = [one for one in order if one.uuid != statement]
        at = next((number for number, one in enumerate(others) if one.uuid == before), len(others))
        wanted = [*others[:at], there, *others[at:]]
        if wanted == order:
            return False
        low, high = (others[at - 1].position if at else None), (others[at].position if at < len(others) else None)
        place = _between(low, high)
        if place is not None:
            return self._act.update(_TABLE, statement, {"position": place})
        return sum([self._act.update(_TABLE, one.uuid, {"position": float(at)}) for at, one in enumerate(wanted, start=1)]) > 0

    def review(self, statement: str, status: Status) -> bool:
        """Give a statement another status, and its links what is there now; see `review_statements`."""
        self.there(statement)
        links = read_grounds(self._act.db, statement)
        found = self._look().now([one.ground for one in links])
        changed = [self._act.update(_LINKS, one.uuid, _seen(found[one.ground])) for one in links if one.ground in found]
        return any([*changed, self._act.update(_TABLE, statement, {"status": status.value})])

    def link(self, statement: str, grounds: Sequence[Ground]) -> int:
        """Link a statement with what it rests on; see `link_grounds`."""
        sort = self.there(statement).sort
        for ground in grounds:
            self._refuse(sort, statement, ground)
        there = {one.ground for one in read_grounds(self._act.db, statement)}
        new = [one for one in dict.fromkeys(grounds) if one not in there]
        found = self._look().now(new)
        if not found.keys() >= set(new):
            raise UserError("What it is to rest on is not in the project any more: choose something else.")
        for ground in new:
            ends: Values = {"statement": statement, "other": ground.statement or None, "coding": ground.coding, "cell": ground.cell.written}
            self._act.insert(_LINKS, {**ends, **_seen(found[ground])}, ground.uuid_for(statement))
        return len(new)

    def rewritten(self, statement: str, field: str, text: str) -> Values:
        """What a field of a statement says in other words, new words being a draft. Raises UserError when it cannot."""
        values = self._checked(self.there(statement).sort, {field: text})
        return {**values, "status": Status.DRAFT.value} if field == "words" else values

    def there(self, statement: str) -> Stated:
        """A statement as it stands. Raises UserError where there is none."""
        values = self._act.rows.read(CONTENT[_TABLE], statement)
        if values is None:
            raise UserError("This finding is not in the project any more: undo or another removal took it away.")
        return stated(statement, values)

    def _refuse(self, sort: Sort, statement: str, ground: Ground) -> None:
        if [bool(ground.statement), bool(ground.coding), ground.cell != SummaryPlace()].count(True) != 1:
            raise UserError("A finding rests on a quote, a cell, or another finding: choose one of them.")
        if not ground.statement:
            return
        other = self.there(ground.statement)
        if ground.statement == statement or other.sort not in RESTS_ON[sort]:
            known = " or ".join(f"a {one}" for one in RESTS_ON[sort])
            raise UserError(f"A {sort} rests on {f'quotes, cells, {known}' if known else 'quotes and cells'}, not on a {other.sort}.")

    def _checked(self, sort: Sort, given: Mapping[str, str]) -> Values:
        """Fields as they are stored. Raises UserError for those that are none, and for what they cannot say."""
        values: Values = {}
        for name, written in given.items():
            if name in FIELDS and name not in FIELDS_OF[sort]:
                raise UserError(f"A {sort} has no field '{FIELDS[name]}': leave it out.")
            if name not in FIELDS and name not in ("words", "status", "criterion", "question"):
                raise UserError(f"'{name}' is no field of a {sort}: it has {', '.join(FIELDS_OF[sort]) or 'none of its own'}.")
            text = unify_line_ends(written)
            refuse_signs(text)
            values[name] = text if name == "words" else text.strip()
        if "words" in values and not str(values["words"]).strip():
            raise UserError(f"The {sort} has no words: write some, or delete it.")
        for name in _ON_ONE_LINE:
            if len(str(values.get(name, ""))) > _LONGEST_LINE or "\n" in str(values.get(name, "")):
                raise UserError(f"'{FIELDS.get(name, 'Criterion')}' is one line of at most {_LONGEST_LINE} characters: say it shorter.")
        if values.get("response") not in (None, *Response):
            raise UserError(f"'{values['response']}' is no response: say accepted, partly accepted or not accepted, or leave it empty.")
        if values.get("criterion"):
            values["criterion"] = self._criterion(str(values["criterion"]))
        return values

    def _criterion(self, written: str) -> str:
        """A criterion as it is written elsewhere in the project, or in the list that is offered."""
        known = [*(one.criterion for one in read_statements(self._act.db)), *CRITERIA]
        return next((one for one in known if one.casefold() == written.casefold()), written)

    def _look(self) -> Looked:
        if self._looked is None:
            self._looked = Looked(self._act.db)
        return self._looked


def _seen(now: tuple[str, str]) -> Values:
    return {"evidence": now[0], "said": now[1]}


def _between(low: float | None, high: float | None) -> float | None:
    """A position between two others; None where there is none left."""
    if high is None:
        return 1.0 if low is None else low + 1.0
    if low is None:
        return high - 1.0
    middle = (low + high) / 2
    return middle if low < middle < high else None
