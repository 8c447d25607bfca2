from __future__ import annotations

import importlib
import os
import re
import signal
import threading
from pathlib import Path

import pytest

from qcode.cli import main
from qcode.cli.main import COMMANDS
from qcode.model.document import Document
from qcode.progress import Progress
from tests.cli.desk import Desk

MODULES = sorted({module for module, _ in COMMANDS.values()})


def test_help_lists_exactly_the_commands_that_exist(empty: Desk) -> None:
    listed = re.findall(r"^  (\S+(?: \S+)?)  ", empty("--help").out, re.MULTILINE)
    exist = [name for module in MODULES for name in importlib.import_module(f"qcode.cli.{module}").COMMANDS]
    assert sorted(listed) == sorted(exist) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(empty: Desk, name: str) -> None:
    answer = empty(f"{name} --help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"usage: qcode {name} ")
    assert "--json" in answer.out
    arguments = re.findall(r"^  (-{1,2}[\w-]+|\w+).*?(?:\n {20,}|  )\S", answer.out, re.MULTILINE)
    assert "FILE" in " ".join(arguments)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "usage: qcode COMMAND FILE"),
        ("nonsense P.qcode", "there is no command 'nonsense'"),
        ("info", "the following arguments are required: FILE"),
        ("info P.qcode --colour", "unrecognized arguments: --colour"),
        ("import P.qcode", "the following arguments are required: PATH"),
        ("import P.qcode x --case A --case-from folder", "not allowed with argument --case"),
        ("import P.qcode x --set year", "'year' is not written as ATTRIBUTE=VALUE"),
        ("matrix P.qcode --where group=", "'group=' is not written as ATTRIBUTE=VALUE"),
        ("matrix P.qcode --cells colours", "invalid choice: 'colours'"),
        ("matrix P.qcode -o m.pdf", "'pdf' is not a format of this command: use csv, xlsx, docx, html, md, json"),
        ("matrix P.qcode -o m", "'' is not a format of this command"),
        ("matrix P.qcode -o ./P.qcode --format csv", "is the project itself"),
        ("codings export P.qcode", "the following arguments are required: -o"),
        ("codings export P.qcode -o k.docx", "'docx' is not a format of this command: use csv, xlsx"),
        ("read P.qcode --source x --status done", "invalid choice: 'done'"),
        ("read P.qcode --source x", "the following arguments are required: --status"),
        ("purge P.qcode", "the following arguments are required: --source"),
    ],
)
def test_wrong_usage_is_two(desk: Desk, line: str, said: str) -> None:
    before = (desk.folder / "P.qcode").read_bytes()
    answer = desk(line)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert (desk.folder / "P.qcode").read_bytes() == before


@pytest.mark.parametrize("words", ["codings --help", "codings -h", "codebook --help"])
def test_help_of_a_word_that_begins_commands_lists_these(empty: Desk, words: str) -> None:
    answer, family = empty(words), words.split()[0]
    assert (answer.code, answer.err) == (0, "")
    assert re.findall(r"^  (\S+ \S+)  ", answer.out, re.MULTILINE) == [f"{family} import", f"{family} export"]
    assert answer.out.startswith(f"usage: qcode {family} VERB FILE ...")


@pytest.mark.parametrize(
    ("words", "said"), [("codings", "usage: qcode codings VERB"), ("codings inport", "there is no command 'codings inport'")]
)
def test_half_a_command_is_wrong_usage_and_says_the_other_half(empty: Desk, words: str, said: str) -> None:
    answer = empty(words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "codings export" in answer.err
    assert "codebook" not in answer.err


def test_the_version_is_said(empty: Desk) -> None:
    assert re.fullmatch(r"qcode \d+\.\d+\.\d+\n", empty("--version").out)


@pytest.mark.skipif(os.name != "posix", reason="signals are sent otherwise there")
def test_ctrl_c_takes_an_import_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk("info P.qcode --json").json
    handler = signal.getsignal(signal.SIGINT)
    desk.write("more/a.txt", "a")
    desk.write("more/b.txt", "b")
    cancelled = threading.Event()
    read, cancel = importlib.import_module("qcode.operations.sources").read_document, Progress.cancel

    def interrupted(path: Path) -> Document:
        for _ in range(300):  # Python may hear a signal late when the main thread is just about to wait
            os.kill(os.getpid(), signal.SIGINT)
            if cancelled.wait(0.1):
                break
        return read(path)

    monkeypatch.setattr("qcode.operations.sources.read_document", interrupted)
    monkeypatch.setattr(Progress, "cancel", lambda progress: (cancel(progress), cancelled.set()))
    answer = desk("import P.qcode more")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "Stopped. Nothing of this command was written.\n"
    assert signal.getsignal(signal.SIGINT) == handler
    assert desk("info P.qcode --json").json["content_hash"] == before["content_hash"]


def test_a_keyboard_interrupt_elsewhere_is_one_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qcode.cli.journal.read_history", stopped)
    answer = desk("history P.qcode")
    assert (answer.code, answer.out, answer.err) == (1, "", "Stopped. 'qcode history' says whether the act was done before that.\n")


def test_main_reads_the_command_line_of_the_process(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["qcode", "--version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("qcode ")
