"""What was begun apart and said to be one: what each side said of it is there or asked about, whoever merges whom, and so is what comes
later."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from qcode.errors import BegunApart, Cancelled
from qcode.merge.content import Reason
from qcode.model.decision import AGREED, Outcome
from qcode.model.identity import Identities
from qcode.model.merging import Decision
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.model.summary import SummaryPlace
from qcode.opening import create_project, open_project
from qcode.operations.adjudication import reopen, settle
from qcode.operations.cases import assign_source, create_case, set_value
from qcode.operations.codes import change_code, create_code, delete_codes, move_code
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.operations.conflicts import resolve
from qcode.operations.handout import hand_in
from qcode.operations.merging import merge_files
from qcode.operations.merging_apart import merge_apart, propose_matches
from qcode.operations.purge import purge_source
from qcode.operations.readings import mark_reading
from qcode.operations.recover import recover_project
from qcode.operations.sources import Belonging, add_pasted, change_source
from qcode.operations.summaries import write_summary
from qcode.progress import Progress
from qcode.project import Project
from qcode.store.conflicts import read_disputes
from qcode.views.adjudication import AdjudicationView, Point
from qcode.views.agreement import AgreementQuestion
from qcode.views.conflicts import open_conflicts
from qcode.views.quotes import build_quotes
from tests.operations.examples import assert_sound, hash_of

TEXT = "Trainers were paid late.\n\nNobody knew why.\n"
TABLES = ("codes", "cases", "sources", "codings", "assignments", "readings", "case_values", "source_values", "summaries")


class Side:
    """One person's project and what is in it."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.desk, self.name = desk, name
        with create_project(desk.path(name), "Centres", coder=name, identities=desk.identities(), quiet=1000.0) as project:
            self.pay = create_code(project, "Pay")
            self.country = create_case(project, "Kyrgyzstan")
            self.source = add_pasted(project, "n1.txt", TEXT, Belonging(case="Kyrgyzstan"))
            self.coding = apply_code(project, self.source, Span(0, 8), self.pay, memo=f"{name} read it")

    def open(self) -> Project:
        return self.desk.open(self.name)


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder, self._opened = folder, 0
        self.ada, self.bea = Side(self, "Ada"), Side(self, "Bea")

    def path(self, name: str) -> Path:
        return self.folder / (name if "." in name else f"{name}.qcode")

    def identities(self) -> Identities:
        self._opened += 1
        return Identities.seeded(500 + self._opened)

    def open(self, name: str) -> Project:
        return open_project(self.path(name), coder=name, identities=self.identities(), quiet=1000.0)

    def meet(self, into: str, other: str, *, near: bool = True) -> None:
        """Merge a project that was begun apart, with all that is proposed, or what is sure, being one."""
        with self.open(into) as project:
            found = propose_matches(project, self.path(other))
            merge_apart(project, self.path(other), [match.id for match in found if near or match.sure])
            assert_sound(project)

    def merge(self, into: str, *others: str) -> str:
        with self.open(into) as project:
            merge_files(project, [self.path(other) for other in others])
            assert_sound(project)
            return hash_of(project)

    def copy(self, name: str, to: str) -> None:
        shutil.copyfile(self.path(name), self.path(to))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    return Desk(tmp_path)


def counts(project: Project) -> dict[str, int]:
    with project.reading() as db:
        return {table: int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in TABLES}


def values(project: Project) -> dict[str, str]:
    with project.reading() as db:
        return dict(db.execute("SELECT a.name, v.value FROM case_values v JOIN attributes a ON a.id = v.attribute_id"))


def asked(project: Project) -> dict[tuple[str, str], set[str]]:
    return {(one.table, one.field): {said.words for said in one.values} for one in open_conflicts(project)}


def test_what_only_one_of_them_said_is_taken_and_what_both_said_differently_is_asked(desk: Desk) -> None:
    with desk.ada.open() as project:
        for name, value in (("year", "2021"), ("group", "Teachers")):
            set_value(project, desk.ada.country, name, value)
        change_source(project, desk.ada.source, title="First interview")
        mark_reading(project, desk.ada.source, ReadingStatus.READING)
    with desk.bea.open() as project:
        for name, value in (("year", "2022"), ("group", "Teachers"), ("asked", "7")):
            set_value(project, desk.bea.country, name, value)
        change_source(project, desk.bea.source, title="Interview one", language="ky")
        change_code(project, desk.bea.pay, definition="What people are paid.", colour="#123456")
        mark_reading(project, desk.bea.source, ReadingStatus.FINISHED, "Ada")
    desk.meet("Ada", "Bea")
    with desk.ada.open() as project:
        found = asked(project)
        assert found.pop(("case_values", "value")) == {"2021", "2022"}
        assert found.pop(("sources", "title")) == {"First interview", "Interview one"}
        assert {words.partition(",")[0] for words in found.pop(("readings", "status"))} == {"reading", "finished"}
        assert found == {}, "what is said once is no question"
        assert {**values(project), "year": ""} == {"year": "", "group": "Teachers", "asked": "7"}
        with project.reading() as db:
            assert db.execute("SELECT language FROM sources").fetchall() == [("ky",)]
            assert db.execute("SELECT name, definition, colour FROM codes").fetchall() == [("Pay", "What people are paid.", "#123456")]
            memos = {memo for (memo,) in db.execute("SELECT memo FROM codings")}
        assert memos == {"Ada read it", "Bea read it"}
        one = next(one for one in open_conflicts(project) if one.field == "title")
        assert {(said.words, said.coder) for said in one.values} == {("First interview", "Ada"), ("Interview one", "Bea")}


def test_the_titles_of_the_projects_are_a_question_too(desk: Desk) -> None:
    with create_project(desk.path("Cy"), "Trainers", coder="Cy", identities=desk.identities(), quiet=1000.0) as project:
        create_code(project, "Pay")
    desk.meet("Ada", "Cy")
    with desk.ada.open() as project:
        assert asked(project) == {("project", "title"): {"Centres", "Trainers"}}
        resolve(project, [Decision(one.id, text="Trainers in the centres") for one in open_conflicts(project)])
        with project.reading() as db:
            assert db.execute("SELECT title FROM project").fetchall() == [("Trainers in the centres",)]
        assert_sound(project)
        before = hash_of(project)
    assert desk.merge("Cy", "Ada") == before


def test_both_who_merge_each_other_arrive_at_the_same_and_lose_nothing(desk: Desk) -> None:
    for side, year in ((desk.ada, "2021"), (desk.bea, "2022")):
        with side.open() as project:
            union = create_case(project, "Kyrgyzstan > Union")
            set_value(project, union, "year", year)
            assign_source(project, union, side.source, Span(0, 8))
            write_summary(project, SummaryPlace(side.pay, side.country), f"{side.name} says late.")
    desk.copy("Ada", "ada before")
    desk.meet("Ada", "Bea")
    desk.meet("Bea", "ada before")
    with desk.ada.open() as project:
        assert counts(project) == {
            "codes": 1, "cases": 2, "sources": 1, "codings": 2, "assignments": 2, "readings": 0,
            "case_values": 1, "source_values": 0, "summaries": 1,
        }  # fmt: skip
        assert {words.partition(" (")[0] for words in asked(project)["summaries", "words"]} == {"Ada says late.", "Bea says late."}
    hashes = {desk.merge("Ada", "Bea"), desk.merge("Bea", "Ada")}
    assert len(hashes) == 1
    assert desk.merge("Ada", "Bea") in hashes
    with desk.ada.open() as project:
        assert counts(project)["sources"] == 1


def test_what_the_other_one_does_later_is_done_to_what_both_have(desk: Desk) -> None:
    desk.meet("Ada", "Bea")
    with desk.bea.open() as project:
        apply_code(project, desk.bea.source, Span(9, 13), desk.bea.pay)
        below = create_code(project, "Wages", desk.bea.pay)
        apply_code(project, desk.bea.source, Span(14, 18), below)
        change_code(project, desk.bea.pay, definition="What people are paid.")
        set_value(project, desk.bea.country, "year", "2022")
    desk.merge("Ada", "Bea")
    with desk.ada.open() as project:
        found = counts(project)
        assert (found["codes"], found["cases"], found["sources"], found["assignments"], found["codings"]) == (2, 1, 1, 1, 4)
        assert values(project) == {"year": "2022"}
        assert open_conflicts(project) == []
        with project.reading() as db:
            names = "SELECT c.name, p.name FROM codes c LEFT JOIN codes p ON p.id = c.parent_id ORDER BY c.name"
            assert db.execute(names).fetchall() == [("Pay", None), ("Wages", "Pay")]
            assert db.execute("SELECT definition FROM codes WHERE name = 'Pay'").fetchone() == ("What people are paid.",)


def test_the_join_taken_back_parts_them_with_what_each_had(desk: Desk) -> None:
    desk.copy("Ada", "alone")
    with desk.open("alone") as project:
        merge_apart(project, desk.path("Bea"), [])
        parted = hash_of(project)
    desk.meet("Ada", "Bea")
    with desk.ada.open() as project:
        project.undo()
        assert_sound(project)
        assert counts(project)["sources"] == 2
        apart = counts(project)
        project.redo()
        assert_sound(project)
        assert counts(project)["sources"] == 1
    with desk.open("alone") as project:
        assert counts(project) == apart
        assert hash_of(project) == parted


class StopAfter(Progress):
    """Is asked to stop at its n-th step."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.left = steps

    def step(self, what: str, done: int, total: int) -> None:
        self.left -= 1
        if self.left < 0:
            self.cancel()
        super().step(what, done, total)


def test_it_is_stopped_before_all_of_it_or_not_at_all(desk: Desk) -> None:
    """The merge alone would leave everything there twice, and could not be told from what somebody wanted."""
    with desk.ada.open() as project:
        before = hash_of(project)
        every = [match.id for match in propose_matches(project, desk.path("Bea"))]
        steps = 0
        while True:
            try:
                merge_apart(project, desk.path("Bea"), every, StopAfter(steps))
            except Cancelled:
                assert hash_of(project) == before
                steps += 1
                continue
            break
        assert steps > 2
        assert counts(project)["sources"] == 1
        assert_sound(project)


def test_a_change_file_travels_to_who_was_joined(desk: Desk) -> None:
    desk.meet("Ada", "Bea")
    desk.merge("Bea", "Ada")
    with desk.bea.open() as project:
        apply_code(project, desk.ada.source if has(project, desk.ada.source) else desk.bea.source, Span(9, 13), first(project, "codes"))
        hand_in(project, desk.path("bea.qchange"))
    desk.merge("Ada", "bea.qchange")
    with desk.ada.open() as project:
        assert counts(project)["codings"] == 3


def has(project: Project, source: str) -> bool:
    with project.reading() as db:
        return db.execute("SELECT 1 FROM sources WHERE uuid = ?", (source,)).fetchone() is not None


def first(project: Project, table: str) -> str:
    with project.reading() as db:
        return str(db.execute(f"SELECT uuid FROM {table} ORDER BY uuid").fetchone()[0])


@pytest.mark.parametrize("by", ["Ada", "Bea"])
def test_a_source_withdrawn_by_one_is_withdrawn_for_both_it_stands_for(desk: Desk, by: str) -> None:
    desk.meet("Ada", "Bea")
    desk.copy("Bea", "bea before")
    if by == "Ada":
        with desk.ada.open() as project:
            purge_source(project, first(project, "sources"))
        desk.merge("Bea", "Ada")
    else:
        with desk.bea.open() as project:
            purge_source(project, desk.bea.source)
        desk.merge("Ada", "Bea")
    for name in ("Ada", "Bea"):
        with desk.open(name) as project:
            found = counts(project)
            assert (found["sources"], found["codings"]) == (0, 0)
            assert_sound(project)
    desk.merge("Ada", "bea before")
    with desk.ada.open() as project:
        assert counts(project)["sources"] == 0
    assert TEXT.encode()[:20] not in desk.path("Ada").read_bytes()


def test_what_is_one_is_recovered_as_one(desk: Desk) -> None:
    desk.meet("Ada", "Bea")
    with desk.ada.open() as project:
        whole = hash_of(project)
    recover_project(desk.path("Ada"), desk.path("again"))
    with desk.open("again") as project:
        assert hash_of(project) == whole
        assert_sound(project)


def test_deleted_by_one_and_used_by_the_other_is_kept_and_listed(desk: Desk) -> None:
    desk.meet("Ada", "Bea")
    with desk.ada.open() as project:
        delete_codes(project, [first(project, "codes")])
    with desk.bea.open() as project:
        apply_code(project, desk.bea.source, Span(9, 13), desk.bea.pay)
    desk.merge("Ada", "Bea")
    with desk.ada.open() as project:
        assert counts(project)["codes"] == 1
        assert {one.kind for one in open_conflicts(project)} <= {Reason.USED, Reason.EDITED}
        assert open_conflicts(project)


PAIR = ("Anna", "Bek")


def differ(project: Project, outcome: Outcome | None, reason: str = "") -> None:
    """Anna and Bek finished the source and coded it otherwise; the difference is settled, if an outcome is given."""
    if not counts(project)["readings"]:
        for coder, span in zip(PAIR, (Span(0, 24), Span(9, 24)), strict=True):
            apply_code(project, first(project, "sources"), span, first(project, "codes"), coder=coder)
            mark_reading(project, first(project, "sources"), ReadingStatus.FINISHED, coder)
    if outcome:
        settle(project, PAIR, point(project).disagreement, outcome, reason=reason)


def point(project: Project) -> Point:
    (found,) = AdjudicationView(project).points(AgreementQuestion(PAIR))
    return found


def layer(project: Project) -> list[str]:
    return [one.quote for one in build_quotes(project, coder=AGREED).quotes]


@pytest.mark.parametrize("decider", ["Ada", "Bea"])
def test_what_one_of_them_settled_is_settled(desk: Desk, decider: str) -> None:
    for side in (desk.ada, desk.bea):
        with side.open() as project:
            differ(project, Outcome.SECOND if side.name == decider else None, "said so twice")
    desk.meet("Ada", "Bea")
    with desk.ada.open() as project:
        decision = point(project).decision
        assert decision
        assert (decision.outcome, decision.reason, decision.coder) == (Outcome.SECOND, "said so twice", decider)
        assert layer(project) == [TEXT[9:24]]
        assert reopen(project, PAIR, point(project).disagreement)
        assert (point(project).decision, layer(project)) == (None, [])
        assert_sound(project)


def test_what_both_settled_otherwise_is_open_again_with_what_each_said(desk: Desk) -> None:
    for side, outcome in ((desk.ada, Outcome.FIRST), (desk.bea, Outcome.SECOND)):
        with side.open() as project:
            differ(project, outcome)
    desk.meet("Ada", "Bea")
    with desk.ada.open() as project:
        found = point(project)
        assert found.decision is None
        assert {(one.outcome, one.coder) for one in found.contradicting} == {(Outcome.FIRST, "Ada"), (Outcome.SECOND, "Bea")}
        settle(project, PAIR, found.disagreement, Outcome.SECOND, reason="both heard it")
        assert (point(project).contradicting, layer(project)) == ((), [TEXT[9:24]])
        with project.reading() as db:
            assert db.execute("SELECT count(*) FROM decisions").fetchone() == (1,)
        assert_sound(project)
        settled = hash_of(project)
    assert desk.merge("Bea", "Ada") == settled
    with desk.bea.open() as project:
        assert layer(project) == [TEXT[9:24]]


def test_what_both_settled_alike_is_settled(desk: Desk) -> None:
    for side in (desk.ada, desk.bea):
        with side.open() as project:
            differ(project, Outcome.BOTH)
    desk.meet("Ada", "Bea")
    with desk.ada.open() as project:
        assert point(project).decision
        assert layer(project) == [TEXT[:24]]


class Worker:
    """Random acts of one person on what is there."""

    def __init__(self, project: Project, chance: random.Random) -> None:
        self._project, self._chance = project, chance

    def pick(self, table: str) -> str:
        with self._project.reading() as db:
            return str(self._chance.choice([key for (key,) in db.execute(f"SELECT uuid FROM {table} ORDER BY uuid")]))

    def act(self) -> None:
        project, word = self._project, f"{self._project.coder} {self._chance.randrange(10**6)}"
        start = self._chance.randrange(0, 20)
        acts: list[Callable[[], object]] = [
            lambda: create_code(project, word),
            lambda: change_code(project, self.pick("codes"), definition=word),
            lambda: move_code(project, self.pick("codes"), None),
            lambda: apply_code(project, self.pick("sources"), Span(start, start + 4), self.pick("codes"), memo=word),
            lambda: change_coding(project, self.pick("codings"), memo=word),
            lambda: remove_codings(project, [self.pick("codings")]),
            lambda: set_value(project, self.pick("cases"), self._chance.choice(["year", "group"]), word),
            lambda: change_source(project, self.pick("sources"), title=word),
            lambda: mark_reading(project, self.pick("sources"), self._chance.choice(list(ReadingStatus))),
            lambda: write_summary(project, SummaryPlace(self.pick("codes"), self.pick("cases")), word),
            lambda: add_pasted(project, f"{word}.txt", TEXT + word, Belonging(case="Kyrgyzstan")),
            lambda: project.undo(),
        ]
        try:
            self._chance.choice(acts)()
        except (IndexError, ValueError):
            pass


def outcome(project: Project) -> tuple[str, object]:
    assert_sound(project)
    with project.reading() as db:
        return hash_of(project), tuple(read_disputes(db).content.listed)


def play(desk: Desk, chance: random.Random) -> None:
    """Both work, meet, go on, and merge each other in any order: they arrive at one project, and no coding goes but by its coder."""
    for side in (desk.ada, desk.bea):
        with side.open() as project:
            for _ in range(chance.randint(0, 6)):
                Worker(project, chance).act()
    desk.copy("Ada", "Ada before")
    desk.meet("Ada", "Bea")
    if chance.random() < 0.5:
        desk.meet("Bea", "Ada before", near=chance.random() < 0.5)
    for side in chance.sample([desk.ada, desk.bea], 2):
        with side.open() as project:
            for _ in range(chance.randint(0, 6)):
                Worker(project, chance).act()
        if chance.random() < 0.3:
            other = "Bea" if side is desk.ada else "Ada"
            desk.merge(side.name, other)
    desk.copy("Ada", "Ada alone")
    merged = []
    for into, other in (("Ada", "Bea"), ("Bea", "Ada alone")):
        with desk.open(into) as project:
            before = outcome(project)
            if merge_files(project, [desk.path(other)]) is not None:
                after = outcome(project)
                project.undo()
                assert outcome(project) == before
                project.redo()
                assert outcome(project) == after
            merged.append(outcome(project))
    assert merged[0] == merged[1]


@pytest.mark.parametrize("seed", range(12))
def test_whoever_merges_whom_arrives_at_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    play(Desk(tmp_path), random.Random(seed))


@pytest.mark.long
def test_whoever_merges_whom_arrives_at_the_same_always(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    """But for those histories in which somebody takes the meeting back."""
    for seed in range(100, 1_100):
        folder = tmp_path / str(seed)
        folder.mkdir()
        try:
            with suppress(BegunApart):
                play(Desk(folder), random.Random(seed))
        except Exception as error:
            error.add_note(f"The history of seed {seed}.")
            raise
        shutil.rmtree(folder)
