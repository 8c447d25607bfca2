"""Random edits around a finding against the slow oracle of summaries: no change below it is missed, none is false, and undo brings back the
former state."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import UserError
from qcode.model.statement import Ground, Sort
from qcode.model.summary import SummaryPlace
from qcode.operations.joining import join_codes
from qcode.operations.statements import link_grounds, review_statements, unlink_grounds, write_statement
from qcode.project import Project
from qcode.store.statements import folded_codings, read_grounds
from qcode.views.statements import statements_of
from tests.operations.examples import assert_sound, new_project
from tests.operations.summary_oracle import Snapshot, Tables, read, reasons, snapshot
from tests.operations.test_summary_staleness import NothingThere, Person

Seen = dict[Ground, Snapshot]


class Leader(Person):
    """Does what people do to codes, cases and texts, and links one finding; keeps beside the project what each link was made over."""

    def __init__(self, project: Project, chance: random.Random) -> None:
        super().__init__(project, chance)
        self.finding = write_statement(project, Sort.FINDING, "It is so.")
        project.begin_history()
        self.seen: list[Seen] = [{}]
        self.at = 0

    def step(self) -> None:
        """One act, or an act taken back or done again."""
        dice = self.chance.random()
        if dice < 0.12:
            self.at -= self.project.undo() is not None
        elif dice < 0.2:
            self.at += self.project.redo() is not None
        else:
            self._acts = 0
            self.state = dict(self.seen[self.at])
            try:
                self.chance.choice(self._chosen())()
            except (UserError, NothingThere):
                assert self._acts == 0, "what is refused writes nothing"
            if self._acts:
                self.seen[self.at + 1 :] = [self.state]
                self.at += 1

    def check(self) -> None:
        """Every link is there, and says what the oracle says of its codings; one to a cell that is gone says that."""
        (finding,) = statements_of(self.project)
        seen, tables = self.seen[self.at], read(self.project)
        assert {one.ground for one in finding.rests_on} == seen.keys()
        for one in finding.rests_on:
            if self.is_there(one.ground.cell):
                found = {(reason.why.value, reason.coding) for reason in one.reasons}
                assert found == expected(tables, one.ground, self.as_it_stands(one.ground, seen[one.ground])), one.title
                assert bool(one.changed) == bool(found)
            else:
                (changed,) = one.changed
                assert " is gone: " in changed
        assert finding.is_stale == any(one.changed for one in finding.rests_on)
        assert set(finding.basis.quotes) == {key for one in finding.rests_on for key in one.quotes}

    def as_it_stands(self, ground: Ground, seen: Snapshot) -> Snapshot:
        """What was seen of a quote that stands as part of another one by now, under the name of that."""
        with self.project.reading() as db:
            folded = folded_codings(db)
        return {folded.get(key, key): at for key, at in seen.items()} if ground.coding else seen

    def is_there(self, cell: SummaryPlace) -> bool:
        with self.project.reading() as db:
            there = {key for table in ("codes", "cases", "sources") for (key,) in db.execute(f"SELECT uuid FROM {table}")} | {""}
        return {cell.code, cell.case, cell.source} <= there

    def _chosen(self) -> list[Callable[[], object]]:
        """What people do to all but summaries, and to links."""
        others = self._verbs({})[: -len(self._of_summaries())]
        return [*others, *6 * [self.link], *2 * [self.look_again], *2 * [self.unlink]]

    def _of_summaries(self) -> range:
        """The verbs that write summaries stand last: six that write, three that review, one each that explains and clears."""
        return range(11)

    def link(self) -> None:
        ground = Ground(coding=self.choose("codings")) if self.chance.random() < 0.5 else Ground(cell=self.place())
        if link_grounds(self.project, self.finding, [ground]):
            self.state[ground] = looked(read(self.project), ground)

    def unlink(self) -> None:
        if not self.state:
            raise NothingThere
        ground = self.chance.choice(sorted(self.state))
        unlink_grounds(self.project, self.finding, [ground])
        del self.state[ground]

    def look_again(self) -> None:
        """A review sees what is there; what is gone stays as it was."""
        review_statements(self.project, [self.finding])
        tables = read(self.project)
        for ground in self.state:
            if self.is_there(ground.cell) and (not ground.coding or ground.coding in tables.codings):
                self.state[ground] = looked(tables, ground)

    def join(self, written: object) -> None:
        """Two codes become one: links to its cells and to codings that were folded move along, with what was seen."""
        code, into = self.choose("codes"), self.choose("codes")
        if code == into:
            raise NothingThere
        before = read(self.project).codings
        self.project.transact("join", "Join", lambda act: join_codes(act, code, into))
        after = read(self.project).codings
        with self.project.reading() as db:
            linked = {one.ground.coding for one in read_grounds(db)}
        for ground in list(self.state):
            if ground.cell.code == code:
                cell = SummaryPlace(into, *(getattr(ground.cell, name) for name in ("case", "source", "attribute", "value")))
                self._move(ground, Ground(cell=cell), self.state[ground])
            elif ground.coding in before and ground.coding not in after:
                (same,) = (key for key in linked if key in after and after[key][1:] == before[ground.coding][1:] and after[key][0] == into)
                self._move(ground, Ground(coding=same), {same: self.state[ground][ground.coding]})

    def _move(self, ground: Ground, target: Ground, seen: Snapshot) -> None:
        del self.state[ground]
        self.state[target] = {**seen, **self.state.get(target, {})}


def looked(tables: Tables, ground: Ground) -> Snapshot:
    """What somebody sees of a ground: a coding as it counts in all columns, or the codings of a cell."""
    if not ground.coding:
        return snapshot(tables, ground.cell)
    found = snapshot(tables, SummaryPlace(source=tables.codings[ground.coding][1]), frozenset((ground.coding,)))
    return {ground.coding: found[ground.coding]}


def expected(tables: Tables, ground: Ground, seen: Snapshot) -> set[tuple[str, str]]:
    """What the oracle says of a cell, or of one coding among all of its source."""
    if not ground.coding:
        return reasons(tables, ground.cell, seen)
    found = reasons(tables, SummaryPlace(), seen)
    return {(why, key) for why, key in found if why != "new"}


def random_edits(seed: int, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder, new_project(Path(folder, "p.qcode"), seed) as project:
        leader = Leader(project, random.Random(seed))
        for _ in range(count):
            leader.step()
            leader.check()
        assert_sound(project)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6))
def test_random_edits(seed: int) -> None:
    random_edits(seed, 15)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_random_edits(seed: int) -> None:
    random_edits(seed, 1_000)
