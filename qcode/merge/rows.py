"""What the operations of a set make of one row: its values, whether it exists, and what people disagree on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from qcode.merge.history import Operation, OperationId, Rank

Scalar = str | int | float | None
Saw = Callable[[OperationId, OperationId], bool]


@dataclass(frozen=True, slots=True)
class Write:
    """What one operation did to one row. `values` are the fields it set (all of them for an insert); None is a delete. `origin` is the
    UUID it was written under where that is read as another's."""

    operation: Operation
    values: Mapping[str, Scalar] | None
    inserts: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class RowState:
    """A row as the set of operations has it.

    `values` is None when the row does not exist. `conflicts` gives, for a field with several values nobody has chosen between, the
    operations that wrote them, greatest rank first: the first one counts. `kept` are deletes that did not take effect because
    somebody who had not seen them used the row.
    """

    values: dict[str, Scalar] | None
    conflicts: dict[str, list[Write]] = field(default_factory=dict)
    kept: list[Operation] = field(default_factory=list)


def net_write(operation: Operation, writes: Iterable[tuple[Mapping[str, Scalar] | None, bool]], origin: str = "") -> Write | None:
    """What one operation did to one row in all, from its writes in their order, each as `(values, inserts)`.

    None when it made the row and removed it again.
    """
    made_here: bool | None = None
    net: dict[str, Scalar] | None = None
    made = False
    for values, inserts in writes:
        made_here = inserts if made_here is None else made_here
        if values is None:
            net, made = None, False
        elif net is None:
            net, made = dict(values), inserts
        else:
            net.update(values)
    return None if net is None and made_here else Write(operation, net, made, origin)


def row_state(writes: Iterable[Write], saw: Saw, together: Sequence[Sequence[str]] = ()) -> RowState:
    """The state of one row from its active writes, one of each operation, in any order. This is a pure function of the set.

    `together` are groups of fields that only one write can give a value, such as both ends of a passage; a conflict about a group
    stands under its first field.
    """
    active = list(writes)
    touches = [write for write in active if write.values is not None]
    if not any(write.inserts for write in touches):
        return RowState(None)
    deletes = [write for write in active if write.values is None]
    survived = [delete.operation for delete in deletes if any(not saw(delete.operation.id, touch.operation.id) for touch in touches)]
    if len(survived) < len(deletes):
        return RowState(None)
    values: dict[str, Scalar] = {}
    conflicts: dict[str, list[Write]] = {}
    groups = {name: group for group in together for name in group}
    for name in dict.fromkeys(chain.from_iterable(touch.values or () for touch in touches)):
        group = groups.get(name, (name,))
        if name in values:
            continue
        standing = _standing([touch for touch in touches if not touch.values.keys().isdisjoint(group)], saw)  # type: ignore[union-attr]
        said = [[_value(write, field, touches, saw) for field in group] for write in standing]
        values.update(zip(group, said[0], strict=True))
        if any(other != said[0] for other in said[1:]):
            conflicts[group[0]] = standing
    # A delete that its own copy's re-insertion followed is settled; only one that met a touch it could not know of is listed.
    kept = [delete for delete in survived if not any(saw(touch.operation.id, delete.id) for touch in touches)]
    return RowState(values, conflicts, kept)


def rank_of(writes: Iterable[Write], fields: Collection[str], saw: Saw) -> Rank:
    """The greatest rank among the writes that give a row the values of `fields`; `writes` are active and of one row."""
    touches = [write for write in writes if write.values is not None]
    found: Rank = (0, "", 0)
    for name in fields:
        of_field = [touch for touch in touches if name in (touch.values or ())]
        if of_field:
            found = max(found, _standing(of_field, saw)[0].operation.rank)
    return found


def _value(write: Write, name: str, touches: Iterable[Write], saw: Saw) -> Scalar:
    """What a write says a field is: its own value, else that of the last one it had seen."""
    if write.values is not None and name in write.values:
        return write.values[name]
    earlier = [touch for touch in touches if name in (touch.values or ()) and saw(write.operation.id, touch.operation.id)]
    last = max(earlier, key=lambda touch: touch.operation.rank, default=None)
    return None if last is None or last.values is None else last.values[name]


def _standing(writes: list[Write], saw: Saw) -> list[Write]:
    """The writes that no other one had seen, greatest rank first."""
    if len(writes) == 1:
        return writes
    standing = [
        write for write in writes if not any(other is not write and saw(other.operation.id, write.operation.id) for other in writes)
    ]
    return sorted(standing, key=lambda write: write.operation.rank, reverse=True)
