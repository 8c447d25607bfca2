"""The corpora, the projects made of them, and the one table that all benchmarks write into."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qcode.exchange.tables import read_table
from qcode.model.identity import Identities
from qcode.opening import create_project, open_project
from qcode.operations.cases import import_assignments, import_cases
from qcode.operations.codebook import import_codebook
from qcode.operations.coding_table import import_codings
from qcode.operations.sources import import_files
from qcode.project import Project
from tests.benchmarks import floors
from tests.benchmarks.corpus import LARGE, MEDIUM, SMALL, Corpus, make_corpus
from tests.benchmarks.measure import Board

CODER = "Coder 1"


@dataclass(frozen=True)
class Bench:
    """One size: its corpus, the project made of it at `path`, the same without codings at `uncoded`, and the floor's database."""

    corpus: Corpus
    folder: Path
    path: Path
    uncoded: Path
    bare: Path

    @property
    def size(self) -> str:
        return self.corpus.size.name

    def open(self) -> Project:
        return open_project(self.path, coder=CODER, read_only=True)

    def tables(self) -> sqlite3.Connection:
        """The project's own tables, for floors that read them."""
        return sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)

    def copy(self, of: Path, folder: str = "") -> Path:
        """A copy to write into; `folder` is the name of the one it lies in."""
        place = self.folder / folder
        place.mkdir(exist_ok=True)
        return Path(shutil.copyfile(of, place / f"copy of {of.name}"))


@pytest.fixture(scope="session")
def board() -> Iterator[Board]:
    made = Board()
    yield made
    load = " ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    print(f"\n\n{made.table()}\n\nMedians; floors from the same run. Load of the machine in the last 1, 5, 15 minutes: {load}")


@pytest.fixture(scope="session", params=[SMALL, MEDIUM, LARGE], ids=lambda size: size.name)
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    corpus = make_corpus(request.param)
    folder = tmp_path_factory.mktemp(corpus.size.name)
    made = Bench(corpus, folder, folder / "whole.qcode", folder / "uncoded.qcode", folder / "bare.db")
    with create_project(made.uncoded, "Benchmark", coder=CODER, identities=Identities.seeded(1)) as project:
        import_files(project, [corpus.sources])
        import_codebook(project, read_table(corpus.table("codebook")))
        import_cases(project, read_table(corpus.table("cases")))
        import_assignments(project, read_table(corpus.table("assign")))
    shutil.copyfile(made.uncoded, made.path)
    with open_project(made.path, coder=CODER, identities=Identities.seeded(2)) as project:
        import_codings(project, read_table(corpus.table("codings")))
    db = floors.connect(made.bare)
    floors.import_texts(db, corpus.sources)
    floors.import_codings(db, corpus.table("codings"))
    db.close()
    yield made
    shutil.rmtree(folder)
