"""A team: a leader's project and the files of three colleagues who went on by themselves."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from qcode import Project, open_project
from qcode.model.identity import Identities
from qcode.model.span import Span
from qcode.operations.cases import set_value
from qcode.operations.codes import change_code, create_code
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.store.names import Names
from qcode.views.coding_codes import CodeList
from qcode.views.coding_document import Coding, open_document
from qcode.views.lists import find_source, list_sources

LEADER = "Anna L."
COLLEAGUES = {"Baktygul T.": "Kyrgyzstan", "Firuz R.": "Tajikistan", "Dilnoza S.": "Uzbekistan"}
TURNOVER = "Staff turnover"
BASE = "People who hold knowledge leave a partner institution."
MINE = "People who hold knowledge, or who made an agreement, leave a partner institution or change posts."
THEIRS = "Officials who hold knowledge leave a partner institution, including reassignment inside a ministry."
EXCLUDE = "A whole ministry reorganised: use Instability."


def make_team(leader: Path, folder: Path) -> list[Path]:
    """Let the colleagues and the leader go on from `leader`; the colleagues' files."""
    folder.mkdir(parents=True, exist_ok=True)
    with _open(leader, LEADER, 1, 4) as project:
        change_code(project, code_of(project, TURNOVER), definition=BASE)
        set_value(project, _case(project), "sector", "Civil society")
    files = [folder / f"HLE_{place[:3].upper()}_{name.split()[0]}.qcode" for name, place in COLLEAGUES.items()]
    for path in files:
        shutil.copyfile(leader, path)
    with _open(leader, LEADER, 2, 5) as project:
        _lead(project)
    for number, (path, (name, place)) in enumerate(zip(files, COLLEAGUES.items(), strict=True)):
        with _open(path, name, 10 + number, 6 + number) as project:
            _work(project, name, place, number)
    return files


def code_of(project: Project, name: str) -> str:
    """The UUID of a code."""
    return next(code.uuid for code in CodeList(project).codes.values() if code.name == name)


def _open(path: Path, coder: str, seed: int, day: int) -> Project:
    return open_project(path, coder=coder, identities=Identities.seeded(seed, datetime(2022, 6, day, 8, tzinfo=UTC)))


def _case(project: Project) -> str:
    with project.reading() as db:
        return Names(db).cases.uuid("Uzbekistan")


def _leaves(project: Project) -> list[str]:
    codes = CodeList(project)
    return [code.uuid for code in codes.codes.values() if not codes.below(code.uuid) and code.name != TURNOVER]


def _source(project: Project, place: str) -> str:
    return next(find_source(project, str(line["name"])).uuid for line in list_sources(project) if str(line["name"]).startswith(place))


def _codings(project: Project, place: str) -> list[Coding]:
    found = open_document(project, _source(project, place)).codings.values()
    return sorted(found, key=lambda coding: (coding.start, coding.end, coding.short_id))


def _lead(project: Project) -> None:
    leaves = _leaves(project)
    change_code(project, code_of(project, TURNOVER), definition=MINE)
    change_code(project, leaves[0], colour="Brick")
    change_coding(project, _codings(project, "Kyrgyzstan")[-1].uuid, memo="Important for the report: ask Baktygul.")
    change_coding(project, _codings(project, "Tajikistan")[-1].uuid, memo="The specialist of the ministry.")
    set_value(project, _case(project), "sector", "Government")
    apply_code(project, _source(project, "Kyrgyzstan"), Span(0, 12), leaves[1], memo="A heading.")


def _work(project: Project, name: str, place: str, number: int) -> None:
    leaves, source = _leaves(project), _source(project, place)
    document = open_document(project, source)
    for at in range(12 * (number + 1)):
        start = 3 * at
        if start + 20 + at <= len(document.text):
            apply_code(project, source, Span(start, start + 20 + at), leaves[at % len(leaves)], memo="A memo." if at % 3 == 0 else "")
    (_of_baktygul, _of_firuz, _of_dilnoza)[number](project, leaves)


def _of_baktygul(project: Project, leaves: list[str]) -> None:
    change_code(project, code_of(project, TURNOVER), definition=THEIRS, exclude=EXCLUDE)
    change_coding(project, _codings(project, "Kyrgyzstan")[-1].uuid, memo="As the minister said on the telephone.")
    set_value(project, _case(project), "sector", "Ministries")
    create_code(project, "Return of workers", definition="Workers who come back, and what they find.")


def _of_firuz(project: Project, leaves: list[str]) -> None:
    change_code(project, leaves[0], colour="Indigo")
    create_code(project, "Social protection net")


def _of_dilnoza(project: Project, leaves: list[str]) -> None:
    create_code(project, "Returns of workers", definition="People who came back in 2020 and their access to services.")
    first = _codings(project, "Tajikistan")
    remove_codings(project, [first[-1].uuid])
