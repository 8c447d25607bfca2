from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.errors import Cancelled
from qcode.model.outcome import BatchRefused
from qcode.operations.sources import Belonging, import_files
from qcode.progress import Progress
from qcode.project import Project
from qcode.views.history import read_history
from qcode.views.lists import list_cases, list_sources
from tests.operations.examples import acts_of, assert_sound, hash_of, new_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with new_project(tmp_path / "p.qcode") as made:
        yield made


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder with good files, bad files, and what is not looked at."""
    top = tmp_path / "notes"
    for name, data in {
        "Kyrgyzstan/KGZ01 Aida.txt": b"One.\n",
        "Kyrgyzstan/Osh/KGZ02.md": b"# Two\n\nThree.\n",
        "Tajikistan/KGZ02.txt": "Четыре.\n".encode(),
        "loose.txt": b"Five.\n",
        "bad/empty.txt": b"",
        "bad/picture.txt": b"\x89PNG\r\n\x1a\n....",
        "bad/nul.txt": b"a\x00b",
        "bad/film.mp4": b"....",
        ".hidden/x.txt": b"x",
        ".x.txt": b"x",
        "~$lock.docx": b"x",
        "Thumbs.db": b"x",
    }.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(data)
    return top


GOOD = ["Kyrgyzstan/KGZ01 Aida.txt", "Kyrgyzstan/Osh/KGZ02.md", "Tajikistan/KGZ02.txt", "loose.txt"]


def test_good_files_come_in_and_bad_ones_are_listed_with_a_reason(project: Project, notes: Path) -> None:
    outcome = import_files(project, [notes, notes / "not there.txt"])
    assert sorted(outcome.imported) == GOOD
    assert {Path(one.path).name for one in outcome.refused} == {"empty.txt", "picture.txt", "nul.txt", "film.mp4", "not there.txt"}
    assert all(one.reason.endswith(".") for one in outcome.refused)
    assert [line["label"] for line in list_sources(project)] == ["KGZ01", "KGZ02", "KGZ02-2", "LOOSE"]
    assert_sound(project)


def test_importing_again_skips_what_is_there(project: Project, notes: Path) -> None:
    import_files(project, [notes])
    acts = acts_of(project)
    outcome = import_files(project, [notes])
    assert (outcome.imported, len(outcome.skipped)) == ([], 4)
    (notes / "loose.txt").write_text("Six.\n")
    refused = import_files(project, [notes / "loose.txt"]).refused
    assert refused[0].reason == "There is a source 'loose.txt' already, with another text: rename the file to keep both."
    assert acts_of(project) == acts


def test_strict_takes_all_or_nothing(project: Project, notes: Path) -> None:
    before, acts = hash_of(project), acts_of(project)
    with pytest.raises(BatchRefused, match="Nothing was imported"):
        import_files(project, [notes], strict=True)
    assert (hash_of(project), acts_of(project)) == (before, acts)
    assert len(import_files(project, [notes / "Kyrgyzstan"], strict=True).imported) == 2


def test_a_case_from_the_folder(project: Project, notes: Path) -> None:
    import_files(project, [notes, notes / "Kyrgyzstan" / "KGZ01 Aida.txt"], Belonging(case_from="folder"))
    cases = {line["name"]: line["cases"] for line in list_sources(project)}
    assert cases == {
        "KGZ01 Aida.txt": ["Kyrgyzstan"],
        "Kyrgyzstan/KGZ01 Aida.txt": ["Kyrgyzstan"],
        "Kyrgyzstan/Osh/KGZ02.md": ["Kyrgyzstan > Osh"],
        "Tajikistan/KGZ02.txt": ["Tajikistan"],
        "loose.txt": ["notes"],
    }


def test_a_case_from_the_file_name_and_a_case_for_all(project: Project, notes: Path) -> None:
    import_files(project, [notes / "Kyrgyzstan"], Belonging(case_from="filename", values=[("Method", "interview")], language="ky"))
    assert [line["cases"] for line in list_sources(project)] == [["KGZ01 Aida"], ["KGZ02"]]
    import_files(project, [notes / "Tajikistan"], Belonging(case="Tajikistan > Khatlon"))
    assert [line["case"] for line in list_cases(project)] == ["KGZ01 Aida", "KGZ02", "Tajikistan", "Tajikistan > Khatlon"]


def test_a_file_name_that_can_be_no_case_refuses_its_file_whole(project: Project, notes: Path) -> None:
    (notes / "Kyrgyzstan" / "a;b.txt").write_text("x")
    outcome = import_files(project, [notes / "Kyrgyzstan"], Belonging(case_from="filename"))
    assert "holds ';'" in outcome.refused[0].reason
    assert "a;b.txt" not in [line["name"] for line in list_sources(project)]
    assert_sound(project)


@pytest.mark.skipif(os.name != "posix", reason="only here a file name is bytes")
def test_a_file_name_in_no_known_encoding_is_refused(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / os.fsdecode(b"na\xefve.txt")).write_text("x")
    outcome = import_files(project, [folder])
    assert len(outcome.refused) == 1
    assert outcome.refused[0].path.endswith("na?ve.txt")


def test_whoever_stops_an_import_finds_nothing_of_it(project: Project, notes: Path) -> None:
    before = hash_of(project)
    progress = Progress(lambda what, done, total: progress.cancel() if done == 2 else None)
    with pytest.raises(Cancelled):
        import_files(project, [notes], progress=progress)
    assert hash_of(project) == before


def test_the_history_counts_what_went_in(project: Project, notes: Path) -> None:
    import_files(project, [notes, notes / "not there.txt"])
    (notes / "new.txt").write_text("Six.\n", encoding="utf-8")
    import_files(project, [notes])
    assert [act.label for act in read_history(project)][-2:] == ["Import 4 files", "Import new.txt"]
    undone = project.undo()
    assert undone is not None
    assert undone.label == "Undo: Import new.txt"
