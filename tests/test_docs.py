"""The page on the command line names every command, option and format, and its examples do what it shows."""

from __future__ import annotations

import importlib
import re
import shlex
from pathlib import Path

import pytest

from qcode.cli import main
from qcode.cli.main import COMMANDS, parser_of
from qcode.exchange.registry import GRID_WRITERS, LINKED_WRITERS, MATRIX_WRITERS, QUOTE_WRITERS, READERS, SECTIONS_WRITERS, TABLE_WRITERS
from qcode.operations.template import template_names

PAGE = (Path(__file__).parents[1] / "docs" / "command-line.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (.+?)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
FOR_ALL = PAGE.partition("## What holds for every command")[2].partition("\n## ")[0]
BLOCKS = re.findall(r"^```(\w+)(?: file=(.+?))?\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def options_of(name: str) -> list[str]:
    command = importlib.import_module(f"qcode.cli.{COMMANDS[name][0]}").COMMANDS[name]
    return [option for action in parser_of(name, command)._actions for option in action.option_strings]


def test_the_page_has_a_section_for_each_command_and_no_others() -> None:
    assert sorted(SECTIONS) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    text = SECTIONS[name] + FOR_ALL
    assert [option for option in options_of(name) if f"`{option}" not in text] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_no_section_explains_an_option_that_is_not_there(name: str) -> None:
    mentioned = re.findall(r"`(-{1,2}[a-z][\w-]*)", SECTIONS[name])
    assert [option for option in mentioned if option not in options_of(name)] == []


@pytest.mark.parametrize(
    ("name", "formats"),
    [
        ("import", READERS),
        ("matrix", MATRIX_WRITERS),
        ("quotes", QUOTE_WRITERS),
        ("codings export", TABLE_WRITERS),
        ("codebook export", TABLE_WRITERS),
        ("matrix", GRID_WRITERS),
        ("summaries export", TABLE_WRITERS),
        ("findings export", TABLE_WRITERS),
        ("findings export", LINKED_WRITERS),
        ("merge", SECTIONS_WRITERS),
        ("new", template_names()),
    ],
)
def test_every_format_and_template_is_named(name: str, formats: list[str]) -> None:
    assert [one for one in formats if f"`{one}`" not in SECTIONS[name]] == []


def test_the_examples_do_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    for _, name, text in BLOCKS:
        if name:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    shown = [text for kind, _, text in BLOCKS if kind == "console"]
    for command, expected in re.findall(r"^\$ qcode (.+)\n((?:[^$].*\n)*)", "".join(shown), re.MULTILINE):
        assert main(shlex.split(command)) == 0, command
        said = capsys.readouterr()
        assert said.out + said.err == expected, command
    assert "qcode" in "".join(shown)
