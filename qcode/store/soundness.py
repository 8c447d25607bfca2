"""Whether what came from another file is sound in itself: every operation, text and all else is what this program could have written,
whoever wrote it. What the rows of each table can hold stands in `schema.py`, and `payloads.py` goes by it."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Collection, Iterable, Sequence

from qcode.merge.history import OperationId
from qcode.model.document import Block
from qcode.store.bundle import Bundle, Line, Sent
from qcode.store.kinds import Kind
from qcode.store.texts import LARGEST_ORIGINAL, sha256_of

#: How many acts there can be, and more: room is left for all that is ever written.
_LATEST = 2**62
_DEEPEST_HEADING = 6


def insist_on_soundness(bundle: Bundle) -> None:
    """Raise ValueError unless all of a bundle but the values that its lines give is sound in itself; those are for `payloads.py`."""
    _names(bundle.projects)
    _sessions(bundle)
    _operations(bundle)
    _lines(bundle)
    for sha256, codes in bundle.codebooks.items():
        _codebook(sha256, codes)
    for sha256, (text, blocks) in bundle.texts.items():
        _text(sha256, text, blocks)
    _tombstones(bundle)


def is_original(sha256: str, original: tuple[str, int, bytes, str, str]) -> bool:
    """Whether the file a source was read from is what it is named after, and no more than is kept of one."""
    name, size, data, text, pages = original
    try:
        _texts([name])
        _whole([size], 0, LARGEST_ORIGINAL)
        Kind.CONTENT.distinct([sha256, text])
        inflater = zlib.decompressobj()
        content = inflater.decompress(data, size + 1)
        for label, start in json.loads(pages):
            _texts([label])
            Kind.PLACE.distinct([start])
    except (ValueError, TypeError, zlib.error, RecursionError):
        return False
    return inflater.eof and len(content) == size and hashlib.sha256(content).hexdigest() == sha256


def _names(keys: Collection[object]) -> None:
    """Raise ValueError unless all are UUIDs."""
    Kind.ROW.distinct(keys)


def _texts(values: Iterable[object]) -> None:
    """Raise ValueError unless all are strings that can be written down."""
    distinct = set(values)
    Kind.TEXT.distinct(distinct)
    "".join(map(str, distinct)).encode()


def _whole(values: Collection[object], least: int, largest: int) -> None:
    """Raise ValueError unless all are whole numbers from `least` to `largest`."""
    found = Kind.WHOLE.distinct(values)
    if found and not least <= min(found) <= max(found) <= largest:
        raise ValueError("a number out of all proportion")


def _ids(operations: Collection[OperationId]) -> None:
    """Raise ValueError unless all can name operations."""
    _names([session for session, _ in operations])
    _whole([seq for _, seq in operations], 1, _LATEST)


def _sessions(bundle: Bundle) -> None:
    _names(bundle.sessions)
    _texts(program for program, _ in bundle.sessions.values())
    for _, heads in bundle.sessions.values():
        _ids(heads)


def _operations(bundle: Bundle) -> None:
    if not bundle.operations:
        return
    columns = dict(zip(Sent._fields, zip(*bundle.operations, strict=True), strict=True))
    _ids([sent.id for sent in bundle.operations])
    _ids([sent.undoes for sent in bundle.operations if sent.undoes is not None])
    _whole(columns["clock"], 1, _LATEST)
    _whole(columns["number"], 0, _LATEST)
    for name in ("coder", "kind", "label"):
        _texts(columns[name])
    if "" in Kind.MOMENT.distinct(columns["at"]):
        raise ValueError("an act of no time")
    if len({sent.id for sent in bundle.operations}) < len(bundle.operations):
        raise ValueError("one act twice")
    if not set(columns["session"]) <= bundle.sessions.keys():
        raise ValueError("an act of no session")


def _lines(bundle: Bundle) -> None:
    if not bundle.lines:
        return
    columns = dict(zip(Line._fields, zip(*bundle.lines, strict=True), strict=True))
    _names(columns["row"])
    _texts(columns["table"])
    for name in ("before", "after"):
        Kind.TEXT.distinct(columns[name], optional=True)
    undos = {sent.id for sent in bundle.operations if sent.undoes}
    if undos and any((session, seq) in undos for session, seq in zip(columns["session"], columns["seq"], strict=True)):
        raise ValueError("an undo that writes rows")


def _codebook(sha256: str, codes: str) -> None:
    _texts([codes])
    uuids = json.loads(codes)
    if sha256_of(codes) != sha256 or not isinstance(uuids, list):
        raise ValueError("no version of a codebook")
    _names(uuids)


def _text(sha256: str, text: str, blocks: Sequence[Block]) -> None:
    _texts([text])
    if sha256_of(text) != sha256:
        raise ValueError("a text that is another one")
    _whole([place for block in blocks for place in (block.start, block.end)], 0, len(text))
    _whole([block.level for block in blocks], 0, _DEEPEST_HEADING)
    _texts(block.speaker for block in blocks)
    at = 0
    for block in blocks:
        if not at <= block.start < block.end:
            raise ValueError("paragraphs that overlap")
        at = block.end


def _tombstones(bundle: Bundle) -> None:
    _names(bundle.tombstones)
    told = bundle.tombstones.values()
    Kind.DIGEST.distinct([sha256 for sha256, _, _ in told])
    _texts(coder for _, coder, _ in told)
    Kind.MOMENT.distinct([at for _, _, at in told])
