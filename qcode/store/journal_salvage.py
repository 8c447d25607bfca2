"""A journal with holes made whole again: operations that were lost are stood in for, so that what is left keeps its place and time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from qcode.merge.history import Operation, OperationId
from qcode.store.replay import Journal
from qcode.store.salvage import Salvage, understood

LOST = "lost"


@dataclass(frozen=True, slots=True)
class Act:
    """One row of `operations`. Of one that was lost only its place in the journal is known."""

    session: int
    seq: int
    clock: int
    coder: str = ""
    at: str = ""
    kind: str = LOST
    label: str = "An act that a damaged file has lost"
    undoes: int | None = None


@dataclass
class MendedJournal:
    """Sessions, operations and changes by their key in the file, sound in themselves."""

    sessions: dict[int, tuple[str, str, list[OperationId]]] = field(default_factory=dict)
    acts: dict[int, Act] = field(default_factory=dict)
    changes: dict[int, tuple[int, str, str, str | None, str | None]] = field(default_factory=dict)
    stood_in: int = 0
    changes_lost: int = 0

    def as_journal(self) -> Journal:
        """The same as merging sees it."""
        names = {number: (self.sessions[act.session][0], act.seq) for number, act in self.acts.items()}
        operations = {
            number: Operation(*names[number], act.clock, names[act.undoes] if act.undoes else None) for number, act in self.acts.items()
        }
        return Journal(operations, {key: heads for key, _, heads in self.sessions.values()})


def mend_journal(found: Salvage, new_uuid: Callable[[], str], most: int) -> MendedJournal:
    """The journal of what was found. `most` is more operations than the file can have held; what claims to be beyond is damage."""
    mended = MendedJournal(_sessions(found, new_uuid))
    wanted = {int(str(row[0])) for row in found.rows["row_changes"].values() if 0 < int(str(row[0])) < most}
    by_session: dict[int, dict[int, tuple[int, Act]]] = defaultdict(dict)
    for number, row in found.of("operations").items():
        session, seq, clock, coder, at, kind, label, undoes = row
        if 0 < number < most and 0 < int(str(seq)) < most:
            act = Act(int(str(session)), int(str(seq)), int(str(clock)), str(coder), str(at), str(kind), str(label), undoes or None)  # type: ignore[arg-type]
            if act.session not in mended.sessions:
                mended.sessions[act.session] = (new_uuid(), "unknown", [])
            by_session[act.session].setdefault(act.seq, (number, act))
    _stand_in(mended, by_session, wanted, most)
    _order_clocks(mended)
    _take_changes(mended, found)
    _check_undos(mended)
    return mended


def _sessions(found: Salvage, new_uuid: Callable[[], str]) -> dict[int, tuple[str, str, list[OperationId]]]:
    sessions: dict[int, tuple[str, str, list[OperationId]]] = {}
    taken: set[str] = set()
    for number, (key, program, heads) in found.of("sessions").items():
        name = new_uuid() if str(key) in taken else str(key)
        taken.add(name)
        sessions[number] = (name, str(program), _read_heads(str(heads)))
    return sessions


def _read_heads(text: str) -> list[OperationId]:
    try:
        return [(str(session), int(seq)) for session, seq in json.loads(text)]
    except (ValueError, TypeError):
        return []


def _stand_in(
    mended: MendedJournal, by_session: dict[int, dict[int, tuple[int, Act]]], wanted: set[int], most: int
) -> None:
    """Give each session operations from 1 on without a gap, with the numbers they had where the neighbours tell."""
    continued: dict[str, int] = defaultdict(int)
    for _, _, heads in mended.sessions.values():
        for name, seq in heads:
            continued[name] = max(continued[name], seq if seq < most else 0)
    used = {number for acts in by_session.values() for number, _ in acts.values()}
    greatest = max(used, default=0)
    free = max([greatest, *wanted]) + 1
    for session, (key, _, _) in mended.sessions.items():
        acts = by_session[session]
        top = max([continued[key], *acts])
        if wanted and greatest in (number for number, _ in acts.values()):
            top = max(top, acts[max(acts)][1].seq + max(wanted) - greatest)
        for seq in range(1, top + 1):
            if seq not in acts:
                number, clock = _place_of(acts, seq)
                if number in used or number <= 0:
                    number, free = free, free + 1
                used.add(number)
                acts[seq] = (number, Act(session, seq, clock))
                mended.stood_in += 1
        mended.acts.update(acts.values())
    known = {key for key, _, _ in mended.sessions.values()}
    for number, (key, program, heads) in mended.sessions.items():
        mended.sessions[number] = (key, program, [head for head in heads if head[0] in known and 1 <= head[1] < most])


def _place_of(acts: dict[int, tuple[int, Act]], seq: int) -> tuple[int, int]:
    """Number and clock of a lost operation: those of a session mostly follow one another. The nearest known one tells."""
    if not acts:
        return 0, seq
    near = min(acts, key=lambda known: (abs(known - seq), known))
    number, act = acts[near]
    return number + seq - near, act.clock + seq - near


def _order_clocks(mended: MendedJournal) -> None:
    """Let every operation be later than all it knew; a session that cannot be put in an order continues nothing."""
    waiting = dict(mended.sessions)
    clocks: dict[OperationId, int] = {}
    of_session: dict[int, list[int]] = defaultdict(list)
    for number, act in mended.acts.items():
        of_session[act.session].append(number)
    while waiting:
        names = {key for key, _, _ in waiting.values()}
        ready = [number for number, (_, _, heads) in waiting.items() if not any(head[0] in names for head in heads)]
        if not ready:
            number, (key, program, _) = next(iter(waiting.items()))
            waiting[number] = mended.sessions[number] = (key, program, [])
            ready = [number]
        for number in ready:
            name, _, heads = waiting.pop(number)
            _advance(mended, of_session[number], heads, clocks, name)


def _advance(mended: MendedJournal, numbers: list[int], heads: list[OperationId], clocks: dict[OperationId, int], name: str) -> None:
    before = max((clocks.get(head, 0) for head in heads), default=0)
    for number in sorted(numbers, key=lambda number: mended.acts[number].seq):
        act = mended.acts[number]
        before = max(act.clock, before + 1)
        mended.acts[number] = replace(act, clock=before)
        clocks[name, act.seq] = before


def _take_changes(mended: MendedJournal, found: Salvage) -> None:
    for number, row in found.of("row_changes").items():
        operation, table, key, before, after = row
        sides = [side for side in (before, after) if side is not None]
        good = sides and all(understood(side, str(table)) is not None for side in sides)
        if good and operation in mended.acts:
            mended.changes[number] = (int(str(operation)), str(table), str(key), *(None if s is None else str(s) for s in (before, after)))  # type: ignore[assignment]
        else:
            mended.changes_lost += 1


def _check_undos(mended: MendedJournal) -> None:
    """An undo names an earlier operation and writes nothing; one that does not is an act that was lost."""
    writing = {change[0] for change in mended.changes.values()}
    for number, act in mended.acts.items():
        if act.undoes is not None:
            target = mended.acts.get(act.undoes)
            if number in writing or target is None or target.clock >= act.clock:
                mended.acts[number] = replace(act, undoes=None)
