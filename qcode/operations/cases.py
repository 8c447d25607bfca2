"""Cases, their attributes, and what belongs to which case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qcode.errors import UserError
from qcode.model.case import LEVEL_TYPES, Attribute, AttributeType, canonical, type_of
from qcode.model.identity import uuid_of
from qcode.model.outcome import Outcome, Refusal
from qcode.model.paths import SEPARATOR, checked_name
from qcode.model.source import Source
from qcode.model.span import Span
from qcode.model.table import Table
from qcode.operations.columns import name_unused
from qcode.operations.trees import WrittenTree, written_path
from qcode.project import Project
from qcode.store.journal import Act
from qcode.store.names import Names, Tree
from qcode.store.rows import rows_referring
from qcode.store.schema import CONTENT
from qcode.store.sources import text_of

_CASE_COLUMNS = ("case", "parent")
_ASSIGN_COLUMNS = ("case", "source", "start", "end")
CASES_TOGETHER = ";"
#: What columns and conditions of a matrix mean by these names is no attribute.
_RESERVED = ("case", "source", "coder", "code")
#: Python refuses to read numbers of thousands of digits; no position has nearly as many.
_TOO_MANY_DIGITS = 40


def create_case(project: Project, path: str) -> str:
    """Make the case at `path`, with the cases above it that are not there, and give its UUID."""
    return project.transact("create case", f"Create case {path}", lambda act: ensure_case(act, Names(act.db).cases, case_path(path)))


def ensure_case(act: Act, cases: Tree, path: str) -> str:
    """The UUID of the case at `path`, as `case_path` gives it; made with all above it as part of the act if it is not there."""
    if path not in cases.uuids:
        above, _, name = path.rpartition(SEPARATOR)
        parent = ensure_case(act, cases, above) if above else None
        cases.add(path, act.insert("cases", {"name": name, "parent": parent}))
    return cases.uuids[path]


def case_path(written: str) -> str:
    """The path of a case that somebody wrote, checked as a whole, so that a bad name leaves no case above it behind.

    Raises UserError when a name in it cannot be the name of a case.
    """
    path = written_path(written, "case")
    if CASES_TOGETHER in path:
        raise UserError(f"The case name '{path}' holds ';', which separates cases in tables: write it without.")
    return path


def case_paths(cases: Tree, cell: str) -> list[str]:
    """The paths of the cases a cell names, separated by ';', each by its path or, where that is unique, its bare name."""
    return [cases.known(one) or case_path(one) for one in cell.split(CASES_TOGETHER) if one.strip()]


def set_value(project: Project, case: str, attribute: str, value: str) -> bool:
    """Give a case (a UUID) a value of the attribute called `attribute`, which is made if it is new; '' takes the value away."""

    def work(act: Act) -> bool:
        known = Names(act.db).attributes
        return put_value(act, "case", case, ensure_attribute(act, known, attribute, [value]), value)

    return project.transact("set value", f"Set {attribute}", work)


def name_level(project: Project, depth: int, name: str) -> bool:
    """Say what the cases at `depth` (1 at the top) are: 'Country'. '' takes the name away. False when they were called so already.

    Raises UserError for a name that cannot be one and for a depth that no case can have.
    """
    if not 1 <= depth <= len(LEVEL_TYPES):
        raise UserError(f"Cases have no level {depth}: choose one from 1 (the top) to {len(LEVEL_TYPES)}.")
    return project.transact("name level", f"Name case level {depth}", lambda act: _name_level(act, depth, name.strip()))


def _name_level(act: Act, depth: int, name: str) -> bool:
    kind = LEVEL_TYPES[depth - 1]
    key = uuid_of("attributes", "type", kind)
    if not name:
        there = act.rows.has("attributes", key)
        act.delete("attributes", [key])
        return there
    clean = attribute_name(name)
    if clean.casefold() in Names(act.db).attributes:
        raise UserError(f"There is an attribute '{clean}' already: choose another name for the cases of level {depth}.")
    if act.rows.has("attributes", key):
        return act.update("attributes", key, {"name": clean})
    act.insert("attributes", {"name": clean, "type": kind}, key)
    return True


def assign_source(project: Project, case: str, source: str, span: Span | None = None) -> bool:
    """Let a source belong to a case (both UUIDs), or with `span` only that passage of it. False when it did already."""
    return project.transact("assign", "Assign to a case", lambda act: assign(act, case, source, span))


def assign(act: Act, case: str, source: str, span: Span | None) -> bool:
    """Assign as part of an act; see `assign_source`."""
    place = (str(span.start), str(span.end)) if span else ()
    key = uuid_of("assignments", case, source, *place)
    if act.rows.has("assignments", key):
        return False
    values = {"case": case, "source": source}
    if span:
        act.insert("assignments", {**values, "text": text_of(act.db, source)[0], "span_start": span.start, "span_end": span.end}, key)
    else:
        act.insert("assignments", {**values}, key)
    return True


def move_source(project: Project, source: str, to: str, out_of: str = "") -> bool:
    """Let a source as a whole (a UUID) belong to the case at the path `to` ('' for none) in place of those at and below the path
    `out_of`; other cases it belongs to stay. False when that changes nothing."""

    def work(act: Act) -> bool:
        cases = Names(act.db).cases.uuids
        left = {uuid for path, uuid in cases.items() if path == out_of or path.startswith(out_of + SEPARATOR)}
        rows = act.rows.read_many(CONTENT["assignments"], rows_referring(act.db, "assignments", "source", [source]))
        kept = [str(values["case"]) for _, values in rows if values["span_start"] is None and values["case"] not in left]
        return set_cases(act, source, [*kept, *([cases[to]] if to else [])])

    return project.transact("assign", f"Move to the case {to}" if to else "Move out of its case", work)


def set_cases(act: Act, source: str, cases: Sequence[str]) -> bool:
    """Let a source as a whole belong to these cases and no others, as part of an act; its passages keep theirs."""
    rows = act.rows.read_many(CONTENT["assignments"], rows_referring(act.db, "assignments", "source", [source]))
    whole = {key: values["case"] for key, values in rows if values["span_start"] is None}
    gone = [key for key, case in whole.items() if case not in cases]
    act.delete("assignments", gone)
    for key in whole.keys() - gone if gone else ():
        act.touch("assignments", key)  # Somebody else may leave it to another of its cases: without this it would end with none.
    new = [assign(act, case, source, None) for case in cases]
    return bool(gone) or any(new)


def import_cases(project: Project, table: Table, *, strict: bool = False) -> Outcome:
    """Bring cases and their attributes up to date from `table`: columns case, parent, and one column per attribute.

    Attributes that are new get the type that fits their values. Only the columns that are there count; an empty cell changes nothing.
    """
    table.require(("case",), "cases")
    return project.transact("import cases", f"Import cases {table.name}", lambda act: _import_cases(act, table, strict))


def import_assignments(project: Project, table: Table, *, strict: bool = False) -> Outcome:
    """Assign sources, or passages of them, to cases from `table`: columns case, source, and start and end for a passage."""
    table.require(("case", "source"), "assignments")
    return project.transact("assign", f"Assign to cases by {table.name}", lambda act: _import_assignments(act, table, strict))


def ensure_attribute(act: Act, known: dict[str, Attribute], name: str, values: Iterable[str]) -> Attribute:
    """The attribute called `name`, whatever its capitals; made with the type that fits `values` if there is none."""
    folded = name.casefold()
    if folded not in known:
        clean = attribute_name(name)
        kind = type_of(clean, list(values))
        key = act.insert("attributes", {"name": clean, "type": kind.value}, uuid_of("attributes", folded))
        known[folded] = Attribute(act.rows.id_of("attributes", key), key, clean, kind)
    return known[folded]


def attribute_name(name: str) -> str:
    """`name` as an attribute may be called. Raises UserError when it may not."""
    clean = checked_name(name, "attribute")
    if clean.casefold() in _RESERVED:
        raise UserError(f"An attribute cannot be called '{clean}', which means something else in a matrix: choose another name.")
    return clean


def put_value(act: Act, owner: str, owner_uuid: str, attribute: Attribute, value: str) -> bool:
    """Write a value of a case or source (`owner` is 'case' or 'source') as part of an act. Raises UserError if it does not fit."""
    table = f"{owner}_values"
    key = uuid_of(table, owner_uuid, attribute.uuid)
    if not value:
        there = act.rows.has(table, key)
        act.delete(table, [key])
        return there
    stored = fitting(attribute, value)
    if act.rows.has(table, key):
        return act.update(table, key, {"value": stored})
    act.insert(table, {owner: owner_uuid, "attribute": attribute.uuid, "value": stored}, key)
    return True


def fitting(attribute: Attribute, value: str) -> str:
    """`value` as the attribute stores it. Raises UserError when it is not of the attribute's type."""
    stored = canonical(value, attribute.type)
    if stored is None:
        raise UserError(f"'{value}' is not a value of '{attribute.name}', which is a {_described(attribute.type)}: write it as one.")
    return stored


def given_values(table: Table, columns: Mapping[str, Attribute], row: int) -> list[tuple[Attribute, str]]:
    """The values of one line that are not empty, as they are stored. Raises UserError when one does not fit its attribute."""
    cells = [(attribute, table.column(name)[row].strip()) for name, attribute in columns.items()]
    return [(attribute, fitting(attribute, value)) for attribute, value in cells if value]


def put_values(act: Act, owner: str, owner_uuid: str, values: Sequence[tuple[Attribute, str]]) -> bool:
    """Write the values of one line; whether any was different."""
    changed = [put_value(act, owner, owner_uuid, attribute, value) for attribute, value in values]
    return any(changed)


def attribute_columns(act: Act, table: Table, known: Iterable[str]) -> Mapping[str, Attribute]:
    """The attribute behind each column of `table` that is not among `known`."""
    attributes = Names(act.db).attributes
    return {name: ensure_attribute(act, attributes, name, [cell.strip() for cell in table.column(name)]) for name in table.unknown(known)}


def _described(kind: AttributeType) -> str:
    return {AttributeType.DATE: "date (2022-04-14)", AttributeType.COUNT: "whole number"}.get(kind, kind.value)


def _import_cases(act: Act, table: Table, strict: bool) -> Outcome:
    outcome = Outcome()
    cases = Names(act.db).cases
    names, parents = table.column("case"), table.optional("parent")
    tree = WrittenTree("case", cases, zip(names, parents, strict=True))
    columns = attribute_columns(act, table, _CASE_COLUMNS)
    for number, (name, parent) in enumerate(zip(names, parents, strict=True)):
        try:
            path = case_path(tree.path(name, parent))
            new = path not in cases.uuids
            values = given_values(table, columns, number)
            changed = put_values(act, "case", ensure_case(act, cases, path), values)
        except UserError as error:
            outcome.refuse(table.place(number), str(error))
            continue
        if new:
            outcome.imported.append(path)
        elif changed:
            outcome.changed.append(path)
    outcome.insist(strict)
    return outcome


def _import_assignments(act: Act, table: Table, strict: bool) -> Outcome:
    outcome = Outcome()
    name_unused(outcome, table, _ASSIGN_COLUMNS)
    names = Names(act.db)
    columns = zip(table.column("case"), table.column("source"), table.optional("start"), table.optional("end"), strict=True)
    for number, (case, source_name, start, end) in enumerate(columns):
        try:
            source = names.source(source_name)
            span = span_in(source, start or "", end or "")
            if assign(act, names.cases.uuid(case), source.uuid, span):
                outcome.imported.append(f"{source.name} → {case}")
            else:
                outcome.skipped.append(Refusal(table.place(number), f"{source.name} belongs to {case} already."))
        except UserError as error:
            outcome.refuse(table.place(number), str(error))
    outcome.insist(strict)
    return outcome


def span_in(source: Source, start: str, end: str) -> Span | None:
    """The span that two cells of a table give, None when both are empty. Raises UserError when it does not lie in the text."""
    start, end = start.strip(), end.strip()
    if not start and not end:
        return None
    if not (start.isdecimal() and end.isdecimal() and len(start + end) < _TOO_MANY_DIGITS):
        raise UserError(f"'{start}' and '{end}' are not a start and an end: write two whole numbers, or leave both empty.")
    if not 0 <= int(start) < int(end) <= source.characters:
        raise UserError(f"{start} to {end} does not lie in {source.name}, which has {source.characters} characters: check the positions.")
    return Span(int(start), int(end))
