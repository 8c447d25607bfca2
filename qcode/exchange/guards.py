"""The border: what a file really is, how big it may be, and what is refused before any reader touches it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.errors import UserError
from qcode.text.decoding import UndecodableError, decode

if TYPE_CHECKING:
    from lxml.etree import _Element

MEGABYTE = 1_000_000
MAX_FILE = 500 * MEGABYTE
MAX_TEXT = 50 * MEGABYTE
MAX_XML = 64 * MEGABYTE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
SQLITE = b"SQLite format 3\0"
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"%PDF-", "a PDF file"),
    (ZIP, "a zip archive (as Word, Excel and OpenDocument files are)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (OLE, "an old Word or Excel file"),
    (SQLITE, "an SQLite database"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a Linux program"),
    (b"ID3\x02", "an audio recording"),
    (b"ID3\x03", "an audio recording"),
    (b"ID3\x04", "an audio recording"),
    (b"OggS", "an audio recording"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_CONTROLS_PER_CHARACTER = 1 / 100
_CONTROLS_TOLERATED = 8
_DECLARATION = re.compile(
    b"|".join(re.escape(f"<!{word}".encode(encoding)) for word in ("DOCTYPE", "ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be"))
)
_XML_ENCODING = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")


def refusal(name: str, what: str, advice: str) -> UserError:
    """The error that keeps the file `name` out: 'NAME is damaged and was not imported. Save it again in Word.'"""
    return UserError(f"{name} {what} and was not imported. {advice}")


def sniff(head: bytes) -> str:
    """What the first bytes of a file show it to be ('a PNG picture'), or '' when they show nothing."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(b"MZ") and b"\0" in head[:512]:
        return "a Windows program"
    if head.startswith(b"RIFF") and head[8:12] in (b"WAVE", b"AVI ", b"WEBP"):
        return "a sound, film or picture file"
    return "a film or audio recording" if head[4:8] == b"ftyp" else ""


def check_file(path: Path) -> None:
    """Refuses what is not a readable file, is empty, or is larger than `MAX_FILE` bytes."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise refusal(path.name, f"cannot be read ({error.strerror})", "Check that it exists and that you may open it.") from error
    if not path.is_file():
        raise refusal(path.name, "is not a file", "Name a file.")
    if size == 0:
        raise refusal(path.name, "is empty (0 bytes)", "Check that it was saved or downloaded completely.")
    if size > MAX_FILE:
        raise refusal(path.name, f"is larger than {MAX_FILE // MEGABYTE} MB", "Divide it into smaller files.")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that passed `check_file`."""
    check_file(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise refusal(path.name, f"cannot be read ({error.strerror})", "Check that you may open it.") from error


def read_text(path: Path) -> tuple[str, str]:
    """The decoded text of a plain text file, line ends as they stand, and its encoding; binary files are refused by what they are."""
    data = read_bytes(path)
    return decode_text(data, path.name)


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """As `read_text`, of bytes already read from the file `name`."""
    if kind := sniff(data[:512]):
        raise refusal(name, f"is {kind}, not text,", "Give it its proper ending, or save it as text.")
    if len(data) > 4 * MAX_TEXT:
        raise _too_long(name)
    try:
        text, encoding = decode(data)
    except UndecodableError as error:
        raise refusal(name, str(error), "Save it as UTF-8 text.") from error
    _check_text(text, data, encoding, name)
    return text, encoding


def _check_text(text: str, data: bytes, encoding: str, name: str) -> None:
    if not text.strip():
        raise refusal(name, "holds no text, only blanks,", "Check that it was saved completely.")
    if len(text) > MAX_TEXT:
        raise _too_long(name)
    at = text.find("\0")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise refusal(name, f"holds a NUL character (line {line:,}), so it is damaged or not text,", "Save it again as plain text.")
    if encoding.startswith("utf-16"):
        data = text.encode("ascii", "ignore")
    if len(data) - len(data.translate(None, _CONTROLS)) > max(_CONTROLS_TOLERATED, len(text) * _CONTROLS_PER_CHARACTER):
        raise refusal(name, "is a binary file (many control characters), not text,", "Give it its proper ending, or save it as text.")


def _too_long(name: str) -> UserError:
    return refusal(name, f"holds more than {MAX_TEXT // MEGABYTE} million characters", "Divide it into smaller files.")


def check_length(text: str, name: str) -> None:
    """Refuses a text longer than `MAX_TEXT` characters."""
    if len(text) > MAX_TEXT:
        raise _too_long(name)


def declares_entities(data: bytes) -> bool:
    """Whether XML bytes hold a document type or entity declaration, in any encoding the guard lets through."""
    return _DECLARATION.search(data) is not None


def parse_xml(data: bytes, name: str) -> _Element:
    """The root of the XML in `data`, a part of the file `name`.

    Refused are declarations of types and entities (bombs, outside files), encodings other than UTF-8 and UTF-16, parts beyond
    `MAX_XML` bytes, and XML that is not well-formed. Nothing is ever loaded from outside.
    """
    from lxml import etree

    if declares_entities(data):
        raise refusal(name, "declares XML entities, which can hide an attack,", "Save it again in a program you trust.")
    encoding = _XML_ENCODING.match(data)
    if encoding and encoding[1].lower() not in (b"utf-8", b"utf-16", b"us-ascii", b"ascii"):
        raise refusal(name, f"is in the unusual XML encoding {encoding[1].decode('ascii', 'replace')}", "Save it again as UTF-8.")
    if len(data) > MAX_XML:
        raise refusal(name, f"holds a part of more than {MAX_XML // MEGABYTE} MB", "Divide it into smaller files.")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise refusal(name, "is damaged (its XML cannot be read)", "Save it again in the program that made it.") from error
    if root.getroottree().docinfo.doctype:
        raise refusal(name, "declares an XML document type", "Save it again in a program you trust.")
    return root
