"""A merge in figures: who brings what, what is left to decide, and whether all of it is there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from qcode.model.merging import Conflict, Contribution, Joined, MergePlan
from qcode.model.paths import MARK
from qcode.store.bundle import Bundle, Line
from qcode.store.cases import read_cases, read_whole_assignments
from qcode.store.contributions import (
    Done,
    codings_that_should_be,
    codings_there,
    done_by_coder,
    handed_out,
    memos_there,
    sources_of,
    totals,
)
from qcode.store.schema import CONTENT, with_group
from qcode.store.sources import read_sources
from qcode.views.conflicts import conflicts_in
from qcode.views.questions import questions_in
from qcode.views.row_words import RowWords

if TYPE_CHECKING:
    from qcode.store.connection import Connection


def plan_in(
    db: Connection, names: Sequence[str], brought: Sequence[Bundle], before: Mapping[str, str], withdrawn: Sequence[str] = ()
) -> MergePlan:
    """The plan of a merge that has been done in the project that `db` has open: `brought` is what was new in each file of `names`,
    `before` are the codings (UUIDs) that were there without it, each with its memo."""
    conflicts = conflicts_in(db)
    countries = _countries(db)
    dates = handed_out(db)
    contributions: list[Contribution] = []
    work = [done_by_coder(db, bundle.operations, lines) for bundle, lines in zip(brought, _lines_of(brought), strict=True)]
    there = codings_there(db)
    made = set().union(*(done.made for each in work for done in each.values()))
    gone = made.union(before) - there
    memos = {key for key, memo in memos_there(db).items() if before.get(key) != memo}
    removed: set[str] = set()
    back: set[str] = set()
    for name, each in zip(names, work, strict=True):
        for coder, done in sorted(each.items()):
            # Whoever changed what they then removed may have kept it there: somebody else removed it without seeing the change.
            done.back = ((done.back | done.changed | done.removed) & there) - back.union(before, made)
            # What only somebody's change had kept, goes when that is taken back.
            done.removed = (done.removed | done.let_go) & gone
            done.changed -= done.back | done.removed
            done.memos = (done.memos | done.back) & memos
            back |= done.back
            places = Counter(countries[source] for source in sources_of(db, done) if source in countries)
            contributions.append(_contribution(coder, name, done, tuple(sorted(places)), dates.get(coder, ""), conflicts))
            removed |= done.removed
    codings, with_memo, definitions = totals(db)
    return MergePlan(
        tuple(names),
        tuple(contributions),
        tuple(conflicts),
        tuple(questions_in(db)),
        codings,
        with_memo,
        definitions,
        len(removed),
        tuple(withdrawn),
        tuple(sorted(codings_that_should_be(db) - there)),
        sum(len(bundle.operations) for bundle in brought),
        _completed(brought),
        _joined(db, brought, conflicts),
        back=tuple(sorted(back)),
    )


def _lines_of(brought: Sequence[Bundle]) -> list[list[Line]]:
    """The lines of the operations of each file, also those that were withheld from it and came with another."""
    file_of = {sent.id: at for at, bundle in enumerate(brought) for sent in bundle.operations}
    found: list[list[Line]] = [[] for _ in brought]
    for line in chain.from_iterable(bundle.lines for bundle in brought):
        if line.operation in file_of:
            found[file_of[line.operation]].append(line)
    return found


def _joined(db: Connection, brought: Sequence[Bundle], conflicts: Sequence[Conflict]) -> tuple[Joined, ...]:
    """The fields beside those in dispute that somebody changed in one of the files."""
    disputed: dict[tuple[str, str], set[str]] = {}
    for conflict in conflicts:
        if conflict.field:
            disputed.setdefault((conflict.table, conflict.row), set()).update(with_group(CONTENT[conflict.table], (conflict.field,)))
    words, found = RowWords(db), dict[tuple[str, str, str], Joined]()
    for bundle in brought:
        coders = {sent.id: sent.coder for sent in bundle.operations}
        for line in bundle.lines:
            fields = disputed.get((line.table, line.row))
            if fields is not None and line.before is not None and line.after is not None:
                values, who = json.loads(line.after), coders.get((line.session, line.seq), "")
                for name in sorted(values.keys() - fields):
                    found[line.table, line.row, name] = Joined(line.table, line.row, name, who, words.value(line.table, name, values))
    return tuple(found.values())


def _completed(brought: Sequence[Bundle]) -> int:
    """How many rows came of operations that were there without them."""
    new = {sent.id for bundle in brought for sent in bundle.operations}
    return len({line.row for bundle in brought for line in bundle.lines if line.operation not in new})


def _contribution(
    coder: str, name: str, done: Done, places: tuple[str, ...], date: str, conflicts: Sequence[Conflict]
) -> Contribution:
    disputed = sum(any(said.coder == coder for said in conflict.values) for conflict in conflicts)
    counts = (len(done.made | done.back), len(done.changed), len(done.removed), len(done.memos), len(done.codes))
    others = tuple((table, len(done.others[table])) for table in CONTENT if table in done.others)
    return Contribution(coder, name, places, date, done.last, *counts, disputed, others)


def _countries(db: Connection) -> dict[str, str]:
    """The top case of each source by UUID, of those that belong to one."""
    tops = {case.id: case.path.partition(MARK)[0].strip() for case in read_cases(db)}
    whole = read_whole_assignments(db)
    return {source.uuid: tops[whole[source.id][0]] for source in read_sources(db) if whole.get(source.id)}
