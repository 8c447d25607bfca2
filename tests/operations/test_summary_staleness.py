"""Random edits against a slow oracle: no stale cell is missed, none is false, and undo brings the former state back."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import UserError
from qcode.model.summary import Status, SummaryPlace
from qcode.operations.cases import assign_source, create_case, move_source, set_value
from qcode.operations.codes import create_code, delete_codes
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.operations.joining import join_codes
from qcode.operations.sources import add_pasted, delete_sources
from qcode.operations.summaries import clear_summaries, give_empty_reason, review_summaries, write_summary
from qcode.project import Project
from qcode.store.cases import read_attributes
from qcode.text.chips import chip
from qcode.views.summaries import summaries_of
from tests.merge.laws.team import SPANS, TEXTS, edit_text
from tests.operations.examples import assert_sound, new_project
from tests.operations.summary_oracle import Snapshot, read, reasons, snapshot

REGIONS = ("south", "north")
#: The names of the cases, those at the top first.
CASES = ("KGZ", "TJK", "KGZ > Aida", "KGZ > Bolot", "TJK > Farrukh")


class NothingThere(Exception):
    """What a person wanted to do something to is not there."""


class Person:
    """Does what people do around a grid, and keeps beside the project what each writer saw, through undo and redo."""

    def __init__(self, project: Project, chance: random.Random) -> None:
        self.project = project
        self.chance = chance
        self._acts = 0
        project.on_change(lambda _: self._count())
        self._begin()
        self.states: list[dict[SummaryPlace, Snapshot]] = [{}]
        self.at = 0
        self._acts = 0

    def _count(self) -> None:
        self._acts += 1

    def _begin(self) -> None:
        for number, text in enumerate(TEXTS):
            add_pasted(self.project, f"note{number}.txt", text)
        for name in CASES:
            create_case(self.project, name)
        for name in ("Pay", "Staff", "Will"):
            create_code(self.project, name)
        for _ in range(8):
            self.code()
        for case in CASES[:2]:
            assign_source(self.project, self.case(case), self.choose("sources"))
        set_value(self.project, self.case("KGZ"), "region", "south")
        self.project.begin_history()

    def step(self) -> None:
        """One act, or an act taken back or done again."""
        dice = self.chance.random()
        if dice < 0.12:
            self.at -= self.project.undo() is not None
        elif dice < 0.2:
            self.at += self.project.redo() is not None
        else:
            self._acts = 0
            written: dict[SummaryPlace, Snapshot | None] = {}
            try:
                self.chance.choice(self._verbs(written))()
            except (UserError, NothingThere):
                assert self._acts == 0, "what is refused writes nothing"
            if self._acts:
                self._note(written)

    def check(self) -> None:
        """Every summary is there, and is stale for the reasons of the oracle."""
        seen = self.states[self.at]
        shown = summaries_of(self.project)
        assert shown.keys() == seen.keys()
        tables = read(self.project)
        for place, summary in shown.items():
            assert {(one.why.value, one.coding) for one in summary.reasons} == reasons(tables, place, seen[place])
            assert bool(summary.stale) == bool(summary.reasons)
            named = {one.coding for one in summary.chips}
            assert all(one.cited == (one.coding in named) for one in summary.reasons if one.why.value != "new")

    def _note(self, written: dict[SummaryPlace, Snapshot | None]) -> None:
        """Keep what the writers of this act saw; summaries of codes, cases and sources that went are gone with them."""
        state = {place: found for place, found in {**self.states[self.at], **written}.items() if found is not None}
        with self.project.reading() as db:
            there = {key for table in ("codes", "cases", "sources") for (key,) in db.execute(f"SELECT uuid FROM {table}")} | {""}
        state = {place: found for place, found in state.items() if {place.code, place.case, place.source} <= there}
        self.states[self.at + 1 :] = [state]
        self.at += 1

    def _verbs(self, written: dict[SummaryPlace, Snapshot | None]) -> list[Callable[[], object]]:
        project = self.project
        return [
            *4 * [self.code],
            *3 * [lambda: change_coding(project, self.choose("codings"), code=self.choose("codes"))],
            *2 * [lambda: change_coding(project, self.choose("codings"), span=self.chance.choice(SPANS))],
            lambda: change_coding(project, self.choose("codings"), memo=str(self.chance.random())),
            *2 * [lambda: remove_codings(project, [self.choose("codings")])],
            *2 * [lambda: edit_text(project, self.choose("sources"), self.chance.choice(TEXTS) + self.chance.choice(["", "More.\n"]))],
            *2 * [lambda: assign_source(project, self.choose("cases"), self.choose("sources"), self.chance.choice([None, *SPANS]))],
            lambda: move_source(project, self.choose("sources"), self.chance.choice(CASES), self.chance.choice(["KGZ", "TJK"])),
            lambda: set_value(project, self.choose("cases"), "region", self.chance.choice(["", *REGIONS])),
            lambda: self.join(written),
            *([lambda: delete_codes(project, [self.choose("codes")])] if self.chance.random() < 0.2 else []),
            *([lambda: delete_sources(project, [self.choose("sources")])] if self.chance.random() < 0.2 else []),
            *6 * [lambda: self.write(written)],
            *3 * [lambda: self.review(written)],
            lambda: self.explain(written),
            lambda: self.clear(written),
        ]

    def code(self) -> None:
        span, coder = self.chance.choice(SPANS), self.chance.choice(["Ada", "Bo"])
        apply_code(self.project, self.choose("sources"), span, self.choose("codes"), coder=coder)

    def join(self, written: dict[SummaryPlace, Snapshot | None]) -> None:
        """Two codes become one: a summary moves along with what its writer saw, and one that meets another is joined with it."""
        code, into = self.choose("codes"), self.choose("codes")
        if code == into:
            raise NothingThere
        self.project.transact("join", "Join", lambda act: join_codes(act, code, into))
        state = self.states[self.at]
        for place in [place for place in state if place.code == code]:
            target = SummaryPlace(into, place.case, place.source, place.attribute, place.value)
            written[place] = None
            written[target] = {**state[place], **state.get(target, {})}

    def write(self, written: dict[SummaryPlace, Snapshot | None]) -> None:
        place = self.place()
        named = [self.choose("codings") for _ in range(self.chance.randrange(3))]
        words = f"Says {self.chance.random()} " + " ".join(map(chip, named))
        write_summary(self.project, place, words, self.chance.choice(list(Status)))
        written[place] = snapshot(read(self.project), place, frozenset(named))

    def review(self, written: dict[SummaryPlace, Snapshot | None]) -> None:
        shown = summaries_of(self.project)
        if not shown:
            raise NothingThere
        place = self.chance.choice(sorted(shown))
        review_summaries(self.project, [place])
        written[place] = snapshot(read(self.project), place, frozenset(one.coding for one in shown[place].chips))

    def explain(self, written: dict[SummaryPlace, Snapshot | None]) -> None:
        place = self.place()
        give_empty_reason(self.project, place, self.chance.choice(["not asked", "no data"]))
        written[place] = snapshot(read(self.project), place)

    def clear(self, written: dict[SummaryPlace, Snapshot | None]) -> None:
        place = self.chance.choice([*self.states[self.at], self.place()])
        clear_summaries(self.project, [place])
        written[place] = None

    def place(self) -> SummaryPlace:
        """A cell under a code or of no code, by case, source, region or none."""
        with self.project.reading() as db:
            region = next(one.uuid for one in read_attributes(db) if one.name == "region")
        columns = (
            SummaryPlace(case=self.choose("cases")),
            SummaryPlace(case=self.case("KGZ")),
            SummaryPlace(source=self.choose("sources")),
            SummaryPlace(attribute=region, value=self.chance.choice(REGIONS)),
            SummaryPlace(),
        )
        at = self.chance.choice(columns)
        code = "" if self.chance.random() < 0.2 and at != SummaryPlace() else self.choose("codes")
        return SummaryPlace(code, at.case, at.source, at.attribute, at.value)

    def case(self, path: str) -> str:
        return create_case(self.project, path)

    def choose(self, table: str) -> str:
        with self.project.reading() as db:
            keys = [key for (key,) in db.execute(f"SELECT uuid FROM {table} ORDER BY uuid")]
        if not keys:
            raise NothingThere
        return self.chance.choice(keys)


def random_edits(seed: int, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder, new_project(Path(folder, "p.qcode"), seed) as project:
        person = Person(project, random.Random(seed))
        for _ in range(count):
            person.step()
            person.check()
        assert_sound(project)


@settings(max_examples=5)
@given(st.integers(0, 10**6))
def test_random_edits(seed: int) -> None:
    random_edits(seed, 15)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_random_edits(seed: int) -> None:
    random_edits(seed, 1_000)
