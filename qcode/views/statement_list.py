"""All statements as the table that `findings import` reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qcode.model.report import TableReport
from qcode.model.statement import FIELDS, STATEMENT_COLUMNS, Sort
from qcode.project import Project
from qcode.views.grounds import Looked
from qcode.views.provenance import provenance
from qcode.views.statement_names import StatementNames
from qcode.views.statements import Statement, statements_in


def chosen(
    statements: Iterable[Statement], sorts: Sequence[Sort] = (), criterion: str = "", *, stale_only: bool = False
) -> list[Statement]:
    """Those of some sorts (all where none is named), of a criterion, or of which something has changed."""
    return [
        one
        for one in statements
        if (not sorts or one.sort in sorts)
        and (not criterion or one.criterion.casefold() == criterion.strip().casefold())
        and (one.is_stale or not stale_only)
    ]


def build_statements(
    project: Project, sorts: Sequence[Sort] = (), criterion: str = "", *, stale_only: bool = False
) -> TableReport:
    """Statements, by sort and number, every column of `STATEMENT_COLUMNS`."""
    with project.reading() as db:
        looked = Looked(db)
        names = StatementNames(db, looked.where)
        found = chosen(statements_in(db, looked), sorts, criterion, stale_only=stale_only)
        rows = tuple(_cells(names, one) for one in found)
        return TableReport("Findings", "Findings", STATEMENT_COLUMNS, rows, provenance(project, db))


def statement_object(one: Statement) -> dict[str, Any]:
    """What is known of a statement, for programs: fields of its sort, what it rests on, counts, strength, changes and warnings."""
    evidence = one.basis.strength.evidence
    return {
        "id": one.id,
        "number": one.number,
        "sort": one.sort.value,
        "criterion": one.criterion,
        "question": one.question,
        "text": one.words,
        "status": one.status.value,
        **{name: text for name, text in one.fields.items() if text},
        "author": one.author,
        "at": one.at,
        "reviewer": one.reviewer,
        "reviewed_at": one.reviewed_at,
        "rests_on": [{"title": each.title, "quotes": len(each.quotes), "changed": list(each.changed)} for each in one.rests_on],
        "quotes": evidence.quotes,
        "sources": evidence.sources,
        "cases": evidence.cases,
        "kinds": evidence.kinds,
        "groups": evidence.groups,
        "against": evidence.against,
        "countries": list(one.basis.countries),
        "strength": one.basis.strength.level,
        "changed": list(one.changed),
        "warnings": list(one.warnings),
    }


def _cells(names: StatementNames, one: Statement) -> tuple[str, ...]:
    on = [each for each in one.rests_on if each.ground.statement]
    quotes = [each for each in one.rests_on if each.ground.coding and each.quotes]
    cells = [names.cell_words(each.ground.cell) for each in one.rests_on if not (each.ground.statement or each.ground.coding)]
    return (
        *(one.id, one.number, one.sort.value, one.criterion, one.question, one.words, one.status.value),
        *(one.fields[name] for name in FIELDS),
        "; ".join(each.title for each in on),
        "; ".join(each.title.removeprefix("#") for each in quotes),
        "\n".join(filter(None, cells)),
        *(one.author, one.at[:10], one.reviewer, one.basis.words, "; ".join(one.changed), "; ".join(one.warnings)),
    )
