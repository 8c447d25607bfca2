"""The worked example builds itself, says what its README says, and can be taken back act by act."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qcode.model.matrix import Measure
from qcode.opening import open_project
from qcode.project import Project
from qcode.store.check import check
from qcode.store.content import content_hash
from qcode.views.lists import project_info
from qcode.views.matrix import MatrixQuestion, build_matrix

SCRIPT = Path(__file__).parents[2] / "projects" / "central-asia" / "build.py"
COUNTRIES = ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"]
#: The cells that are not '+', by the last part of the code's path.
STATES = {
    "Management on the ground": {"Turkmenistan": "?"},
    "Use of research": {"Tajikistan": "0"},
    "Staff turnover": {"Turkmenistan": "?"},
    "Political or economic instability": {"Turkmenistan": "?", "Uzbekistan": "0"},
    "Administrative set-up": {"Kazakhstan": "0"},
    "Monitoring and indicators": {"Kazakhstan": "?", "Turkmenistan": "?"},
}
FILES = ["central-asia.qcode", *(f"success-and-constraints.{kind}" for kind in ("csv", "docx", "html", "xlsx"))]


@pytest.mark.parametrize(
    ("words", "code", "said"), [(["--help"], 0, "usage: build.py"), (["one", "two"], 2, "unrecognized arguments: two")]
)
def test_what_it_can_be_asked_is_said(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(SCRIPT.parents[2])},
    )
    assert (ran.returncode, said in ran.stdout + ran.stderr) == (code, True)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


@pytest.fixture(scope="module")
def built(script: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, built once; tests that write copy it."""
    path = tmp_path_factory.mktemp("example") / "central-asia.qcode"
    script["build"](path).close()
    return path


@pytest.fixture
def example(built: Path) -> Iterator[Project]:
    with open_project(built, read_only=True) as project:
        yield project


def hash_of(project: Project) -> str:
    with project.reading() as db:
        return content_hash(db)


def test_the_script_says_the_table_and_where_everything_is(
    script: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str], example: Project
) -> None:
    main: Callable[[Path], None] = script["main"]
    for _ in range(2):  # the second time over what the first one left
        main(tmp_path / "there")
        said = capsys.readouterr().out
        assert "Success factors > Technical expertise" in said
        assert all(country in said for country in COUNTRIES)
        assert sorted(path.name for path in (tmp_path / "there").iterdir()) == FILES
        assert all(str(tmp_path / "there" / name) in said for name in FILES)
        assert all((tmp_path / "there" / name).stat().st_size > 500 for name in FILES)
    with open_project(tmp_path / "there" / "central-asia.qcode", read_only=True) as again:
        assert hash_of(again) == hash_of(example)


def test_it_is_in_order_and_has_what_the_readme_counts(example: Project) -> None:
    with example.reading() as db:
        assert check(db) == []
    info = project_info(example)
    assert (info["sources"], info["codings"], info["languages"]) == (26, 436, ["en", "fr", "ru"])
    assert info["coders"] == ["Aizhan B.", "Baktygul T.", "Dilnoza R.", "Farrukh N."]


def test_the_three_states_are_those_of_the_readme(script: dict[str, Any], example: Project) -> None:
    matrix = build_matrix(example, MatrixQuestion(script["QUESTION"].rows, "case:1", Measure.PRESENCE))
    assert [column.label for column in matrix.columns] == COUNTRIES
    shown = {
        row.path.rpartition(" > ")[2]: {
            country: cell.presence.value for country, cell in zip(COUNTRIES, cells, strict=True) if cell.presence.value != "+"
        }
        for row, cells in zip(matrix.rows, matrix.cells, strict=True)
    }
    assert len(shown) == 13
    assert {code: cells for code, cells in shown.items() if cells} == STATES


def test_what_the_readme_says_of_forced_labour(example: Project) -> None:
    matrix = build_matrix(example, MatrixQuestion(("Themes",), "case:1", Measure.PRESENCE))
    labels = [row.label for row in matrix.rows]
    assert matrix.cells[labels.index("Forced labour")][COUNTRIES.index("Kyrgyzstan")].presence.value == "?"


def test_every_act_is_taken_back_and_done_again(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.qcode"
    copy.write_bytes(built.read_bytes())
    with open_project(copy) as project:
        end = hash_of(project)
        undone = 0
        while project.undo():
            undone += 1
        assert undone == 41
        info = project_info(project)
        assert [info[key] for key in ("sources", "cases", "codes", "codings", "coders")] == [0, 0, 0, 0, []]
        for _ in range(undone):
            assert project.redo() is not None
        assert hash_of(project) == end
        assert project.redo() is None
        with project.reading() as db:
            assert check(db) == []
