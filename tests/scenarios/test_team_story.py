"""A team of five on the worked example: four consultants code alone in their copies, the leader makes one project of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qcode.exchange.tables import read_table
from qcode.merge.content import Reason
from qcode.model.identity import Identities
from qcode.model.merging import Decision
from qcode.model.reading import ReadingStatus
from qcode.opening import create_project, open_project
from qcode.operations.cases import import_assignments, import_cases, name_level
from qcode.operations.codebook import import_codebook
from qcode.operations.codes import change_code, delete_codes
from qcode.operations.coding_table import import_codings
from qcode.operations.conflicts import resolve
from qcode.operations.merging import merge_files, plan_merge
from qcode.operations.readings import mark_readings
from qcode.operations.sources import import_files, import_source_table
from qcode.project import Project
from qcode.store.check import check
from qcode.store.content import content_hash
from qcode.store.names import Names
from qcode.views.conflicts import open_conflicts
from qcode.views.quotes import build_codings

HERE = Path(__file__).parents[2] / "projects" / "central-asia"
LEADER = "Anna L."
TEAM = ("aizhan", "baktygul", "dilnoza", "farrukh")
CODE = "Success factors > Technical expertise"
LAW, KNOW_HOW = "Somebody knew the law.", "Somebody knew how it is done."
#: What the leader thinks that nobody uses.
UNUSED = "Success factors > Speed and flexibility"
ORDERS = (TEAM, TEAM[::-1], ("dilnoza", "aizhan", "farrukh", "baktygul"))


def of_leader(path: Path, seed: int = 7) -> Project:
    return open_project(path, coder=LEADER, identities=Identities.seeded(seed), quiet=1000.0)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the leader's file and those that came back from the four; tests copy from it."""
    folder = tmp_path_factory.mktemp("team")
    leader = folder / "leader.qcode"
    with create_project(leader, "Central Asia", coder=LEADER, identities=Identities.seeded(1)) as project:
        import_files(project, [HERE / "sources"], strict=True)
        import_cases(project, read_table(HERE / "cases.csv"), strict=True)
        name_level(project, 1, "Country")
        import_source_table(project, read_table(HERE / "sources.csv"), strict=True)
        import_assignments(project, read_table(HERE / "assign.csv"), strict=True)
        import_codebook(project, read_table(HERE / "codebook.csv"), strict=True)
    for number, person in enumerate(TEAM):
        copy = Path(shutil.copyfile(leader, folder / f"{person}.qcode"))
        with open_project(copy, coder=person, identities=Identities.seeded(10 + number), quiet=1000.0) as project:
            code_alone(project, person)
    with of_leader(leader, 2) as project:
        change_code(project, code_called(project, CODE), definition=LAW, include="Drafts of laws.")
        delete_codes(project, [code_called(project, UNUSED)])
    return folder


def code_alone(project: Project, person: str) -> None:
    """Weeks of one consultant's work: her codings, her readings, and a definition that the leader changes too."""
    table = read_table(HERE / f"codings-{person}.csv")
    assert not import_codings(project, table, strict=True).refused
    coder = table.column("coder")[0]
    readings = read_table(HERE / "readings.csv")
    for name, source, status in zip(*(readings.column(one) for one in ("coder", "source", "status")), strict=True):
        if name == coder:
            mark_readings(project, [source], ReadingStatus(status), coder)
    if person == "aizhan":
        change_code(project, code_called(project, CODE), definition=KNOW_HOW)


def hash_of(project: Project) -> str:
    with project.reading() as db:
        assert check(db) == []
        return content_hash(db)


def codings_of(project: Project, *coders: str) -> list[tuple[object, ...]]:
    """Every coding but for its ID: source, place, quote, code, coder, memo; of some coders, or of all."""
    return sorted(tuple(map(str, row[1:])) for row in build_codings(project).rows if not coders or row[6] in coders)


def codings_sent(desk: Path) -> list[tuple[object, ...]]:
    """What stands in the four files that came back."""
    found: list[tuple[object, ...]] = []
    for person in TEAM:
        with open_project(desk / f"{person}.qcode", read_only=True) as project:
            found.extend(codings_of(project))
    return sorted(found)


def code_called(project: Project, path: str) -> str:
    with project.reading() as db:
        return Names(db).codes.uuid(path)


@pytest.fixture
def desk(desks: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(desks, tmp_path / "desk"))


def files(desk: Path, order: tuple[str, ...] = TEAM) -> list[Path]:
    return [desk / f"{person}.qcode" for person in order]


def test_three_orders_give_one_project_and_every_coding_is_there(desk: Path) -> None:
    sent = codings_sent(desk)
    assert len(sent) == sum(len((HERE / f"codings-{person}.csv").read_text(encoding="utf-8").splitlines()) - 1 for person in TEAM)
    hashes = set()
    for number, order in enumerate(ORDERS):
        with of_leader(Path(shutil.copyfile(desk / "leader.qcode", desk / f"order {number}.qcode"))) as project:
            for file in files(desk, order):
                merge_files(project, [file])
            assert codings_of(project) == sent
            hashes.add(hash_of(project))
    with of_leader(desk / "leader.qcode") as project:
        plan = merge_files(project, files(desk))
        assert plan is not None
        assert (plan.codings, plan.lost) == (len(sent), ())
        hashes.add(hash_of(project))
        assert merge_files(project, files(desk)[::-1]) is None
    assert len(hashes) == 1


def test_the_plan_is_what_the_merge_does_and_writes_nothing(desk: Path) -> None:
    with of_leader(desk / "leader.qcode") as project:
        before = hash_of(project)
        plan = plan_merge(project, files(desk))
        assert hash_of(project) == before
        assert plan == merge_files(project, files(desk))
        assert plan is not None
        assert {one.coder for one in plan.contributions} == set(TEAM)
        assert sum(one.new_codings for one in plan.contributions) == plan.codings


def test_what_two_changed_is_decided_and_the_decision_travels(desk: Path) -> None:
    with of_leader(desk / "leader.qcode") as project:
        merge_files(project, files(desk))
        open_ones = {conflict.kind: conflict for conflict in open_conflicts(project)}
        assert set(open_ones) == {Reason.CONFLICT, Reason.USED}
        assert len(open_conflicts(project)) == 2
        disputed, used = open_ones[Reason.CONFLICT], open_ones[Reason.USED]
        assert {said.value for said in disputed.values} == {LAW, KNOW_HOW}
        assert used.title == UNUSED.rpartition(" > ")[2]
        mine = [said.value for said in disputed.values].index(LAW)
        resolve(project, [Decision(disputed.id, mine), Decision(used.id, 0)])
        assert open_conflicts(project) == []
        decided = hash_of(project)
    for person in ("aizhan", "dilnoza"):
        with open_project(desk / f"{person}.qcode", coder=person, identities=Identities.seeded(30), quiet=1000.0) as project:
            merge_files(project, [desk / "leader.qcode"])
            assert hash_of(project) == decided
            assert open_conflicts(project) == []


def test_the_merge_is_taken_back_and_nobody_loses_her_work(desk: Path) -> None:
    leader = desk / "leader.qcode"
    with of_leader(leader) as project:
        before = hash_of(project)
        merge_files(project, files(desk))
        after = hash_of(project)
        project.undo()
        assert hash_of(project) == before
        assert codings_of(project) == []
    hers = desk / "baktygul.qcode"
    with open_project(hers, coder="baktygul", identities=Identities.seeded(20), quiet=1000.0) as project:
        work = codings_of(project)
        merge_files(project, [leader])
        assert codings_of(project) == work
    with of_leader(Path(shutil.copyfile(leader, desk / "received.qcode")), 8) as project:
        merge_files(project, [hers])
        assert codings_of(project) == work
    with of_leader(leader, 9) as project:
        merge_files(project, files(desk, ORDERS[2]))
        assert hash_of(project) == after
        assert codings_of(project) == codings_sent(desk)
