"""Sources come in, are named, labelled and removed."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qcode.errors import UserError
from qcode.exchange.importers import read_document
from qcode.found import look_at, resolved
from qcode.model.document import Document
from qcode.model.outcome import Outcome, Refusal
from qcode.model.paths import join_path
from qcode.model.source import Source
from qcode.model.table import Table
from qcode.operations.cases import (
    assign,
    attribute_columns,
    attribute_name,
    case_path,
    case_paths,
    ensure_attribute,
    ensure_case,
    fitting,
    given_values,
    put_value,
    put_values,
    set_cases,
)
from qcode.progress import Progress
from qcode.project import Project
from qcode.store.journal import Act
from qcode.store.names import Names
from qcode.store.rows import rows_referring
from qcode.store.schema import CONTENT
from qcode.store.sources import withdrawn_texts
from qcode.store.texts import add_original, add_text, sha256_of
from qcode.text.labels import label_from
from qcode.text.structure import find_blocks

CASE_FROM_FOLDER = "folder"
CASE_FROM_FILENAME = "filename"
_LABEL = re.compile(r"[^\W_]+(-[^\W_]+)*")
_SKIPPED_NAMES = ("thumbs.db", "desktop.ini")
_TABLE_COLUMNS = ("source", "case", "title", "label", "language")


@dataclass(frozen=True)
class Belonging:
    """What every source of an import is given: a case by path, or where its case is read from, values, and a language."""

    case: str = ""
    case_from: str = ""
    values: Sequence[tuple[str, str]] = ()
    language: str = ""


@dataclass(frozen=True)
class Candidate:
    """A file that will be imported: where it is, and the name its source will have."""

    path: Path
    name: str


def find_files(paths: Sequence[Path]) -> tuple[list[Candidate], Outcome]:
    """The files that importing `paths` would read, folders with all below them, in order of name; and what would be left out.

    Hidden files, office lock files and the like are skipped without a word; folders that are closed or only linked to are listed.
    """
    outcome = Outcome()
    found: list[Candidate] = []
    for path in paths:
        lying = look_at(path)
        if lying.why_unknown:
            outcome.refuse(_shown(path), lying.why_unknown)
        elif lying.is_folder:
            found.extend(Candidate(file, file.relative_to(path).as_posix()) for file in _files_below(path, outcome))
        elif lying.is_file:
            found.append(Candidate(path, path.name))
        else:
            outcome.refuse(_shown(path), f"There is no file {_shown(path)}: check the name and the folder.")
    return found, outcome


def import_files(
    project: Project, paths: Sequence[Path], belonging: Belonging | None = None, *, strict: bool = False, progress: Progress | None = None
) -> Outcome:
    """Make a source of every file of `paths` as one act; files that cannot be read are refused and the rest goes in.

    A file whose source is there with the same text is skipped; one of that name with another text is refused. With `strict` a
    refusal takes everything back. Raises Cancelled when `progress` was asked to stop; then nothing went in.
    """
    candidates, outcome = find_files(paths)
    work = _Import(belonging or Belonging(), outcome, progress or Progress(), folder_names(paths))

    def act(act: Act) -> Outcome:
        work.take_all(act, candidates)
        outcome.insist(strict)
        act.call(_label(outcome.imported))
        return outcome

    return project.transact("import sources", _label([candidate.name for candidate in candidates]), act, progress)


def _label(names: Sequence[str]) -> str:
    return f"Import {names[0]}" if len(names) == 1 else f"Import {len(names)} files"


def add_pasted(project: Project, name: str, text: str, belonging: Belonging | None = None) -> str:
    """Make a source called `name` of pasted text and give its UUID. Raises UserError if the name is taken or the text is empty."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    if not clean.strip():
        raise UserError("There is no text to keep: paste some first.")
    if "\x00" in clean or not _is_text(clean):
        raise UserError("The pasted text holds characters that are none and was not kept: copy it again from a text program.")
    document = Document(clean, "txt", find_blocks(clean), encoding="utf-8")
    work = _Import(belonging or Belonging(), Outcome(), Progress(), {})

    def act(act: Act) -> str:
        names = Names(act.db)
        work.begin(names)
        if checked_source(name) in names.sources:
            raise UserError(f"There is a source '{name}' already: choose another name.")
        return work.add(act, names, name, document, b"", work.case(names))

    return project.transact("paste source", f"Paste {name}", act)


def change_source(project: Project, source: str, **texts: str) -> bool:
    """Set any of name, title, label and language of a source (a UUID). Raises UserError when a name or label is taken."""

    def work(act: Act) -> bool:
        return act.update("sources", source, {**_checked(Names(act.db), source, texts)})

    return project.transact("change source", "Change a source", work)


def delete_sources(project: Project, sources: Sequence[str]) -> None:
    """Remove sources with their codings, readings, values and whatever else is about them; one act, which undo brings back whole."""

    def work(act: Act) -> None:
        for table in (table.name for table in CONTENT.values() if "source" in table.by_name):
            act.delete(table, rows_referring(act.db, table, "source", sources))
        act.delete("sources", sources)

    project.transact("delete source", f"Delete {len(sources)} sources" if len(sources) > 1 else "Delete a source", work)


def import_source_table(project: Project, table: Table, *, strict: bool = False) -> Outcome:
    """Say more of sources that are there, from `table`: source, then any of case, title, label, language and attributes.

    An empty cell changes nothing; the cases a source is given, in one line or several, take the place of those it had as a whole. A
    source that is not there is refused: its text must be imported first.
    """
    table.require(("source",), "descriptions")
    label = f"Describe sources by {table.name}"
    return project.transact("describe sources", label, lambda act: _describe(act, table, strict))


def folder_names(paths: Sequence[Path]) -> dict[Path, str]:
    """The names of the folders that were chosen, for files that lie in them and not deeper."""
    return {path: resolved(path).name for path in paths if look_at(path).is_folder}


def _files_below(top: Path, outcome: Outcome) -> list[Path]:
    """Every file below a folder, in order of name. Links are not followed: they lead out of the folder, or round in a circle."""

    def closed(error: OSError) -> None:
        where = _shown(Path(error.filename))
        outcome.refuse(where, f"The folder {where} cannot be read ({error.strerror}): check that you may open it.")

    found: list[Path] = []
    for place, folders, names in os.walk(top, onerror=closed):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        for link in (Path(place, name) for name in folders if Path(place, name).is_symlink()):
            outcome.refuse(_shown(link), f"{_shown(link)} is a link to a folder: name that folder itself to import what is in it.")
        shown = [Path(place, name) for name in names if not _is_hidden(name)]
        for link in (path for path in shown if path.is_symlink()):
            outcome.refuse(_shown(link), f"{_shown(link)} is a link to another file: name that file itself to import it.")
        found.extend(path for path in shown if not path.is_symlink())
    return sorted(found)


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _SKIPPED_NAMES


def _describe(act: Act, table: Table, strict: bool) -> Outcome:
    outcome = Outcome()
    names = Names(act.db)
    columns = attribute_columns(act, table, _TABLE_COLUMNS)
    fields = [name for name in ("title", "label", "language") if name in table]
    changed: dict[str, bool] = {}
    wanted: dict[str, dict[str, None]] = {}
    for number, (source_name, cell) in enumerate(zip(table.column("source"), table.optional("case"), strict=True)):
        try:
            source = names.source(source_name)
            values = given_values(table, columns, number)
            texts = _checked(names, source.uuid, {name: text for name in fields if (text := table.column(name)[number].strip())})
            paths = case_paths(names.cases, cell or "")
        except UserError as error:
            outcome.refuse(table.place(number), str(error))
            continue
        new = [bool(texts) and act.update("sources", source.uuid, {**texts}), put_values(act, "source", source.uuid, values)]
        changed[source.name] = changed.get(source.name, False) or any(new)
        wanted.setdefault(source.name, {}).update(dict.fromkeys(ensure_case(act, names.cases, path) for path in paths))
        if "label" in texts:
            _relabel(names, source, texts["label"])
    for name, cases in wanted.items():
        changed[name] = (bool(cases) and set_cases(act, names.sources[name].uuid, list(cases))) or changed[name]
    outcome.changed.extend(name for name, new in changed.items() if new)
    outcome.insist(strict)
    return outcome


def _relabel(names: Names, source: Source, label: str) -> None:
    """Make a new label known, and the old one free for another source."""
    if source.label != source.name and names.sources.get(source.label) == source:
        del names.sources[source.label]
    names.sources[source.name] = replace(source, label=label)
    names.sources.setdefault(label, names.sources[source.name])


def checked_source(name: str) -> str:
    """`name` as a source may be called. Raises UserError when it may not."""
    if not name.strip() or len(name.splitlines()) > 1 or not _is_text(name):
        raise UserError(f"{name!a} cannot be the name of a source: give it one line of letters.")
    return name


def _is_text(written: str) -> bool:
    """Whether it can be stored: halves of surrogate pairs, as names of files in no known encoding have, cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in written)


def _shown(path: Path) -> str:
    """A path as it can be printed, whatever bytes its name is made of."""
    return str(path).encode(errors="replace").decode()


def _checked(names: Names, source: str, texts: dict[str, str]) -> dict[str, str]:
    label = texts.get("label", "")
    if "name" in texts:
        checked_source(texts["name"])
    if "label" in texts and not _LABEL.fullmatch(label):
        raise UserError(f"'{label}' cannot be a label: use letters, digits and single hyphens, such as KGZ07.")
    for wanted in (label, texts.get("name", "")):
        other = names.sources.get(wanted)
        if wanted and other is not None and other.uuid != source:
            raise UserError(f"'{wanted}' is the name or label of another source, {other.name}: choose another.")
    return texts


@dataclass
class _Import:
    """One import on its way: what each source is given, and what became of each file so far."""

    belonging: Belonging
    outcome: Outcome
    progress: Progress
    folders: dict[Path, str]
    _taken: set[str] = field(default_factory=set)

    def take_all(self, act: Act, candidates: Sequence[Candidate]) -> None:
        """Every candidate, one after the other; a refusal does not stop the rest."""
        names = Names(act.db)
        self.begin(names)
        known = {name: source.text for name, source in names.sources.items() if source.name == name}
        withdrawn = withdrawn_texts(act.db)
        for candidate in self.progress.over("Import", candidates):
            try:
                checked_source(candidate.name)
                document = read_document(candidate.path)
                sha256 = sha256_of(document.text)
                if known.get(candidate.name) == sha256:
                    self.outcome.skipped.append(Refusal(str(candidate.path), "It is in the project already, with the same text."))
                    continue
                check_new(candidate.name, known, sha256 in withdrawn)
                case = self.case(names, self._case_of(candidate))
                self.add(act, names, candidate.name, document, _original(candidate, document), case)
            except UserError as error:
                self.outcome.refuse(_shown(candidate.path), str(error))
                continue
            known[candidate.name] = sha256
            self.outcome.imported.append(candidate.name)
            if document.encoding and not document.encoding.startswith("utf"):
                self.outcome.notes.append(f"{candidate.name} was read as {document.encoding}: look whether its letters are right.")

    def add(self, act: Act, names: Names, name: str, document: Document, original: bytes, case: str = "") -> str:
        """One source with what belongs to it, `case` being the path that `self.case` gave or ''; gives its UUID."""
        text = add_text(act, document.text, document.blocks)
        label = label_from(name, self._taken)
        self._taken.add(label)
        kept = add_original(act, name, original, text, document.pages) if original else ""
        source = act.insert(
            "sources",
            {
                "name": name,
                "label": label,
                "language": self.belonging.language,
                "format": document.format,
                "text": text,
                "original": kept,
            },
        )
        if case:
            assign(act, ensure_case(act, names.cases, case), source, None)
        for attribute, value in self.belonging.values:
            put_value(act, "source", source, ensure_attribute(act, names.attributes, attribute, [value]), value)
        return source

    def begin(self, names: Names) -> None:
        """Look at the labels there are. Raises UserError, before anything is written, for a case or value no source could be given."""
        self._taken = {source.label for source in names.sources.values()}
        self.case(names)
        for attribute, value in self.belonging.values:
            known = names.attributes.get(attribute_name(attribute).casefold())
            if known:
                fitting(known, value)

    def case(self, names: Names, read: str = "") -> str:
        """The path of the case that all sources are given, else of the one `read` from where a file lies; '' for none."""
        written = self.belonging.case or read
        return (names.cases.known(written) or case_path(written)) if written else ""

    def _case_of(self, candidate: Candidate) -> str:
        if self.belonging.case_from == CASE_FROM_FILENAME:
            return candidate.path.stem
        if self.belonging.case_from != CASE_FROM_FOLDER:
            return ""
        folders = candidate.name.split("/")[:-1]
        return join_path(folders) if folders else self.folders.get(candidate.path.parent) or candidate.path.resolve().parent.name


def check_new(name: str, known: Mapping[str, str], withdrawn: bool) -> None:
    """Raise UserError when a text cannot come in as the source `name`: it was withdrawn, or another one of `known` has the name."""
    if withdrawn:
        raise UserError(f"{name} was withdrawn from this project and is not taken in again.")
    if name in known:
        raise UserError(f"There is a source '{name}' already, with another text: rename the file to keep both.")


def _original(candidate: Candidate, document: Document) -> bytes:
    """The file as it is, empty when its text alone gives it back byte for byte."""
    data = candidate.path.read_bytes()
    return b"" if document.text.encode() == data else data
