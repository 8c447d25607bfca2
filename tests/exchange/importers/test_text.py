from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.exchange import guards
from qcode.exchange.importers import read_document

ODD = "\ta\u2028b\u0085c\u00a0d e\u0301 😊\u00ad \v\f\x1b end  \n\n"


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_text_is_kept_character_by_character(tmp_path: Path) -> None:
    document = read_document(write(tmp_path / "Note.TXT", b"\xef\xbb\xbf" + ODD.encode() + b"x\r\ny\rz"))
    assert (document.text, document.format, document.encoding) == (ODD + "x\ny\nz", "txt", "utf-8")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1251", "koi8-r"])
def test_other_encodings_are_read_and_named(tmp_path: Path, encoding: str) -> None:
    text = "Респондент: У нас в районе нет специалистов.\nВопрос: Почему?\n"
    document = read_document(write(tmp_path / "a.txt", text.encode(encoding)))
    assert document.text == text
    assert document.encoding == {"utf-16": "utf-16-le"}.get(encoding, encoding)
    assert [block.speaker for block in document.blocks] == ["Респондент", "Вопрос"]


def test_one_line_of_10_mb_is_one_block(tmp_path: Path) -> None:
    document = read_document(write(tmp_path / "a.txt", b"word " * 2_000_000))
    assert [(block.start, block.end) for block in document.blocks] == [(0, 9_999_999)]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "a.txt is empty (0 bytes) and was not imported. Check that it was saved or downloaded completely."),
        (b" \r\n\xc2\xa0", "a.txt holds no text, only blanks, and was not imported. Check that it was saved completely."),
        (
            b"\x89PNG\r\n\x1a\n\0\0",
            "a.txt is a PNG picture, not text, and was not imported. Give it its proper ending, or save it as text.",
        ),
        (b"%PDF-1.4\n", "a.txt is a PDF file, not text, and was not imported. Give it its proper ending, or save it as text."),
        (
            b"one\ntwo\0three.\n",
            "a.txt holds a NUL character (line 2), so it is damaged or not text, and was not imported. Save it again as plain text.",
        ),
        (
            b"\x01\x02\x03abc" * 20,
            "a.txt is a binary file (many control characters), not text, and was not imported. "
            "Give it its proper ending, or save it as text.",
        ),
        (b"\xff\xfea\0b", "a.txt is not whole UTF-16-LE text (byte 3 does not fit) and was not imported. Save it as UTF-8 text."),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(tmp_path: Path, data: bytes, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        read_document(write(tmp_path / "a.txt", data))
    assert str(caught.value) == sentence


def test_bytes_of_chance_are_refused(tmp_path: Path) -> None:
    data = bytes((i * i * 31 + i * 7) % 251 + 1 for i in range(5_000))
    with pytest.raises(UserError, match="and was not imported"):
        read_document(write(tmp_path / "a.txt", data))


def test_a_text_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "MAX_TEXT", 1_000_000)
    with pytest.raises(UserError, match=r"holds more than 1 million characters and was not imported\. Divide it"):
        read_document(write(tmp_path / "a.txt", b"a" * 1_000_001))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "UZB20.doc",
            "UZB20.doc is a .doc file, which qcode does not read, and was not imported. Save it as .docx in Word or LibreOffice.",
        ),
        (
            "a.mp3",
            "a.mp3 has the ending .mp3, which qcode does not read, and was not imported. Save it as one of: txt, md, docx, html, htm, pdf.",
        ),
        ("a", "a has no ending that says what it is and was not imported. Save it as one of: txt, md, docx, html, htm, pdf."),
    ],
)
def test_unknown_endings_are_refused_with_the_known_ones(tmp_path: Path, name: str, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        read_document(tmp_path / name)
    assert str(caught.value) == sentence
