"""Operations as bytes: what a hand-in by mail is, and how a merge that was taken back keeps what it had brought.

Lines of JSON, deflated: a head, then sessions, operations, changes, codebooks, texts and tombstones, each line a list that begins with
the kind of thing it is. Originals never travel this way.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from qcode.errors import UserError
from qcode.merge.history import OperationId
from qcode.model.document import Block, BlockKind
from qcode.store.bundle import Bundle, Line, Sent
from qcode.store.schema import CONTENT

#: The newest version of the form that these bytes have. Changes of tables that came later make it so that older programs say so.
FORM = 3
#: The last format of the project file whose tables each form has, but for the newest.
_LAST_FORMAT = {1: 3, 2: 4}
ENDING = ".qchange"
_MAGIC = b"\x1f\x8b"
_HEAD = "qcode changes"
_MIB = 1024 * 1024
#: A hand-in of 40,000 codings and 30 million Cyrillic characters, all of it new, weighs three quarters of this; see `_weighed`.
_HEAVIEST = 256 * _MIB
#: The longest line is a text, and this is one of 2,000 pages or more.
_LONGEST = 16 * _MIB
#: What a list in a line takes in memory beside the characters of the line.
_LIST = 256
_PIECE = 256 * 1024
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def is_change_file(path: Path) -> bool:
    """Whether a file begins as change files do."""
    with path.open("rb") as file:
        return file.read(2) == _MAGIC


def to_bytes(bundle: Bundle) -> bytes:
    """The bundle as bytes; the same bundle gives the same bytes."""
    return gzip.compress("\n".join(_lines(bundle)).encode(), compresslevel=9, mtime=0)


def read_change_file(path: Path) -> Bundle:
    """The bundle in the change file at `path`, read line by line so that it takes no more memory than a large hand-in needs.

    Raises UserError, naming the file, when it is none, damaged, too large, or of a newer program. What its lines say has yet to be
    looked at.
    """
    if path.stat().st_size > _HEAVIEST:
        raise _too_large(path.name)
    with path.open("rb") as file:
        return _read(_weighed(_lines_in(file, _LONGEST, path.name), path.name), path.name)


def from_bytes(content: bytes, name: str) -> Bundle:
    """The bundle that `content` is, however large, for it is this program's own. Raises UserError, naming it, when it is damaged."""
    return _read(_lines_in(io.BytesIO(content), sys.maxsize, name), name)


def _read(lines: Iterator[str], name: str) -> Bundle:
    bundle = Bundle()
    try:
        head, form, *projects = json.loads(next(lines, ""))
        if head != _HEAD or type(form) is not int or form < 1:
            raise ValueError
        if form > FORM:
            raise UserError(f"{name} was written by a newer qcode: update qcode to merge it.")
        bundle.projects = tuple(str(key) for key in projects)
        for line in lines:
            _take(bundle, *json.loads(line))
    except (ValueError, TypeError, zlib.error, EOFError, RecursionError):
        raise UserError(f"{name} is damaged or no change file of qcode: ask for it again.") from None
    return bundle


def _weighed(lines: Iterable[str], name: str) -> Iterator[str]:
    """The lines, as long as they together weigh what a hand-in may: the memory they take, and what the lists in them will."""
    weight = 0
    for line in lines:
        weight += sys.getsizeof(line) + _LIST * (line.count("[") + line.count("{"))
        if weight > _HEAVIEST:
            raise _too_large(name)
        yield line


def _lines_in(file: BinaryIO, longest: int, name: str) -> Iterator[str]:
    """The lines behind the deflated bytes of a file. Raises UserError for one longer than `longest` bytes."""
    rest = b""
    for piece in _inflated(file):
        *whole, rest = (rest + piece).split(b"\n")
        yield from (line.decode() for line in whole)
        if len(rest) > longest:
            raise _too_large(name)
    yield rest.decode()


def _inflated(file: BinaryIO) -> Iterator[bytes]:
    """The bytes behind the deflated ones of a file, in pieces."""
    inflater = zlib.decompressobj(wbits=31)
    while not inflater.eof:
        packed = inflater.unconsumed_tail or file.read(_PIECE)
        piece = inflater.decompress(packed, _PIECE)
        if not packed and not piece:
            raise EOFError
        yield piece


def _too_large(name: str) -> UserError:
    return UserError(f"{name} holds more than any hand-in does: ask for the whole project instead.")


def _lines(bundle: Bundle) -> Iterator[str]:
    newest = max((CONTENT[table].since for table in {line.table for line in bundle.lines}), default=1)
    yield _write([_HEAD, next((form for form, last in _LAST_FORMAT.items() if newest <= last), FORM), *bundle.projects])
    for key, (program, heads) in sorted(bundle.sessions.items()):
        yield _write(["session", key, program, heads])
    for sent in bundle.operations:
        yield _write(["operation", *sent])
    for line in bundle.lines:
        yield _write(["change", *line])
    for session, seq in sorted(bundle.withheld):
        yield _write(["withheld", session, seq])
    for sha256, codes in sorted(bundle.codebooks.items()):
        yield _write(["codebook", sha256, codes])
    for sha256, (content, blocks) in sorted(bundle.texts.items()):
        yield _write(["text", sha256, content, [[block.start, block.end, block.kind, block.level, block.speaker] for block in blocks]])
    for key, tombstone in sorted(bundle.tombstones.items()):
        yield _write(["tombstone", key, *tombstone])


def _take(bundle: Bundle, kind: str, *rest: object) -> None:
    """Put one line into the bundle. Raises ValueError or TypeError when it is none."""
    match kind, rest:
        case "session", (str(key), str(program), list(heads)):
            bundle.sessions[key] = program, [(session, seq) for session, seq in heads]
        case "operation", (str(session), int(seq), int(clock), str(coder), str(at), str(act), str(label), undoes, int(number)):
            bundle.operations.append(Sent(session, seq, clock, coder, at, act, label, _undone(undoes), number))
        case "change", (str(session), int(seq), str(table), str(row), str() | None as before, str() | None as after):
            bundle.lines.append(Line(session, seq, table, row, before, after))
        case "withheld", (str(session), int(seq)):
            bundle.withheld.add((session, seq))
        case "codebook", (str(sha256), str(codes)):
            bundle.codebooks[sha256] = codes
        case "text", (str(sha256), str(content), list(blocks)):
            bundle.texts[sha256] = content, tuple(_block(*block) for block in blocks)
        case "tombstone", (str(key), str(sha256), str(coder), str(at)):
            bundle.tombstones[key] = sha256, coder, at
        case _:
            raise ValueError(kind)


def _undone(named: object) -> OperationId | None:
    match named:
        case None:
            return None
        case [str(session), int(seq)]:
            return session, seq
        case _:
            raise ValueError(named)


def _block(start: int, end: int, kind: str, level: int, speaker: str) -> Block:
    return Block(start, end, BlockKind(kind), level, speaker)
