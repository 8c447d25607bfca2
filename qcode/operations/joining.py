"""Two codes, cases or sources become one, or a code goes below another.

What stays is written to by the act or, where nothing of it changes, touched: somebody else may join the two the other way round at the
same time, and then each deletes what the other one keeps. Both are there then, and listed.
"""

from __future__ import annotations

from qcode.errors import UserError
from qcode.model.identity import uuid_of
from qcode.model.span import Span
from qcode.operations.summary_joining import move_summaries
from qcode.store.cases import read_cases
from qcode.store.codes import read_codes
from qcode.store.codings import find_same
from qcode.store.journal import Act
from qcode.store.rows import rows_referring
from qcode.store.schema import CONTENT, Values
from qcode.text.carrying import carry

_TEXTS = ("definition", "include", "exclude", "example")
_BETWEEN = "\n\n"
#: The rows that are what they link: the fields their UUID is made of.
_LINKS = {
    "assignments": ("case", "source"),
    "readings": ("coder", "source"),
    "case_values": ("case", "attribute"),
    "source_values": ("source", "attribute"),
    "allocations": ("coder", "source"),
}
_PLACED = ("codings", "decisions")


def join_codes(act: Act, code: str, into: str) -> None:
    """Let everything of one code (a UUID) be of another, and remove it, as part of an act.

    Codings move; where one coder has both codes on the same passage one coding stays, with both memos. Codes below move along; texts of
    the code that are not those of the other are added to them. Summaries move too; where both codes have one in a column, its words are
    added to those of the other.
    """
    _add_texts(act, code, into)
    for coding in rows_referring(act.db, "codings", "code", [code]):
        _move_coding(act, coding, into)
    for decision in rows_referring(act.db, "decisions", "code", [code]):
        act.update("decisions", decision, {"code": into})
    move_summaries(act, "code", code, into)
    for child in rows_referring(act.db, "codes", "parent", [code]):
        if child == into:
            act.update("codes", into, {"parent": (act.rows.read(CONTENT["codes"], code) or {})["parent"]})
        else:
            put_below(act, child, into)
    act.delete("codes", [code])


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
    act.delete("codings", [coding])


def join_cases(act: Act, case: str, into: str) -> None:
    """Let everything of one case (a UUID) be of another, and remove it, as part of an act. What both say of an attribute stays as the
    other has it; cases below that have a namesake there are joined with it."""
    names = {one.uuid: one for one in read_cases(act.db)}
    namesakes = {one.name: one.uuid for one in names.values() if one.parent == into}
    for child in rows_referring(act.db, "cases", "parent", [case]):
        same = namesakes.get(names[child].name)
        if child == into:
            act.update("cases", into, {"parent": names[case].parent})
        elif same and same != child:
            join_cases(act, child, same)
        else:
            act.update("cases", child, {"parent": into})
    for table in ("assignments", "case_values"):
        _link_anew(act, table, "case", case, into)
    move_summaries(act, "case", case, into)
    act.touch("cases", into)
    act.delete("cases", [case])


def join_sources(act: Act, source: str, into: str) -> None:
    """Let everything of one source (a UUID) be of another, and remove it, as part of an act. Where their texts differ, passages are
    carried over to the text of the other. What both say of an attribute stays as the other has it."""
    old, new = (act.rows.read(CONTENT["sources"], key) or {} for key in (source, into))
    for table in _PLACED:
        rows = dict(act.rows.read_many(CONTENT[table], rows_referring(act.db, table, "source", [source])))
        places = _carried(act, [dict(values) for values in rows.values()], str(old["text"]), str(new["text"]))
        for (key, values), place in zip(rows.items(), places, strict=True):
            double = _double_of(act, {**values, **place}, into) if table == "codings" else None
            if double:
                _fold(act, key, values, double)
            else:
                act.update(table, key, {"source": into, **place})
    for table in ("assignments", "readings", "source_values", "allocations"):
        _link_anew(act, table, "source", source, into)
    move_summaries(act, "source", source, into)
    act.touch("sources", into)
    act.delete("sources", [source])


def _carried(act: Act, rows: list[Values], old: str, new: str) -> list[Values]:
    """The places of rows in the text `new` (SHA-256)."""
    if old == new:
        return [{} for _ in rows]
    spans = [Span(int(values["span_start"] or 0), int(values["span_end"] or 0)) for values in rows]
    found = carry(act.rows.text(old), act.rows.text(new), spans)
    return [{"text": new, "span_start": one.span.start, "span_end": one.span.end} for one in found]


def _double_of(act: Act, values: Values, source: str) -> str | None:
    place = (int(values["span_start"] or 0), int(values["span_end"] or 0))
    return find_same(act.db, source, *place, str(values["code"]), str(values["coder"]))


def _link_anew(act: Act, table: str, field: str, old: str, new: str) -> None:
    """Let rows that are what they link name `new` in the place of `old`; one that is there already stays as it is."""
    for key, values in list(act.rows.read_many(CONTENT[table], rows_referring(act.db, table, field, [old]))):
        linked = {**values, field: new}
        place = (str(linked["span_start"]), str(linked["span_end"])) if linked.get("span_start") is not None else ()
        target = uuid_of(table, *(str(linked[name]) for name in _LINKS[table]), *place)
        if table == "assignments" and place:
            source = act.rows.read(CONTENT["sources"], str(linked["source"])) or {}
            linked.update(_carried(act, [linked], str(linked["text"]), str(source["text"]))[0])
        act.delete(table, [key])
        if act.rows.has(table, target):
            act.touch(table, target)
        else:
            act.insert(table, linked, target)
