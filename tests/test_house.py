"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = {".py", ".md", ".toml", ".txt", ".csv", ".sh", ".sql", ".html", ".css", ".js", ".json", ".svg", ".yml", ""}
PINS = sorted((ROOT / "requirements").glob("*.txt"))

# A library belongs to the rooms named here; no other room imports it. The standard library's sqlite3 counts as one.
ROOMS_OF = {
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
    "rapidfuzz": {"text", "merge", "synthesis", "agreement", "suggest"},
    "numpy": {"merge", "synthesis", "agreement", "suggest"},
    "lxml": {"exchange"},
    "docx": {"exchange"},
    "xlsxwriter": {"exchange"},
    "python_calamine": {"exchange"},
    "pypdfium2": {"exchange"},
    "charset_normalizer": {"exchange"},
    "jinja2": {"exchange"},
    "markupsafe": {"exchange"},
    "platformdirs": {"store", "project", "cli", "ui"},
    "spacy": {"language"},
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "ui": {"ui"},
}
PURE = {"merge", "agreement", "synthesis"}
LATE = ROOMS_OF.keys() - {"sqlite3", "sqlite_utils", "platformdirs"}
SQL = re.compile(
    r"^\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX)|PRAGMA)\b",
    re.DOTALL,
)
TELLING = re.compile(
    r"(?<![\w.])/(?:home|root|Users|opt|work)/\w+|[A-Z]:\\Users\\"  # where somebody keeps a checkout
    r"|\bpypi\.org|pythonhosted|--(?:extra-)?index-url [^-]"  # where a machine gets its packages
)


def named(path: Path) -> str:
    """The path a person would say: from the top of the checkout."""
    return path.relative_to(ROOT).as_posix()


def room(path: Path) -> str:
    """The part of the engine a file belongs to: 'store', 'exchange' …; 'ui' for the window."""
    package, rest = path.relative_to(ROOT).parts[:2]
    return "ui" if package == "ui" else rest.removesuffix(".py")


PYTHON = sorted([*(ROOT / "qcode").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])


def tracked() -> list[Path]:
    """The files git knows, or every file of an unpacked archive without git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def tree_of(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports_of(tree: ast.AST) -> Iterator[str]:
    """The dotted names a file imports when it runs, at whatever depth; what only a type checker sees is left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield from imports_of(node)


def pinned(path: Path) -> dict[str, str]:
    """Name -> the lines of each pin of a requirements file."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    return {line.split("==")[0].strip().lower(): line for line in text.splitlines() if line.strip()}


def why_not(path: Path, name: str) -> str:
    """Why the room of a file may not import a name; empty when it may."""
    here = room(path)
    top, _, rest = name.partition(".")
    neighbour = rest.partition(".")[0]
    if top == "qcode":
        if here == "model" and neighbour not in {"model", "errors"}:
            return "model knows nothing but itself"
        return f"{here} is pure" if here in PURE and neighbour not in {here, "model", "text"} else ""
    if top in ROOMS_OF:
        return "" if here in ROOMS_OF[top] else f"it belongs to {sorted(ROOMS_OF[top])}"
    return "" if top in sys.stdlib_module_names else "test_house.py does not say which rooms may"


def long_functions(path: Path, most: int) -> Iterator[str]:
    """The functions of a file with more than `most` lines, with their size."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > most:
                yield f"{named(path)}: {node.name} has {lines} lines"


def sql_in(path: Path) -> Iterator[str]:
    """Where a file has SQL in a string."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
            yield f"{named(path)}, line {node.lineno}: {node.value[:40]}"


def test_each_room_imports_only_what_it_may() -> None:
    pairs = [(path, name) for path in PYTHON for name in imports_of(tree_of(path))]
    assert [f"{named(path)} imports {name}: {why}" for path, name in pairs if (why := why_not(path, name))] == []


@pytest.mark.parametrize(
    ("here", "name", "allowed"),
    [
        ("model/span.py", "dataclasses", True),
        ("model/span.py", "qcode.text.spans", False),
        ("merge/rows.py", "qcode.store.rows", False),
        ("merge/rows.py", "rapidfuzz", True),
        ("views/matrix.py", "sqlite3", False),
        ("store/rows.py", "sqlite3", True),
        ("text/folding.py", "requests", False),
    ],
)
def test_the_rule_of_imports_tells_right_from_wrong(here: str, name: str, allowed: bool) -> None:
    assert (why_not(ROOT / "qcode" / here, name) == "") is allowed


def test_only_the_store_speaks_sql() -> None:
    assert [place for path in PYTHON if room(path) != "store" for place in sql_in(path)] == []
    assert any(list(sql_in(path)) for path in PYTHON if room(path) == "store")


def test_files_and_functions_stay_small() -> None:
    assert [named(path) for path in PYTHON if path.read_text(encoding="utf-8").count("\n") > 500] == []
    assert [each for path in PYTHON for each in long_functions(path, 80)] == []


@pytest.mark.skipif(importlib.util.find_spec("qcode.__main__") is None, reason="the command line is not built yet")
def test_starting_loads_no_heavy_library() -> None:
    start = "import sys, runpy, contextlib\nsys.argv = ['qcode', '--help']\n"
    start += "with contextlib.suppress(SystemExit): runpy.run_module('qcode', run_name='__main__')\n"
    start += "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", start], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert not LATE & set(ran.stderr.split())


def test_tracked_files_are_small_and_tell_nothing_of_the_machine_they_were_made_on() -> None:
    for path in tracked():
        assert path.stat().st_size <= 2_000_000, f"{path} is over 2 MB"
        if path.suffix in TEXT and path != Path(__file__):
            found = TELLING.search(path.read_text(encoding="utf-8", errors="replace"))
            assert found is None, f"{named(path)} says {found and found[0]!r}"


def test_every_requirement_is_one_version_with_hashes() -> None:
    pins = [pin for path in PINS for pin in pinned(path).values()]
    assert pins
    assert [pin for pin in pins if not re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", pin)] == []


def test_the_pins_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {re.split(r"[<>=\[]", wish)[0].lower() for wish in project["project"]["dependencies"]}
    assert asked <= pinned(ROOT / "requirements/run.txt").keys()


def test_the_notice_names_every_library_that_comes_along_and_its_licence() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    named = {line.split("|")[0].strip().lower(): line for line in notice.splitlines() if "|" in line}
    assert pinned(ROOT / "requirements/run.txt").keys() == named.keys() - {"library"}
    assert all(line.split("|")[1].strip() for line in named.values())


def test_the_readme_begins_with_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line.split()[:2] for line in readme if line.startswith("    ")][:2] == [["make", "run"], ["make", "test"]]
    assert readme.index(next(line for line in readme if "make test" in line)) < 8


def test_an_installed_wheel_finds_its_data_files(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    installed = tmp_path / "installed"
    with zipfile.ZipFile(next(tmp_path.glob("qcode-*.whl"))) as wheel:
        wheel.extractall(installed)
    ask = "import sys; sys.path.insert(0, sys.argv[1]); from qcode.resources import resource; print(resource('README.md'))"
    ran = subprocess.run([sys.executable, "-c", ask, str(installed)], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(ran.stdout.strip()) == (installed / "qcode/_resources/README.md").resolve()
