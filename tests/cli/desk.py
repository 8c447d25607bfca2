"""A person at a terminal: types a command in a folder of files, and sees what comes back on which stream."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qcode.cli import main

FILES = {
    "notes/Kyrgyzstan/KGZ01 Ministry.txt": "The trainers were paid late.\n\nThe mayor backed the centre. Rais o‘zi keldi.\n",
    "notes/Kyrgyzstan/KGZ02 Union.txt": "Half the staff left. Ёлка стояла в холле.\n",
    "notes/Tajikistan/TJK01 Employers.txt": "Nobody was paid late here 🙂. The mayor came twice; the mayor left once.\n",
    "notes/Tajikistan/TJK02 Farmers.txt": "All went well.\n",
    "codebook.csv": "code,parent,definition\nConstraints,,\nLate payment,Constraints,Money that comes late.\n"
    "Staff turnover,Constraints,\nSupport,,\n",
    "cases.csv": "case,parent,group,year\nKyrgyzstan,,,\nMinistry,Kyrgyzstan,Government,2021\nTajikistan,,,2022\n",
    "sources.csv": "source,case,title,language\nKGZ01,Kyrgyzstan > Ministry,Ministry of Labour,en\nKGZ02,,,ru\n",
    "codings.csv": "source,quote,code,coder,memo\n"
    "KGZ01,paid late,Late payment,Aida,\n"
    "KGZ02,Half the staff left,Staff turnover,Aida,=1+1\n"
    "TJK01,paid late,Late payment,Bolot,\n"
    "KGZ01,The mayor backed the centre,Support,Aida,\n"
    "KGZ02,Half the staff left. Ёлка,Constraints,Aida,\n",
}


@dataclass
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


class Desk:
    """Runs commands in its folder, with the coder Ada."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, line: str) -> Answer:
        self._capsys.readouterr()
        try:
            code = main(shlex.split(line))
        except SystemExit as stopped:  # what argparse does about wrong usage and --help
            code = int(stopped.code or 0)
        out, err = self._capsys.readouterr()
        return Answer(code, out, err)

    def write(self, name: str, text: str) -> None:
        """A file in the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    def fill(self) -> None:
        """P.qcode with notes of two countries, codes, cases and codings; TJK02 has not been read."""
        for name, text in FILES.items():
            self.write(name, text)
        for line in (
            "new P.qcode --title Centres",
            "import P.qcode notes --case-from folder",
            "codebook import P.qcode codebook.csv",
            "cases import P.qcode cases.csv",
            "sources import-table P.qcode sources.csv",
            "codings import P.qcode codings.csv",
            "read P.qcode --coder Aida --source KGZ01 --source KGZ02 --status finished",
            "read P.qcode --coder Bolot --source TJK01 --status finished",
        ):
            answer = self(line)
            assert (answer.code, answer.out) == (0, ""), f"{line}: {answer}"
