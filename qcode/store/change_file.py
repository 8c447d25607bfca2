"""Operations as bytes: what a hand-in by mail is, and how a merge that was taken back keeps what it had brought.

Lines of JSON, deflated: a head, then sessions, operations, changes, codebooks, texts and tombstones, each line a list that begins with
the kind of thing it is. Originals never travel this way.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from qcode.errors import UserError
from qcode.model.document import Block, BlockKind
from qcode.store.bundle import Bundle, Line, Sent
from qcode.store.schema import CONTENT

#: The newest version of the form that these bytes have. Changes of tables that came later make it so that older programs say so.
FORM = 2
#: The last format of the project file whose tables the first form has.
_OF_FIRST_FORM = 3
ENDING = ".qchange"
_MAGIC = b"\x1f\x8b"
_HEAD = "qcode changes"
_LARGEST = 512 * 1024 * 1024
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def is_change_file(path: Path) -> bool:
    """Whether a file begins as change files do."""
    with path.open("rb") as file:
        return file.read(2) == _MAGIC


def to_bytes(bundle: Bundle) -> bytes:
    """The bundle as bytes; the same bundle gives the same bytes."""
    return gzip.compress("\n".join(_lines(bundle)).encode(), compresslevel=9, mtime=0)


def from_bytes(content: bytes, name: str) -> Bundle:
    """The bundle that `content` is. Raises UserError, naming the file, when it is none, damaged, too large, or of a newer program."""
    bundle = Bundle()
    try:
        lines = _inflated(content, name).decode().split("\n")
        head, form, *projects = json.loads(lines[0])
        if head != _HEAD:
            raise ValueError
        if form > FORM:
            raise UserError(f"{name} was written by a newer qcode: update qcode to merge it.")
        bundle.projects = tuple(str(key) for key in projects)
        for line in lines[1:]:
            _take(bundle, *json.loads(line))
    except (ValueError, TypeError, KeyError, zlib.error, EOFError, OSError, RecursionError):
        raise UserError(f"{name} is damaged or no change file of qcode: ask for it again.") from None
    return bundle


def _inflated(content: bytes, name: str) -> bytes:
    """The bytes behind the deflated ones, never more than a project could have written."""
    inflater = zlib.decompressobj(wbits=31)
    inflated = inflater.decompress(content, _LARGEST)
    if inflater.unconsumed_tail:
        raise UserError(f"{name} holds more than {_LARGEST // 1024**2} MB, which no hand-in does: ask for the whole project instead.")
    if not inflater.eof:
        raise EOFError
    return inflated


def _lines(bundle: Bundle) -> Iterator[str]:
    later = {table.name for table in CONTENT.values() if table.since > _OF_FIRST_FORM}
    yield _write([_HEAD, FORM if any(line.table in later for line in bundle.lines) else 1, *bundle.projects])
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
            bundle.sessions[key] = program, [(str(session), int(seq)) for session, seq in heads]
        case "operation", (str(session), int(seq), int(clock), str(coder), str(at), str(act), str(label), undoes, int(number)):
            named = (str(undoes[0]), int(undoes[1])) if isinstance(undoes, list) else None
            bundle.operations.append(Sent(session, seq, clock, coder, at, act, label, named, number))
        case "change", (str(session), int(seq), str(table), str(row), str() | None as before, str() | None as after):
            bundle.lines.append(Line(session, seq, table, row, before, after))
        case "withheld", (str(session), int(seq)):
            bundle.withheld.add((session, seq))
        case "codebook", (str(sha256), str(codes)):
            bundle.codebooks[sha256] = codes
        case "text", (str(sha256), str(content), list(blocks)):
            bundle.texts[sha256] = content, tuple(Block(b[0], b[1], BlockKind(b[2]), b[3], b[4]) for b in blocks)
        case "tombstone", (str(key), str(sha256), str(coder), str(at)):
            bundle.tombstones[key] = sha256, coder, at
        case _:
            raise ValueError(kind)
