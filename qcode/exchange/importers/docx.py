"""Word documents, read from their XML: tracked insertions are in, deletions out, nothing between is lost. See docs/decisions/0011."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.exchange.archives import Archive, open_archive
from qcode.exchange.guards import parse_xml, refusal
from qcode.exchange.importers.docx_body import BodyReader, Note, local_name, value_of
from qcode.exchange.importers.paragraphs import Paragraph, to_document
from qcode.model.document import Document

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN_PART = "word/document.xml"


def read(path: Path) -> Document:
    """The text of a .docx file with headings from its styles, notes at the end, and page marks where Word left them.

    Raises UserError for damaged, protected, hostile and empty files.
    """
    with open_archive(path, "a Word document") as archive:
        main = _related(archive, "", "officeDocument", path.name).get("officeDocument", _MAIN_PART)
        if main not in archive:
            raise refusal(path.name, "is damaged or not a Word document", "Save it again in Word.")
        root = parse_xml(archive.read(main), path.name)
        parts = _related(archive, main, "", path.name)
        levels = _heading_levels(_part(archive, parts, "styles", path.name))
        footnotes = _part(archive, parts, "footnotes", path.name)
        endnotes = _part(archive, parts, "endnotes", path.name)
    reader = BodyReader(levels)
    try:
        paragraphs = reader.read(root) + _notes(reader, {"footnote": footnotes, "endnote": endnotes})
    except RecursionError as error:
        raise refusal(path.name, "is nested too deeply", "Save it again in Word.") from error
    return to_document(paragraphs, "docx", path.name, paged=reader.has_pages)


def _related(archive: Archive, part: str, kind: str, name: str) -> dict[str, str]:
    """The parts that `part` names by relationship, by the last word of their kind ('styles', 'footnotes')."""
    folder, file = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    if relations not in archive:
        return {kind: _MAIN_PART} if kind else {}
    found: dict[str, str] = {}
    for relation in parse_xml(archive.read(relations), name):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            resolved = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.setdefault(relation.get("Type", "").rpartition("/")[2], resolved)
    return found


def _part(archive: Archive, parts: dict[str, str], kind: str, name: str) -> _Element | None:
    part = parts.get(kind, "")
    return parse_xml(archive.read(part), name) if part in archive else None


def _heading_levels(styles: _Element | None) -> dict[str, int]:
    """Heading level by style id: from the outline level of the style or of one it is based on, or from the name ('heading 2')."""
    own: dict[str, int] = {}
    based_on: dict[str, str] = {}
    for style in styles if styles is not None else ():
        identity = value_of(style, "styleId")
        for child in style.iter():
            match local_name(child):
                case "outlineLvl":
                    own[identity] = int(value_of(child)) + 1 if value_of(child).isdecimal() else 10
                case "basedOn":
                    based_on[identity] = value_of(child)
                case "name":
                    own.setdefault(identity, _level_of_name(value_of(child)))
    return {identity: level for identity in own if 1 <= (level := _inherited(identity, own, based_on)) <= 9}


def _level_of_name(name: str) -> int:
    word, _, number = name.casefold().partition(" ")
    if word == "heading" and number.isdecimal():
        return int(number)
    return 1 if name.casefold() == "title" else 0


def _inherited(identity: str, own: dict[str, int], based_on: dict[str, str]) -> int:
    seen: set[str] = set()
    while identity and identity not in seen:
        if level := own.get(identity, 0):
            return level
        seen.add(identity)
        identity = based_on.get(identity, "")
    return 0


def _notes(reader: BodyReader, parts: dict[str, _Element | None]) -> list[Paragraph]:
    """The notes the text refers to, in order of their marks, each opened by its mark; notes within notes come after."""
    bodies = {Note(kind, value_of(note, "id")): note for kind, root in parts.items() for note in (root if root is not None else ())}
    paragraphs: list[Paragraph] = []
    for number, note in enumerate(reader.notes, 1):
        body = bodies.get(note)
        content = reader.read_note(body) if body is not None else []
        first, rest = (content[0], content[1:]) if content else (Paragraph(""), [])
        paragraphs.append(Paragraph(f"[{number}] {first.text.lstrip()}"))
        paragraphs += rest
    return paragraphs
