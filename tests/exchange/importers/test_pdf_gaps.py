from __future__ import annotations

from pathlib import Path

from qcode.exchange.importers import read_document
from tests.exchange.importers.pdf_parts import write_pdf

LINE = "the few inspectors of the region visit every enterprise once a year and"


def test_a_wider_space_ends_a_paragraph_where_the_words_would_not(tmp_path: Path) -> None:
    lines = [LINE, LINE, LINE, "", LINE, LINE]
    assert read_document(write_pdf(tmp_path / "a.pdf", [lines])).text == f"{LINE} {LINE} {LINE}\n{LINE} {LINE}"


def test_even_spaces_end_nothing(tmp_path: Path) -> None:
    assert read_document(write_pdf(tmp_path / "a.pdf", [[LINE, "", LINE, "", LINE]])).text == f"{LINE} {LINE} {LINE}"
