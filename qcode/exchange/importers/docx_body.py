"""The walk through the body of a Word document: from its XML to paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from qcode.exchange.importers.docx_symbols import symbol
from qcode.exchange.importers.paragraphs import Paragraph, join_cells

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = frozenset(
    "del moveFrom delText instrText delInstrText pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr sectPr rt fldData customXmlPr smartTagPr "
    "annotation annotationRef object posOffset ffData".split()
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011"}
_CONTENT = frozenset("t tab br sym txbxContent".split())


class Note(NamedTuple):
    """A footnote or endnote by its kind and its id in the file."""

    kind: str
    id: str


def local_name(element: _Element) -> str:
    """The name without namespace, so that strict and transitional documents read alike; '' for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value_of(element: _Element, attribute: str = "val") -> str:
    """The attribute of that name in the element's own namespace, or ''."""
    tag = element.tag
    namespace = tag.rpartition("}")[0] if isinstance(tag, str) else ""
    return str(element.get(f"{namespace}}}{attribute}", "")) if namespace else ""


class BodyReader:
    """Reads bodies into paragraphs; remembers the notes referred to, in order, and whether Word left page breaks.

    `levels` gives the heading level of a style id.
    """

    def __init__(self, levels: dict[str, int]) -> None:
        self.notes: list[Note] = []
        self.has_pages = False
        self._levels = levels
        self._fields: list[bool] = []
        self._done: list[Paragraph] = []
        self._floating: list[Paragraph] = []
        self._words: list[str] = []
        self._length = 0
        self._pages: list[int] = []
        self._level = 0

    def read(self, body: _Element) -> list[Paragraph]:
        """The paragraphs below `body` in reading order."""
        outer = self._done, self._floating, self._words, self._length, self._pages, self._level
        self._done, self._floating, self._words, self._length, self._pages, self._level = [], [], [], 0, [], 0
        self._walk(body)
        if self._words:
            self._end_paragraph()
        result = self._done
        self._done, self._floating, self._words, self._length, self._pages, self._level = outer
        return result

    def read_note(self, note: _Element) -> list[Paragraph]:
        """The paragraphs of a note, without page breaks, which belong to the body."""
        return [Paragraph(paragraph.text) for paragraph in self.read(note)]

    def _walk(self, element: _Element) -> None:
        for child in element:
            name = local_name(child)
            if name in _LEFT_OUT:
                continue
            visit = _VISITS.get(name)
            if visit:
                visit(self, child)
            elif name in _CHARACTERS:
                self._add(_CHARACTERS[name])
            else:
                self._walk(child)

    def _add(self, words: str) -> None:
        if words and (not self._fields or all(self._fields)):
            self._words.append(words)
            self._length += len(words)

    def _text(self, element: _Element) -> None:
        self._add((element.text or "").replace("\r", "").replace("\n", " "))

    def _paragraph(self, element: _Element) -> None:
        properties = next((child for child in element if local_name(child) == "pPr"), None)
        self._level = self._level or self._heading_level(properties)
        self._walk(element)
        self._fields = [field for field in self._fields if field]
        if not _mark_is_deleted(properties):
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        self._done.append(Paragraph("".join(self._words), self._level, tuple(self._pages)))
        self._done += self._floating
        self._floating, self._words, self._length, self._pages, self._level = [], [], 0, [], 0

    def _heading_level(self, properties: _Element | None) -> int:
        level = 0
        for child in properties if properties is not None else ():
            if local_name(child) == "outlineLvl" and value_of(child).isdecimal():
                level = int(value_of(child)) + 1
                return 0 if level > 9 else min(level, 6)
            if local_name(child) == "pStyle":
                level = self._levels.get(value_of(child), 0)
        return min(level, 6)

    def _break(self, element: _Element) -> None:
        if value_of(element, "type") in ("page", "column"):
            if self._words:
                self._add("\n")
        else:
            self._add("\n")

    def _page(self, _element: _Element) -> None:
        self._pages.append(self._length)
        self.has_pages = True

    def _symbol(self, element: _Element) -> None:
        self._add(symbol(value_of(element, "font"), value_of(element, "char")))

    def _field(self, element: _Element) -> None:
        """Keeps, per open field, whether its result has begun; the instructions before it are not text."""
        kind = value_of(element, "fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _note(self, element: _Element) -> None:
        self.notes.append(Note(local_name(element).removesuffix("Reference"), value_of(element, "id")))
        self._add(f"[{len(self.notes)}]")

    def _alternatives(self, element: _Element) -> None:
        """The first of the alternatives that holds text: Word writes a text box twice, for new and for old programs."""
        for branch in element:
            if any(local_name(inner) in _CONTENT for inner in branch.iter()):
                self._walk(branch)
                return

    def _text_box(self, element: _Element) -> None:
        self._floating += self.read(element)

    def _table(self, element: _Element) -> None:
        if self._words:
            self._end_paragraph()
        for row in _parts(element, "tr"):
            if not _is_deleted(row, "trPr", "del"):
                self._done += self._row(row)

    def _row(self, row: _Element) -> list[Paragraph]:
        """One row; a page break through it stands in each of its cells and is counted once."""
        cells, counted = [], 0
        for cell in _parts(row, "tc"):
            if _is_deleted(cell, "tcPr", "cellDel"):
                continue
            paragraphs = _without_pages(self.read(cell), counted)
            counted += sum(len(paragraph.pages) for paragraph in paragraphs)
            cells.append(paragraphs)
        return join_cells(cells)


_VISITS = {
    "t": BodyReader._text,
    "p": BodyReader._paragraph,
    "tbl": BodyReader._table,
    "br": BodyReader._break,
    "lastRenderedPageBreak": BodyReader._page,
    "sym": BodyReader._symbol,
    "fldChar": BodyReader._field,
    "footnoteReference": BodyReader._note,
    "endnoteReference": BodyReader._note,
    "AlternateContent": BodyReader._alternatives,
    "txbxContent": BodyReader._text_box,
}


def _parts(element: _Element, name: str) -> Iterable[_Element]:
    """The rows of a table or cells of a row, also those inside content controls; not those of tables within."""
    for child in element:
        if local_name(child) == name:
            yield child
        elif local_name(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _parts(child, name)


def _is_deleted(element: _Element, properties: str, mark: str) -> bool:
    return any(local_name(child) == properties and any(local_name(inner) == mark for inner in child) for child in element)


def _mark_is_deleted(properties: _Element | None) -> bool:
    """Whether the paragraph's own mark is a tracked deletion, so that the next paragraph continues this one."""
    runs = (child for child in (properties if properties is not None else ()) if local_name(child) == "rPr")
    return any(local_name(mark) in ("del", "moveFrom") for run in runs for mark in run)


def _without_pages(paragraphs: list[Paragraph], count: int) -> list[Paragraph]:
    """`paragraphs` without their first `count` page breaks."""
    kept = []
    for paragraph in paragraphs:
        dropped = min(count, len(paragraph.pages))
        count -= dropped
        kept.append(Paragraph(paragraph.text, paragraph.level, paragraph.pages[dropped:]))
    return kept
