"""Codings that cannot stand side by side: one coder's same code on the same passage twice, and one short ID twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from operator import itemgetter
from typing import TYPE_CHECKING

from qcode.merge.content import Reason
from qcode.merge.lines import Values
from qcode.model.identity import ALPHABET, SHORT_LETTERS, short_letters

if TYPE_CHECKING:
    from qcode.merge.mending import Mending

#: What makes two codings the same.
PLACE = ("source", "text", "span_start", "span_end", "code", "coder")
_place_of = itemgetter(*PLACE)
_MOST_LETTERS = 12
_BETWEEN = "\n\n"


def fold_codings(mending: Mending, around: Mapping[str, Values]) -> None:
    """Make one coding of those that say the same, with all that was written at them. `around` are codings not in hand."""
    codings = mending.content.tables["codings"]
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for key, values in [*around.items(), *codings.items()]:
        if values.get("span_start") is not None:
            groups[_place_of(values)].append(key)
    for rows in sorted(sorted(rows) for rows in groups.values() if len(rows) > 1):
        first, *others = mending.order("codings", rows, PLACE)
        every = [codings.get(key) or dict(around[key]) for key in (first, *others)]
        codings[first] = every[0]
        joined = _joined(every)
        for key, values in zip(others, every[1:], strict=True):
            mending.fold("codings", key, first, values)
        if any(every[0][name] != value for name, value in joined.items()):
            mending.alter(Reason.FOLDED, "codings", first, others[0], joined)


def _joined(codings: list[Values]) -> Values:
    """What codings that are one say together."""
    memos = dict.fromkeys(str(values["memo"]) for values in codings if values["memo"])
    flags = {name: max(int(values[name] or 0) for values in codings) for name in ("important", "contradicts")}
    return {"memo": _BETWEEN.join(memos), **flags}


def lengthen_ids(mending: Mending, around: Mapping[str, Values]) -> None:
    """Give a coding whose short ID another has more letters. `around` are codings not in hand."""
    codings = mending.content.tables["codings"]
    ids: dict[object, list[str]] = defaultdict(list)
    folded = {mend.row for mend in mending.content.mends if mend.reason is Reason.FOLDED} - codings.keys()
    for key, values in {**around, **codings}.items():
        if values.get("short_id") and key not in folded:
            ids[values["short_id"]].append(key)
    taken = set(ids)
    for short_id, rows in sorted(((str(short_id), rows) for short_id, rows in ids.items() if len(rows) > 1)):
        first, *others = mending.order("codings", rows, ("short_id",))
        for key in others:
            if key not in codings:
                codings[key] = dict(around[key])
            free = _longer(short_id, key, taken)
            taken.add(free)
            mending.change(Reason.LENGTHENED, "codings", key, first, {"short_id": free})


def _longer(short_id: str, coding: str, taken: set[object]) -> str:
    """The ID with more letters of the coding's own, until no other has it."""
    label, _, letters = short_id.rpartition("-")
    if not label or set(letters) - set(ALPHABET):
        label = short_id
    forms = (f"{label}-{short_letters(coding, count)}" for count in range(SHORT_LETTERS + 1, _MOST_LETTERS + 1))
    return next((form for form in forms if form not in taken), f"{label}-{coding}")
