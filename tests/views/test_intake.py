from __future__ import annotations

from pathlib import Path

import pytest

from qcode import create_project
from qcode.errors import Cancelled
from qcode.operations.purge import purge_source
from qcode.operations.sources import CASE_FROM_FOLDER, Belonging, import_files
from qcode.progress import Progress
from qcode.store.sources import read_sources
from qcode.views.intake import survey_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    top = tmp_path / "notes"
    (top / "Kyrgyzstan").mkdir(parents=True)
    (top / "Kyrgyzstan" / "one.txt").write_text("Some words.", encoding="utf-8")
    (top / "loose.txt").write_text("Other words.", encoding="utf-8")
    (top / "empty.txt").touch()
    (top / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    return top


def test_the_survey_says_what_the_import_then_does(folder: Path, tmp_path: Path) -> None:
    with create_project(tmp_path / "a.qcode") as project:
        before = survey_files(project, [folder, tmp_path / "absent.txt"])
        outcome = import_files(project, [folder, tmp_path / "absent.txt"], Belonging(case_from=CASE_FROM_FOLDER))
        after = survey_files(project, [folder])
    assert [one.name for one in before if not one.reason] == outcome.imported
    assert {str(one.path): one.reason for one in before if one.reason}.keys() == {refusal.path for refusal in outcome.refused}
    assert {one.name: (one.format, one.characters, one.folder_case) for one in before if not one.reason} == {
        "Kyrgyzstan/one.txt": ("txt", 11, "Kyrgyzstan"),
        "loose.txt": ("txt", 12, "notes"),
    }
    assert [one.name for one in after if one.known] == outcome.imported


def test_a_name_that_is_taken_is_said(folder: Path, tmp_path: Path) -> None:
    with create_project(tmp_path / "a.qcode") as project:
        import_files(project, [folder / "loose.txt"])
        (folder / "loose.txt").write_text("Changed words.", encoding="utf-8")
        (found,) = survey_files(project, [folder / "loose.txt"])
    assert "already, with another text" in found.reason
    assert not found.known


def test_what_the_import_refuses_by_name_or_consent_is_said_before(tmp_path: Path) -> None:
    nameless = tmp_path / b"caf\xe9.txt".decode(errors="surrogateescape")
    nameless.write_text("Some words.", encoding="utf-8")
    (tmp_path / "gone.txt").write_text("They asked us to leave them out.", encoding="utf-8")
    with create_project(tmp_path / "a.qcode") as project:
        import_files(project, [tmp_path / "gone.txt"])
        with project.reading() as db:
            (gone,) = read_sources(db)
        purge_source(project, gone.uuid)
        paths = [nameless, tmp_path / "gone.txt"]
        before = survey_files(project, paths)
        outcome = import_files(project, paths)
    assert [one.reason for one in before] == [refusal.reason for refusal in outcome.refused]
    assert "cannot be the name of a source" in before[0].reason
    assert "was withdrawn" in before[1].reason


def test_it_can_be_stopped(folder: Path, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with create_project(tmp_path / "a.qcode") as project, pytest.raises(Cancelled):
        survey_files(project, [folder], progress)
