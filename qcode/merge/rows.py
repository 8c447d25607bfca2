"""What the operations of a set make of one row: its values, whether it exists, and what people disagree on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from qcode.merge.history import Operation, OperationId

Scalar = str | int | float | None
Saw = Callable[[OperationId, OperationId], bool]


@dataclass(frozen=True, slots=True)
class Write:
    """What one operation did to one row. `values` are the fields it set (all of them for an insert); None is a delete."""

    operation: Operation
    values: Mapping[str, Scalar] | None
    inserts: bool = False


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


def net_write(operation: Operation, writes: Iterable[tuple[Mapping[str, Scalar] | None, bool]]) -> Write | None:
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
    return None if net is None and made_here else Write(operation, net, made)


def row_state(writes: Iterable[Write], saw: Saw) -> RowState:
    """The state of one row from its active writes, one of each operation, in any order. This is a pure function of the set."""
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
    for name in dict.fromkeys(chain.from_iterable(touch.values or () for touch in touches)):
        standing = _standing([touch for touch in touches if name in (touch.values or ())], saw)
        values[name] = _value(standing[0], name)
        if any(_value(other, name) != values[name] for other in standing[1:]):
            conflicts[name] = standing
    # A delete that its own copy's re-insertion followed is settled; only one that met a touch it could not know of is listed.
    kept = [delete for delete in survived if not any(saw(touch.operation.id, delete.id) for touch in touches)]
    return RowState(values, conflicts, kept)


def _value(write: Write, name: str) -> Scalar:
    return None if write.values is None else write.values[name]


def _standing(writes: list[Write], saw: Saw) -> list[Write]:
    """The writes that no other one had seen, greatest rank first."""
    if len(writes) == 1:
        return writes
    standing = [
        write for write in writes if not any(other is not write and saw(other.operation.id, write.operation.id) for other in writes)
    ]
    return sorted(standing, key=lambda write: write.operation.rank, reverse=True)
