"""What an import would make of files, before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from qcode.errors import UserError
from qcode.exchange.importers import read_document
from qcode.model.paths import join_path
from qcode.operations.sources import Candidate, check_new, checked_source, find_files, folder_names
from qcode.progress import Progress
from qcode.project import Project
from qcode.store.sources import read_sources, withdrawn_texts
from qcode.store.texts import sha256_of


@dataclass(frozen=True, slots=True)
class Intake:
    """One file of an import: the source's name, its format, its length in characters, the case its folder would give it.

    `reason` says why it would be left out, '' when it goes in; `known` that it is left out because it is there already, the same.
    """

    path: Path
    name: str
    format: str = ""
    characters: int = 0
    folder_case: str = ""
    reason: str = ""
    known: bool = False


def survey_files(project: Project, paths: Sequence[Path], progress: Progress | None = None) -> list[Intake]:
    """What importing `paths` would do with each file below them, in the order of the import. This is a read-only operation.

    Raises Cancelled when `progress` was asked to stop.
    """
    candidates, outcome = find_files(paths)
    with project.reading() as db:
        known = {source.name: source.text for source in read_sources(db)}
        withdrawn = withdrawn_texts(db)
    folders = folder_names(paths)
    found = [_intake(candidate, known, withdrawn, folders) for candidate in (progress or Progress()).over("Read", candidates)]
    return [*found, *(Intake(Path(refusal.path), Path(refusal.path).name, reason=refusal.reason) for refusal in outcome.refused)]


def _intake(candidate: Candidate, known: dict[str, str], withdrawn: Collection[str], folders: dict[Path, str]) -> Intake:
    case = _folder_case(candidate, folders)
    try:
        checked_source(candidate.name)
        document = read_document(candidate.path)
        sha256 = sha256_of(document.text)
        if known.get(candidate.name) == sha256:
            reason = "It is in the project already, with the same text."
            return Intake(candidate.path, candidate.name, document.format, len(document.text), case, reason, known=True)
        check_new(candidate.name, known, sha256 in withdrawn)
    except UserError as error:
        return Intake(candidate.path, candidate.name, candidate.path.suffix[1:].lower(), 0, case, str(error))
    known[candidate.name] = sha256
    return Intake(candidate.path, candidate.name, document.format, len(document.text), case)


def _folder_case(candidate: Candidate, folders: dict[Path, str]) -> str:
    above = candidate.name.split("/")[:-1]
    return join_path(above) if above else folders.get(candidate.path.parent) or candidate.path.resolve().parent.name
