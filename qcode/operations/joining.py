"""Two codes become one, or one goes below another; what is the same in projects begun apart.

What stays is written to by the act or, where nothing of it changes, touched: somebody else may join the two the other way round at the
same time, and then each deletes what the other one keeps. Both are there then, and listed.
"""

from __future__ import annotations

from qcode.errors import UserError
from qcode.merge.oneness import JOINED, SAME, answer_of
from qcode.model.identity import uuid_of
from qcode.operations.ground_joining import move_cells, move_quote
from qcode.operations.summary_joining import move_summaries
from qcode.store.codes import read_codes
from qcode.store.codings import find_same
from qcode.store.journal import Act
from qcode.store.rows import rows_referring
from qcode.store.schema import CONTENT, Values

_TEXTS = ("definition", "include", "exclude", "example")
_BETWEEN = "\n\n"


def join_codes(act: Act, code: str, into: str) -> None:
    """Let everything of one code (a UUID) be of another, and remove it, as part of an act.

    Codings move; where one coder has both codes on the same passage one coding stays, with both memos. Codes below move along; texts of
    the code that are not those of the other are added to them. Summaries move too; where both codes have one in a column, its words are
    added to those of the other. Findings rest on the cells of the other. That the one became the other is noted: whoever had read for it
    has read for the other.
    """
    _add_texts(act, code, into)
    for coding in rows_referring(act.db, "codings", "code", [code]):
        _move_coding(act, coding, into)
    for decision in rows_referring(act.db, "decisions", "code", [code]):
        act.update("decisions", decision, {"code": into})
    move_summaries(act, code, into)
    move_cells(act, code, into)
    for child in rows_referring(act.db, "codes", "parent", [code]):
        if child == into:
            act.update("codes", into, {"parent": (act.rows.read(CONTENT["codes"], code) or {})["parent"]})
        else:
            put_below(act, child, into)
    act.delete("codes", [code])
    key = uuid_of("answers", JOINED, code, into)
    if not act.rows.has("answers", key):
        act.insert("answers", {"question": JOINED, "one": code, "other": into, "answer": SAME}, key)


def put_below(act: Act, code: str, parent: str) -> None:
    """Put a code below another as part of an act; one of its name that is there already takes it in."""
    codes = {one.uuid: one for one in read_codes(act.db)}
    above: str | None = parent
    while above is not None:
        if above == code:
            raise UserError(f"'{codes[code].name}' cannot stand below itself: choose another place.")
        above = codes[above].parent
    same = next((one for one in codes.values() if one.parent == parent and one.name == codes[code].name and one.uuid != code), None)
    if same:
        join_codes(act, code, same.uuid)
        return
    last = max((one.position for one in codes.values() if one.parent == parent), default=0.0) + 1.0
    act.update("codes", code, {"parent": parent, "position": last})


def _add_texts(act: Act, code: str, into: str) -> None:
    one, other = (act.rows.read(CONTENT["codes"], key) or {} for key in (code, into))
    added: Values = {}
    for name in _TEXTS:
        mine, theirs = str(one[name]), str(other[name])
        if mine and mine not in theirs:
            added[name] = theirs + _BETWEEN + mine if theirs else mine
    if not act.update("codes", into, added):
        act.touch("codes", into)


def _move_coding(act: Act, coding: str, into: str) -> None:
    values = act.rows.read(CONTENT["codings"], coding) or {}
    source, coder = str(values["source"]), str(values["coder"])
    same = find_same(act.db, source, int(values["span_start"] or 0), int(values["span_end"] or 0), into, coder)
    if same is None:
        act.update("codings", coding, {"code": into})
    else:
        _fold(act, coding, values, same)


def _fold(act: Act, coding: str, values: Values, same: str) -> None:
    """Remove a coding that says the same as another, which gets its memo and its marks."""
    other = act.rows.read(CONTENT["codings"], same) or {}
    memos = dict.fromkeys(str(memo) for memo in (other["memo"], values["memo"]) if memo)
    flags: Values = {name: max(int(other[name] or 0), int(values[name] or 0)) for name in ("important", "contradicts")}
    if not act.update("codings", same, {"memo": _BETWEEN.join(memos), **flags}):
        act.touch("codings", same)
    move_quote(act, coding, same)
    act.delete("codings", [coding])


def say_same(act: Act, table: str, one: str, other: str) -> None:
    """Note, as part of an act, that two rows (UUIDs) which people made apart are one. Neither is written to: from then on whatever anybody
    says of one of them, and said before, is said of both."""
    key, values = answer_of(table, one, other)
    if not act.rows.has("answers", key):
        act.insert("answers", values, key)
        act.written.append(("answers", key))
