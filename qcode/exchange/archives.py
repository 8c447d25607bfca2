"""Zip containers (docx, xlsx, ods) read without trusting what they say about themselves."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from qcode.errors import UserError
from qcode.exchange.guards import MEGABYTE, OLE, check_file, declares_entities, refusal, sniff

MAX_TOTAL = 400 * MEGABYTE
MAX_RATIO = 200
MAX_ENTRIES = 10_000
_RATIO_COUNTS_FROM = 5 * MEGABYTE
_CHUNK = 1 << 20
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_XML_ENDINGS = (".xml", ".rels")
_ADVICE = "Save it again in the program that made it."


class Archive:
    """An open zip file whose list of entries has passed the guard; `read` inflates one entry and no more than it declared.

    Made by `open_archive`; used in a `with` block.
    """

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self._archive = archive
        self._path = path
        self._entries = {entry.filename: entry for entry in archive.infolist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> tuple[str, ...]:
        """The names of all entries, in the order of the archive."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """The inflated bytes of the entry `name`; raises UserError when they are not what the archive declared."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The inflated bytes of one entry in pieces of at most 1 MB; stops with UserError at the first byte beyond its declared size."""
        entry = self._entries[name]
        size, checksum = 0, 0
        try:
            for chunk in _inflate(self._archive, entry):
                size += len(chunk)
                checksum = zlib.crc32(chunk, checksum)
                if size > entry.file_size:
                    raise refusal(self._path.name, "holds more than its list of contents says, as a zip bomb does,", _ADVICE)
                yield chunk
        except (OSError, EOFError, struct.error, zlib.error) as error:
            raise _damaged(self._path) from error
        if size != entry.file_size or checksum != entry.CRC:
            raise _damaged(self._path)

    def verify(self) -> None:
        """Inflates everything once: for a file that goes on to a reader of its own. Raises UserError on lies and XML declarations."""
        for name in self._entries:
            tail = b""
            for chunk in self.chunks(name):
                if name.endswith(_XML_ENDINGS) and declares_entities(tail + chunk):
                    raise refusal(
                        self._path.name, "declares XML entities, which can hide an attack,", "Save it again in a program you trust."
                    )
                tail = chunk[-32:]


def open_archive(path: Path, kind: str) -> Archive:
    """The zip file at `path`, which should be `kind` ('a Word document'), with a list of entries that is safe to read.

    Refused, each with its own sentence: not a zip, damaged, password, too many or too large entries, compression beyond
    `MAX_RATIO`, names that leave the folder or come twice.
    """
    check_file(path)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise _not_a_zip(path, kind) from error
    try:
        _check_entries(archive.infolist(), path)
    except UserError:
        archive.close()
        raise
    return Archive(archive, path)


def _check_entries(entries: list[zipfile.ZipInfo], path: Path) -> None:
    name = path.name
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise refusal(name, "is protected by a password", "Save it without a password.")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise refusal(name, "is packed in a way Office programs do not use", _ADVICE)
    if len(entries) > MAX_ENTRIES:
        raise refusal(name, f"holds {len(entries):,} parts, more than {MAX_ENTRIES:,},", _ADVICE)
    total, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if total > MAX_TOTAL:
        raise refusal(
            name, f"would unpack to {total // MEGABYTE:,} MB, more than {MAX_TOTAL // MEGABYTE} MB,", "Take out pictures, or divide it."
        )
    if total > _RATIO_COUNTS_FROM and total > MAX_RATIO * max(packed, 1):
        raise refusal(name, f"would unpack to {total // max(packed, 1):,} times its size, as a zip bomb does,", _ADVICE)
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if any(part.startswith("/") or ":" in part or ".." in part.split("/") for part in names):
        raise refusal(name, "holds a part whose name leads out of the file", "Save it again in a program you trust.")
    if len({part.casefold() for part in names}) < len(names):
        raise refusal(name, "holds two parts of the same name", "Save it again in a program you trust.")


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry's bytes as they really are: the stream is followed to its own end, whatever size is declared."""
    file = archive.fp
    if file is None:
        raise EOFError
    file.seek(entry.header_offset)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if signature != b"PK\x03\x04":
        raise EOFError
    file.seek(name_length + extra_length, 1)
    packed = file.read(entry.compress_size)
    if len(packed) < entry.compress_size:
        raise EOFError
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed and not inflater.eof:
        yield inflater.decompress(packed, _CHUNK)
        packed = inflater.unconsumed_tail
    yield inflater.flush()


def _damaged(path: Path) -> UserError:
    return refusal(path.name, "is damaged", _ADVICE)


def _not_a_zip(path: Path, kind: str) -> UserError:
    data = path.read_bytes()
    if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        return refusal(path.name, "is protected by a password", "Save it without a password.")
    if data.startswith(b"PK") or not (found := sniff(data)):
        return refusal(path.name, f"is damaged or not {kind}", _ADVICE)
    return refusal(path.name, f"is {found}, not {kind},", "Save it in the format of its ending, or give it its proper ending.")
