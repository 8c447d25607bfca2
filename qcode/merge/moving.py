"""Places in a text that was edited meanwhile: carried over to what the text is now, and doubtful where little of the words is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from qcode.merge.content import Reason
from qcode.merge.lines import Values
from qcode.model.span import Span
from qcode.text.carrying import SURE, carry

if TYPE_CHECKING:
    from qcode.merge.mending import Mending

#: The tables whose rows have a place in a text.
PLACED = ("assignments", "codings", "decisions")


def move_places(
    mending: Mending, around: Mapping[str, Mapping[str, Values]], texts: Mapping[str, str], text: Callable[[str], str]
) -> None:
    """Carry every place in an older text over to the present one.

    `around` are rows by table of sources in hand, `texts` the SHA-256 of the present text of each source, `text` gives a text by it.
    What the journal says stays: when the edit is undone, the place is exactly where it was.
    """
    for table in PLACED:
        rows = {**around.get(table, {}), **mending.content.tables.get(table, {})}
        moved: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key, values in rows.items():
            now = texts.get(str(values.get("source")), values.get("text"))
            if values.get("text") is not None and now != values["text"]:
                moved[str(values["text"]), str(now)].append(key)
        for (before, now), keys in sorted(moved.items()):
            _move(mending, table, {key: rows[key] for key in sorted(keys)}, (text(before), text(now)), now)


def _move(mending: Mending, table: str, rows: Mapping[str, Values], texts: tuple[str, str], now: str) -> None:
    old, new = texts
    if not old or not new:
        return
    spans = [Span(int(values["span_start"] or 0), int(values["span_end"] or 0)) for values in rows.values()]
    for (key, values), carried in zip(rows.items(), carry(old, new, spans), strict=True):
        mending.content.tables[table].setdefault(key, dict(values))
        place: Values = {"span_start": carried.span.start, "span_end": carried.span.end, "text": now}
        if carried.sure < SURE:
            mending.change(Reason.MOVED, table, key, str(values["source"]), place)
        else:
            mending.alter(Reason.MOVED, table, key, str(values["source"]), place)
