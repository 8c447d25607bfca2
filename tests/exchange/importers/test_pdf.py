from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.exchange.importers import pdf, read_document
from tests.exchange.importers.pdf_parts import write_pdf

PROSE = [
    "The inspectorate plans its visits every quarter and reports them to the",
    "ministry, which seldom answers before the next quarter has begun.",
    "Respondent: The number of inspectors has not grown since the year 2015,",
    "and their cars are older than that.",
]


def test_lines_become_paragraphs_and_pages_are_marked(tmp_path: Path) -> None:
    document = read_document(write_pdf(tmp_path / "a.pdf", [PROSE, [], ["Third page."]]))
    assert document.text == f"{PROSE[0]} {PROSE[1]}\n{PROSE[2]} {PROSE[3]}\nThird page."
    starts = [0, document.text.index("\nThird"), document.text.index("Third")]
    assert [(mark.label, mark.start) for mark in document.pages] == list(zip("123", starts, strict=True))
    assert [block.kind.value for block in document.blocks] == ["paragraph", "turn", "paragraph"]
    assert document.format == "pdf"


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    document = read_document(write_pdf(tmp_path / "a.pdf", [PROSE[:1], PROSE[1:]]))
    assert document.pages[1].start == len(PROSE[0]) + 1
    assert document.text.startswith(f"{PROSE[0]} {PROSE[1]}\n")


def test_page_labels_are_those_printed(tmp_path: Path) -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 7 >>] >>"
    document = read_document(write_pdf(tmp_path / "a.pdf", [["a"], ["b"], ["c"]], catalog=labels))
    assert [mark.label for mark in document.pages] == ["i", "ii", "7"]


def test_headings_come_from_the_table_of_contents(tmp_path: Path) -> None:
    outline = (
        "<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 2 >>",
        "<< /Title (Findings) /Parent 6 0 R /First 8 0 R /Last 8 0 R /Count 1 >>",
        "<< /Title (Visits) /Parent 7 0 R >>",
    )
    lines = ["Findings", "Visits", *PROSE]
    document = read_document(write_pdf(tmp_path / "a.pdf", [lines], catalog="/Outlines 6 0 R", more=outline))
    assert [(block.kind.value, block.level) for block in document.blocks][:3] == [("heading", 1), ("heading", 2), ("paragraph", 0)]


def test_without_one_short_numbered_lines_are_headings(tmp_path: Path) -> None:
    document = read_document(write_pdf(tmp_path / "a.pdf", [["2.1 Visits of the inspectorate", *PROSE]]))
    assert [block.level for block in document.blocks] == [2, 0, 0]


def test_a_hyphen_drawn_at_a_line_end_is_settled(tmp_path: Path) -> None:
    lines = ["They speak of long-term plans. The long-", "term plan came late.", "It is a govern-", "ment plan.", "The government said so."]
    text = read_document(write_pdf(tmp_path / "a.pdf", [lines])).text
    assert "The long-term plan came late." in text
    assert "It is a government plan." in text


def refusal_of(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_document(path)
    return str(caught.value)


def test_a_password_is_named(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [PROSE], lock=True)
    assert refusal_of(path) == "a.pdf is protected by a password and was not imported. Save it without a password."


def test_a_scan_is_named(tmp_path: Path) -> None:
    sentence = "but no text, as a scan does, and was not imported. Run text recognition (OCR) on it first."
    assert refusal_of(write_pdf(tmp_path / "a.pdf", [[], []])) == f"a.pdf holds pictures of 2 pages {sentence}"
    assert refusal_of(write_pdf(tmp_path / "a.pdf", [[]])) == f"a.pdf holds pictures of 1 page {sentence}"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b"%PDF-1.4\nnothing more", "is damaged"),
        (b"words", "is damaged or not a PDF file"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG picture, not a PDF file,"),
    ],
)
def test_what_is_no_pdf_is_refused(tmp_path: Path, data: bytes, what: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert f"a.pdf {what}" in refusal_of(path)


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [PROSE])
    path.write_bytes(path.read_bytes()[:200])
    assert "a.pdf is damaged" in refusal_of(path)


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_MOST_PAGES", 1)
    assert "has 2 pages; from 1 to 1 can be read" in refusal_of(write_pdf(tmp_path / "a.pdf", [PROSE, PROSE]))
