"""Excel and Word files as LibreOffice prints them: on the page, with every column, heads repeated."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from qcode.exchange.exporters import matrix_docx, matrix_xlsx
from qcode.model.report import MatrixReport
from tests.exchange.exporters.reports import hostile_report, large_report

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed, so the files cannot be printed"),
    pytest.mark.timeout(180),
]


def printed(folder: Path, name: str) -> Iterator[tuple[str, tuple[int, int], float]]:
    """For each page its text, its size in points, and how far right the text goes."""
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=150)
    document = pypdfium2.PdfDocument((folder / name).with_suffix(".pdf"))
    for page in document:
        text = page.get_textpage()
        rights = [text.get_charbox(index)[2] for index in range(text.count_chars())]
        yield text.get_text_range(), tuple(round(side) for side in page.get_size()), max(rights, default=0.0)  # type: ignore[misc]
    document.close()


@pytest.mark.parametrize(("writer", "name"), [(matrix_xlsx, "m.xlsx"), (matrix_docx, "m.docx")])
def test_sixty_rows_and_twelve_columns_are_on_the_page(tmp_path: Path, writer: object, name: str) -> None:
    report = large_report(60, 12, 1)
    writer.write(report, tmp_path / name)  # type: ignore[attr-defined]
    pages = list(printed(tmp_path, name))
    assert {size for _, size, _ in pages} == {(842, 595)}
    assert max(right for _, _, right in pages) <= 842 - 20
    table = [text for text, _, _ in pages if "Country 12" in text and "Total" in text and "of 21" in text]
    rows = [text for text, _, _ in pages if "longer" in text and "Our lawyer" not in text]
    assert len(table) == len(rows) >= 2, "each page of the table has the whole head"
    assert sum("Our lawyer" in text for text, _, _ in pages) > 3


@pytest.mark.parametrize(("writer", "name"), [(matrix_xlsx, "h.xlsx"), (matrix_docx, "h.docx")])
def test_hostile_words_are_printed_as_they_are(tmp_path: Path, writer: object, name: str) -> None:
    report: MatrixReport = hostile_report()
    writer.write(report, tmp_path / name)  # type: ignore[attr-defined]
    text = "".join(page for page, _, _ in printed(tmp_path, name))
    assert "=1+1" in text
    assert "@SUM(A1)" in text
    assert "<script>" in text
    assert "#NAME?" not in text
