from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.exchange import archives, guards
from qcode.exchange.archives import open_archive

BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'


def pack(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def bomb(path: Path, megabytes: int) -> Path:
    """A zip with one entry of zeros, written in pieces so that the test stays small."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as entry:
        for _ in range(megabytes):
            entry.write(bytes(1_000_000))
    return path


def refused(path: Path) -> str:
    with pytest.raises(UserError) as caught, open_archive(path, "a Word document") as archive:
        archive.verify()
    return str(caught.value)


def test_a_sound_archive_is_read(tmp_path: Path) -> None:
    with open_archive(pack(tmp_path / "a.docx", {"a/b.xml": b"<a/>", "c": b"x" * 9}), "a Word document") as archive:
        archive.verify()
        assert (archive.read("a/b.xml"), "c" in archive, "d" in archive, archive.names()) == (b"<a/>", True, False, ("a/b.xml", "c"))


def test_a_bomb_of_600_mb_is_refused_by_its_list(tmp_path: Path) -> None:
    path = bomb(tmp_path / "bomb.docx", 600)
    assert path.stat().st_size < 1_000_000
    assert refused(path).startswith("bomb.docx would unpack to 600 MB")


def test_a_smaller_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    assert "times its size, as a zip bomb does, and was not imported." in refused(bomb(tmp_path / "bomb.docx", 20))


@pytest.mark.parametrize("crc", [None, zlib.crc32(bytes(100))])
def test_a_bomb_that_declares_100_bytes_is_stopped(tmp_path: Path, crc: int | None) -> None:
    path = bomb(tmp_path / "liar.docx", 20)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 100)
    if crc is not None:
        struct.pack_into("<I", data, at + 16, crc)
    path.write_bytes(data)
    with open_archive(path, "a Word document") as archive, pytest.raises(UserError, match="holds more than its list of contents says"):
        archive.read("word/document.xml")


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "a/../../b", "..\\evil.xml", "C:\\evil.xml"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    assert "whose name leads out of the file" in refused(pack(tmp_path / "a.docx", {name: b"x"}))


def test_names_that_come_twice_are_refused(tmp_path: Path) -> None:
    assert "two parts of the same name" in refused(pack(tmp_path / "a.docx", {"word/a.xml": b"x", "word/A.xml": b"y"}))


def test_too_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_ENTRIES", 2)
    assert "holds 3 parts, more than 2," in refused(pack(tmp_path / "a.docx", {"a": b"", "b": b"", "c": b""}))


def test_a_password_is_named(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.docx", {"a": b"x"})
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert refused(path) == "a.docx is protected by a password and was not imported. Save it without a password."


def test_a_protected_office_file_is_told_from_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(guards.OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert "is protected by a password" in refused(path)
    path.write_bytes(guards.OLE + bytes(600))
    assert "is an old Word or Excel file, not a Word document," in refused(path)


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.97])
def test_a_truncated_archive_is_damaged(tmp_path: Path, keep: float) -> None:
    path = pack(tmp_path / "a.docx", {"a": bytes(range(256)) * 20, "b": b"y"})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    assert refused(path).startswith("a.docx is damaged or not a Word document and was not imported.")


def test_a_flipped_byte_inside_is_damaged(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.docx", {"a": bytes(range(256)) * 20})
    data = bytearray(path.read_bytes())
    data[80] ^= 0xFF
    path.write_bytes(data)
    assert "is damaged" in refused(path)


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE, BOMB.decode().encode("utf-16"), b"\xef\xbb\xbf" + BOMB])
def test_xml_that_declares_entities_is_refused(tmp_path: Path, xml: bytes) -> None:
    with pytest.raises(UserError, match=r"a.docx declares XML entities, which can hide an attack, and was not imported\."):
        guards.parse_xml(xml, "a.docx")
    assert "declares XML entities" in refused(pack(tmp_path / "a.xlsx", {"xl/sheet.xml": b" " * 2_000_000 + xml}))


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        (b"<a><b></a>", "is damaged"),
        (b"", "is damaged"),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "unusual XML encoding UTF-7"),
        (b"<a>" * 5_000 + b"</a>" * 5_000, "is damaged"),
    ],
)
def test_other_bad_xml_is_refused(xml: bytes, what: str) -> None:
    with pytest.raises(UserError, match=what):
        guards.parse_xml(xml, "a.docx")


def test_good_xml_is_parsed() -> None:
    assert guards.parse_xml("<a>Жар</a>".encode("utf-16"), "a").text == "Жар"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"%PDF-1.7", "a PDF file"),
        (b"PK\x03\x04", "a zip archive (as Word, Excel and OpenDocument files are)"),
        (b"SQLite format 3\0", "an SQLite database"),
        (guards.OLE, "an old Word or Excel file"),
        (b"{\\rtf1", "an RTF file"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x7fELF", "a Linux program"),
        (b"MZ\x90\0", "a Windows program"),
        (b"RIFF\0\0\0\0WAVE", "a sound, film or picture file"),
        (b"\0\0\0\x20ftypisom", "a film or audio recording"),
        (b"MZ met us at the door", ""),
        (b"ID3: yes", ""),
    ],
)
def test_signatures(head: bytes, kind: str) -> None:
    assert guards.sniff(head) == kind


def test_a_file_too_large_missing_or_a_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    monkeypatch.setattr(guards, "MAX_FILE", 2)
    for name, what in [("a.txt", "is larger than"), ("b.txt", "cannot be read"), (".", "is not a file")]:
        with pytest.raises(UserError, match=what):
            guards.read_bytes(tmp_path / name)
