"""What becomes of the links of findings when two codes, or two codings of a passage, become one: none is lost."""

from __future__ import annotations

from dataclasses import replace

from qcode.model.statement import Ground
from qcode.model.summary import SummaryPlace
from qcode.store.journal import Act
from qcode.store.schema import CONTENT, Values
from qcode.store.statements import grounds_naming
from qcode.synthesis.evidence import decode, encode


def move_cells(act: Act, code: str, into: str) -> None:
    """Let what rests on cells of a code rest on those of another one, as part of an act. What was seen is kept, so that a finding says
    itself what has become of its quotes."""
    for key, values in list(act.rows.read_many(CONTENT["grounds"], grounds_naming(act.db, code))):
        cell = SummaryPlace.read(str(values["cell"]))
        if cell.code == code:
            _move(act, key, values, Ground(cell=replace(cell, code=into)))


def move_quote(act: Act, coding: str, same: str) -> None:
    """Let what rests on a coding rest on another one that says the same, as part of an act."""
    for key, values in list(act.rows.read_many(CONTENT["grounds"], grounds_naming(act.db, coding))):
        seen = {same if one == coding else one: at for one, at in (decode(str(values["evidence"])) or {}).items()}
        _move(act, key, {**values, "evidence": encode(seen)}, Ground(coding=same))


def _move(act: Act, key: str, values: Values, ground: Ground) -> None:
    """Put a link in the place of another; where there is one already, it gets what both saw."""
    moved = {**values, "coding": ground.coding, "cell": ground.cell.written}
    target = ground.uuid_for(str(values["statement"]))
    there = act.rows.read(CONTENT["grounds"], target)
    act.delete("grounds", [key])
    if there is None:
        act.insert("grounds", moved, target)
        return
    seen = [decode(str(each["evidence"])) or {} for each in (values, there)]
    if not act.update("grounds", target, {"evidence": encode({**seen[0], **seen[1]})}):
        act.touch("grounds", target)
