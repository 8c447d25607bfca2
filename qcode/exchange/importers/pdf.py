"""PDF files: the text layer page by page, lines joined to paragraphs, line-end hyphens decided. See docs/decisions/0013."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.exchange.guards import MAX_TEXT, check_file, check_length, refusal, sniff
from qcode.exchange.importers.pdf_gaps import text_with_gaps
from qcode.exchange.importers.pdf_lines import Page, join_lines, settle_hyphens
from qcode.model.document import Block, BlockKind, Document, PageMark
from qcode.text.structure import find_lines, mark_speech, numbered_level

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MOST_PAGES = 10_000
_LONGEST_NUMBERED_HEADING = 80
_DROPPED = {ord("\0"): None, ord("\r"): None, ord("\ufeff"): None, **dict.fromkeys(range(55296, 57344), "�")}


def read(path: Path) -> Document:
    """The text of a .pdf file with a page mark for every page, by its printed label where the file has labels.

    Raises UserError for protected, damaged and scanned files.
    """
    document = _open(path)
    try:
        pages = list(_pages(document, path.name))
        titles = _outline(document)
    finally:
        document.close()
    text, starts = join_lines(settle_hyphens(pages), titles)
    if not text.strip():
        what = f"holds pictures of {len(pages)} page{'s' if len(pages) > 1 else ''} but no text, as a scan does,"
        raise refusal(path.name, what, "Run text recognition (OCR) on it first.")
    check_length(text, path.name)
    marks = tuple(PageMark(page.label, start) for page, start in zip(pages, starts, strict=True))
    return Document(text, "pdf", mark_speech(text, _blocks(text, titles)), marks)


def _open(path: Path) -> PdfDocument:
    check_file(path)
    with path.open("rb") as file:
        head = file.read(1_024)
    if b"%PDF-" not in head:
        what = f"is {sniff(head)}, not a PDF file," if sniff(head) else "is damaged or not a PDF file"
        raise refusal(path.name, what, "Make the PDF again, or give the file its proper ending.")
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(path)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise refusal(path.name, "is protected by a password", "Save it without a password.") from error
        raise refusal(path.name, "is damaged", "Make the PDF again, or open it in a browser and print it to a new PDF.") from error
    if not 0 < len(document) <= _MOST_PAGES:
        count = len(document)
        document.close()
        raise refusal(path.name, f"has {count:,} pages; from 1 to {_MOST_PAGES:,} can be read", "Divide it into smaller files.")
    return document


def _pages(document: PdfDocument, name: str) -> Iterator[Page]:
    from pypdfium2 import PdfiumError

    total = 0
    for index in range(len(document)):
        try:
            page = document[index]
            textpage = page.get_textpage()
        except PdfiumError as error:
            raise refusal(name, f"is damaged on page {index + 1}", "Open it in a browser and print it to a new PDF.") from error
        text = text_with_gaps(textpage).translate(_DROPPED)
        textpage.close()
        page.close()
        total += len(text)
        if total > MAX_TEXT:
            check_length(" " * total, name)
        yield Page(document.get_page_label(index) or str(index + 1), text)


def _outline(document: PdfDocument) -> dict[str, int]:
    """The file's own table of contents: level (1-6) by title, blanks run together."""
    titles: dict[str, int] = {}
    for bookmark in document.get_toc(max_depth=6):
        titles.setdefault(" ".join(bookmark.get_title().split()), bookmark.level + 1)
    return titles


def _blocks(text: str, titles: dict[str, int]) -> list[Block]:
    """One block a line; headings are the titles of the table of contents, or short numbered lines where it has none."""
    blocks = []
    for line in find_lines(text):
        level = titles.get(" ".join(line.words.split()), 0)
        if not titles and len(line.words) <= _LONGEST_NUMBERED_HEADING and line.words[-1].isalpha() and not line.words[0].isalpha():
            level = numbered_level(line.words)
        blocks.append(Block(line.start, line.end, BlockKind.HEADING if level else BlockKind.PARAGRAPH, level))
    return blocks
