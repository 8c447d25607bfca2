"""Nothing reaches for the network, and the guard that says so works."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests import offline
from tests.exchange.importers.pdf_parts import write_pdf
from tests.exchange.importers.test_docx import build, p, r

ROOT = Path(__file__).parents[1]

# Runs the command line with the guard inside; 97 when a socket was asked for, even if the program went on without it.
GUARDED = """
import runpy, sys
from tests import offline
offline.forbid_network()
try:
    runpy.run_module("qcode", run_name="__main__", alter_sys=True)
finally:
    if offline.take_refused():
        sys.exit(97)
"""

SOURCES = {
    "note.txt": "Trainers were paid late.\n\nThe mayor backed the centre.\n",
    "codebook.csv": "code,parent\nConstraints,\nLate payment,Constraints\n",
    "notes/page.html": '<link rel=stylesheet href="http://127.0.0.1:9/a.css"><img src="http://127.0.0.1:9/a.png"><p>The mayor came.</p>',
    "notes/note.md": "# Visit\n\nThe mayor ![came](http://127.0.0.1:9/b.png).\n",
    "cases.csv": "case,region\nKyrgyzstan,North\n",
    "assign.csv": "case,source,start,end\nKyrgyzstan,page.html,0,9\n",
    "sources.csv": "source,language\nnote.txt,en\n",
    "codings.csv": "source,quote,code,coder\nnote.txt,paid late,Constraints > Late payment,Aida\n",
}

WHOLE_RUN = [
    "new P.qcode --title Centres",
    "import P.qcode note.txt --case Kyrgyzstan",
    "import P.qcode notes --language en",
    "codebook import P.qcode codebook.csv",
    "cases import P.qcode cases.csv",
    "cases assign P.qcode assign.csv",
    "cases level P.qcode 1 Country",
    "sources import-table P.qcode sources.csv",
    "codings import P.qcode codings.csv",
    "read P.qcode --coder Aida --source note.txt --status finished",
    "search P.qcode mayor",
    "quotes P.qcode -o quotes.docx",
    "matrix P.qcode --columns case -o matrix.xlsx",
    "matrix P.qcode --columns case -o matrix.html",
    "matrix P.qcode --columns case:1 --cells presence -o matrix.docx",
    "matrix P.qcode --columns region --cells coverage -o matrix.json",
    "codings export P.qcode -o out.csv",
    "codebook export P.qcode out.xlsx",
    "codings import P.qcode out.csv --json",
    "undo P.qcode",
    "redo P.qcode",
    "sources P.qcode",
    "cases P.qcode",
    "codes P.qcode",
    "history P.qcode",
    "info P.qcode --json",
    "backup P.qcode",
    "purge P.qcode --source note.md --yes",
    "check P.qcode",
]


def no_network_command() -> list[str]:
    """The command that runs another without any network, or nothing where that is not permitted."""
    for command in (["unshare", "-n"], ["unshare", "-r", "-n"]):
        if shutil.which("unshare") and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
            return command
    return []


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """The outcome of a program started in `folder`."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_internet_sockets_are_refused_and_noted(family: int, kind: int) -> None:
    with pytest.raises(PermissionError, match="works offline"):
        socket.socket(family, kind)
    assert offline.take_refused() == ["socket.__new__"]


def test_a_library_that_swallows_the_refusal_is_noted() -> None:
    with pytest.raises(OSError, match="works offline"):
        urllib.request.urlopen("http://127.0.0.1:9/")
    assert offline.take_refused()


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(PermissionError):
        socket.getaddrinfo("localhost", 80)
    assert offline.take_refused() == ["socket.getaddrinfo"]


def test_sockets_within_the_process_are_left_alone() -> None:
    left, right = socket.socketpair()
    left.close()
    right.close()


def test_a_test_that_swallows_the_refusal_fails_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n")
    (tmp_path / "test_it.py").write_text(
        "import contextlib, socket\n\n\ndef test_it():\n    with contextlib.suppress(OSError):\n        socket.socket()\n"
    )
    start = f"import sys, pytest; sys.path.insert(0, {str(ROOT)!r}); sys.exit(pytest.main(['-q', '-p', 'no:cacheprovider']))"
    ran = run([sys.executable, "-c", start], tmp_path)
    assert ran.returncode == 1
    assert "this test reached for the network: ['socket.__new__']" in ran.stdout


@pytest.mark.skipif(importlib.util.find_spec("qcode.cli") is None, reason="the command line is not built yet")
def test_a_whole_run_of_the_command_line_needs_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    cut_off = no_network_command()
    if not cut_off:
        pytest.skip("this machine does not permit `unshare -n`")
    (tmp_path / "notes").mkdir()
    for name, text in SOURCES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    write_pdf(tmp_path / "notes" / "letter.pdf", [["The mayor wrote."]])
    build(tmp_path / "notes" / "minutes.docx", p(r("The mayor spoke.")))
    for line in WHOLE_RUN:
        ran = run([*cut_off, sys.executable, "-c", GUARDED, *line.split()], tmp_path)
        assert ran.returncode == 0, f"{line}: {ran.stderr}"
