"""Web pages: what a reader sees as paragraphs, headings and tables; scripts and styles are left out. See docs/decisions/0012."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.exchange.guards import decode_text, read_bytes, refusal
from qcode.exchange.importers.paragraphs import Paragraph, join_cells, to_document
from qcode.model.document import Document

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = frozenset("script style head template noscript iframe object embed svg audio video map datalist".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_CHARSET_REACH = 4_096
#: What stands before a page's first element, and a document type with declarations of its own: those are XML, which the reader of web
#: pages takes for text. Whatever is matched is not tried again, so that no page takes long.
_DECLARING = re.compile(r"(?:\s|<\?[^>]*+>|<!--.*?-->)*+<!DOCTYPE(?:\"[^\"]*+\"|'[^']*+'|[^>\[\"'])*+\[", re.IGNORECASE | re.DOTALL)
_DECLARATIONS = re.compile(r"(?:<!--.*?-->|<\?.*?\?>|\"[^\"]*+\"|'[^']*+'|[^\]\"'<]|<(?!!--|\?))*+\]\s*+>", re.DOTALL)
_MISTAKEN = {"iso-8859-1": "cp1252", "iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}


def read(path: Path) -> Document:
    """The text of an .html file, one paragraph a line, tables row by row, with its encoding.

    Raises UserError for files that are no web page, are nested without end, or hold no text.
    """
    from lxml import etree, html

    source, encoding = _decode(read_bytes(path), path.name)
    source = _without_declarations(source, path.name)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    too_deep = refusal(path.name, "is nested too deeply or holds a piece of text beyond 10 MB", "Open it in a browser and save its text.")
    try:
        root = html.document_fromstring(source.encode("utf-8"), parser=parser, ensure_head_body=False)
        if any("XML_PARSE_HUGE" in entry.message for entry in parser.error_log):
            raise too_deep
        paragraphs = _Reader().read(root)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise refusal(path.name, "holds no web page", "Check that it was saved completely.") from error
    except RecursionError as error:
        raise too_deep from error
    document = to_document(paragraphs, "html", path.name)
    return Document(document.text, document.format, document.blocks, encoding=encoding)


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """The page's source: by byte-order mark, else as its meta tag says, else as plain text is decoded."""
    declared = _META_CHARSET.search(data, 0, _CHARSET_REACH)
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
            encoding = _MISTAKEN.get(encoding, encoding)
            if not encoding.startswith(("utf-16", "utf-8")):
                return decode_text(data.decode(encoding).encode("utf-8"), name)[0], encoding
        except (LookupError, UnicodeError):
            pass  # the tag is wrong, as in many saved pages: the bytes themselves decide
    return decode_text(data, name)


def _without_declarations(source: str, name: str) -> str:
    """The page without what its document type declares; entities of its own stay as they are written ('&a;')."""
    opening = _DECLARING.match(source)
    if opening is None:
        return source
    declared = _DECLARATIONS.match(source, opening.end())
    if declared is None:
        raise refusal(name, "has a document type that does not end", "Open it in a browser and save its text.")
    return source[declared.end() :]


class _Reader:
    """Walks a page and gathers its paragraphs; blanks run together as in a browser, no-break spaces stay."""

    def __init__(self) -> None:
        self._done: list[Paragraph] = []
        self._words: list[str] = []
        self._level = 0
        self._kept_as_is = 0

    def read(self, element: _Element) -> list[Paragraph]:
        """The paragraphs of `element` and of what it holds, in order."""
        self._element(element)
        self._end_paragraph()
        return self._done

    def _element(self, element: _Element) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT:
            return
        if tag == "br":
            self._words.append("\n")
        elif tag == "table":
            self._end_paragraph()
            self._table(element)
        elif tag in _BLOCKS:
            self._block(element, tag)
        else:
            self._inside(element)

    def _block(self, element: _Element, tag: str) -> None:
        self._end_paragraph()
        outer, self._level = self._level, _HEADINGS.get(tag, self._level)
        self._kept_as_is += tag == "pre"
        self._inside(element)
        self._end_paragraph()
        self._kept_as_is -= tag == "pre"
        self._level = outer

    def _inside(self, element: _Element) -> None:
        self._text(element.text)
        for child in element:
            self._element(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if text:
            self._words.append(text.replace("\r\n", "\n").replace("\r", "\n") if self._kept_as_is else _BLANKS.sub(" ", text))

    def _end_paragraph(self) -> None:
        text = "".join(self._words)
        if not self._kept_as_is:
            text = re.sub(r" ?\n ?", "\n", re.sub(" {2,}", " ", text)).strip(" \n")
        if text.strip("\n"):
            self._done.append(Paragraph(text.strip("\n"), self._level))
        self._words = []

    def _table(self, table: _Element) -> None:
        for child in table:
            if child.tag == "tr":
                cells = (_Reader().read(cell) for cell in child if cell.tag in ("td", "th"))
                self._done += join_cells(cells)
            elif child.tag in ("thead", "tbody", "tfoot"):
                self._table(child)
            else:
                self._element(child)
