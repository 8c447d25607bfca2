"""A Word file being made: own styles by name, bookmarks, links to them, and the same bytes for the same content."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcode.errors import UserError
from qcode.exchange.exporters.atomic import replacing
from qcode.exchange.exporters.characters import closed, runs_right_to_left, visible
from qcode.exchange.exporters.heat import colours
from qcode.exchange.exporters.wording import belonging, moment_of, place_of
from qcode.model.quote import Quote
from qcode.model.report import Provenance

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_QUOTES = 10_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A4 = (11906, 16838)
MARGIN = 850
# so that the last line of a full page does not stand on the page's number
FOOT, FOOTER = 1050, 480
PADDING = 57
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = re.compile("(\r\n|[\t\n\r\u2028\u2029])")
SANS, SERIF = "Arial", "Georgia"
# name, base, font, half points, colour role, bold, before and after in twentieths of a point, outline level (0 = none)
STYLES = (
    ("qcode Title", SERIF, 40, "text", True, 0, 80, 0),
    ("qcode Annex", SERIF, 40, "text", True, 0, 80, 0),
    ("qcode Lead", SERIF, 24, "text_muted", False, 0, 160, 0),
    ("qcode Note", SANS, 18, "text_muted", False, 0, 60, 0),
    ("qcode Heading 1", SANS, 28, "text", True, 320, 80, 1),
    ("qcode Heading 2", SERIF, 24, "text", True, 180, 20, 2),
    ("qcode Head", SANS, 20, "text", True, 20, 20, 0),
    ("qcode Cell", SANS, 20, "heat_ink", False, 20, 20, 0),
    ("qcode Source", SANS, 17, "text_muted", False, 140, 0, 0),
    ("qcode Quote", SERIF, 21, "text", False, 0, 60, 0),
)
# name, font, bold, colour role
CHARACTER_STYLES = (
    ("qcode Link", "", False, "accent"),
    ("qcode Id", "Consolas", False, "accent"),
    ("qcode Strong", "", True, ""),
    ("qcode Faint", "", False, "text_muted"),
    ("qcode Stale", "", True, "heat_ink"),
)


def style_id(name: str) -> str:
    """The identifier of a style in the file's XML: its name without spaces."""
    return name.replace(" ", "")


def refuse_too_many(count: int, path: Path) -> None:
    """Raises UserError when Word would choke on that many quotes."""
    if count > MAX_QUOTES:
        raise UserError(
            f"{count:,} quotes are too many for {path.name}, a Word file takes {MAX_QUOTES:,}; narrow them with a filter or use xlsx."
        )


class WordFile:
    """A4 document to which paragraphs and tables are appended; bookmark ids are counted here, their names are the caller's.

    Made by an exporter, closed by `save_to`. `width` is the room between the margins in twentieths of a point.
    """

    def __init__(self, title: str, provenance: Provenance, landscape: bool = False, cell_size: int = 20) -> None:
        import docx
        from lxml import etree

        self._make = etree.SubElement
        self.document = docx.Document()
        self.body: Element = etree.Element(f"{W}body", nsmap={"w": W[1:-1]})
        self.marks = 0
        self.width = (A4[1] if landscape else A4[0]) - 2 * MARGIN
        self._set_page(landscape)
        self._set_properties(title, provenance)
        _add_styles(self.document, cell_size)
        self._set_footer(title)

    def _set_page(self, landscape: bool) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Twips

        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Twips(side) for side in (A4[::-1] if landscape else A4))
        section.left_margin = section.right_margin = section.top_margin = Twips(MARGIN)
        section.bottom_margin, section.footer_distance = Twips(FOOT), Twips(FOOTER)

    def _set_properties(self, title: str, provenance: Provenance) -> None:
        core = self.document.core_properties
        core.created = core.modified = moment_of(provenance)
        core.title, core.author, core.last_modified_by = visible(title)[:255], provenance.program, provenance.program
        core.comments, core.revision = "", 1

    def _set_footer(self, title: str) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.style = self.document.styles["qcode Note"]
        self.text(paragraph._p, f"{title}  ·  ")
        for code in ("PAGE", "NUMPAGES"):
            if code == "NUMPAGES":
                paragraph.add_run(" / ")
            field = self._make(paragraph._p, f"{W}fldSimple")
            field.set(f"{W}instr", code)
            self.text(field, "1")

    def part(self, parent: Element, tag: str, /, **attributes: str | int) -> Element:
        """A new last child of `parent` with attributes of Word's own namespace."""
        child = self._make(parent, f"{W}{tag}")
        for key, value in attributes.items():
            child.set(f"{W}{key}", str(value))
        return child

    def paragraph(self, style: str, parent: Element | None = None, right_to_left: bool = False, **layout: dict[str, str | int]) -> Element:
        """A new paragraph at the end; `layout` are parts of its properties in the order of the schema (keepNext, ind, jc)."""
        paragraph = self.part(self.body if parent is None else parent, "p")
        properties = self.part(paragraph, "pPr")
        self.part(properties, "pStyle", val=style_id(style))
        for name in ("keepNext", "bidi", "ind", "jc"):
            if name == "bidi" and right_to_left:
                self.part(properties, name)
            elif name in layout:
                self.part(properties, name, **layout[name])
        return paragraph

    def text(self, parent: Element, text: str, character: str = "") -> None:
        """Adds a run; line breaks and tabs become Word's own, and what XML forbids becomes visible."""
        run = self.part(parent, "r")
        if character:
            self.part(self.part(run, "rPr"), "rStyle", val=style_id(character))
        for piece in _BREAKS.split(closed(text)):
            if piece == "\t":
                self.part(run, "tab")
            elif _BREAKS.match(piece):
                self.part(run, "br")
            elif piece:
                words = self.part(run, "t")
                words.set(SPACE, "preserve")
                words.text = piece

    def mark(self, paragraph: Element, name: str) -> None:
        """A bookmark at the paragraph's end so far; links lead to it by its name."""
        self.marks += 1
        self.part(paragraph, "bookmarkStart", id=self.marks, name=name)
        self.part(paragraph, "bookmarkEnd", id=self.marks)

    def link(self, paragraph: Element, anchor: str, text: str, tip: str = "", character: str = "qcode Link") -> None:
        """A link to the bookmark `anchor`; `tip` is shown under the pointer."""
        link = self.part(paragraph, "hyperlink", anchor=anchor, history=1)
        if tip:
            link.set(f"{W}tooltip", closed(tip[:240]))
        self.text(link, text, character)

    def save_to(self, path: Path) -> None:
        """Writes the file whole or not at all, all its parts dated alike; raises UserError when it cannot."""
        last = self.document.element.body[-1]
        for child in list(self.body):
            last.addprevious(child)
        packed = BytesIO()
        self.document.save(packed)
        with replacing(path) as handle:
            _dated_alike(packed, handle)


def _dated_alike(packed: BytesIO, target: Any) -> None:
    """Copies a zip file so that the same parts give the same bytes: python-docx stamps them with the time of day."""
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            copy.writestr(info, source.read(entry))


def _add_styles(document: Any, cell_size: int) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    palette = colours()
    # long names of countries fit a narrow column only in letters a little smaller than the numbers
    sizes = {"qcode Cell": cell_size, "qcode Head": min(cell_size, max(13, cell_size - 1))}
    for name, font, size, colour, bold, before, after, level in STYLES:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set_font(style, font)
        style.font.size = Pt(sizes.get(name, size) / 2)
        style.font.bold = bold
        style.font.color.rgb = RGBColor.from_string(palette[colour][1:])
        style.font.no_proof = name in ("qcode Quote", "qcode Source")
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(before / 20), Pt(after / 20)
        form.keep_with_next = bool(level) or name == "qcode Source"
        form.page_break_before = name == "qcode Annex" or None
        if level:
            outline = style.element.get_or_add_pPr().makeelement(f"{W}outlineLvl", {f"{W}val": str(level - 1)})
            style.element.get_or_add_pPr().append(outline)
    for name, font, bold, colour in CHARACTER_STYLES:
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        if font:
            _set_font(style, font)
        style.font.bold = bold or None
        if colour:
            style.font.color.rgb = RGBColor.from_string(palette[colour][1:])
        style.font.underline = name == "qcode Link" or None
        if name == "qcode Stale":
            shade = {"val": "clear", "color": "auto", "fill": palette["heat_neg"][1][1:]}
            properties = style.element.get_or_add_rPr()
            properties.append(properties.makeelement(f"{W}shd", {f"{W}{key}": value for key, value in shade.items()}))
    _add_table_style(document, palette)


def _set_font(style: Any, font: str) -> None:
    """Names the font for every script, or Word takes another for Cyrillic."""
    style.font.name = font
    fonts = style.element.rPr.rFonts
    for script in ("hAnsi", "cs", "eastAsia"):
        fonts.set(f"{W}{script}", font)


def _add_table_style(document: Any, palette: dict[str, Any]) -> None:
    from docx.oxml import parse_xml

    edges = (("top", 4, "line"), ("bottom", 8, "text"), ("insideH", 4, "line"), ("insideV", 4, "line"))
    borders = "".join(_border(side, size, palette[colour]) for side, size, colour in edges)
    sides = "".join(f'<w:{side} w:w="{PADDING}" w:type="dxa"/>' for side in ("left", "right"))
    document.styles.element.append(
        parse_xml(
            f'<w:style xmlns:w="{W[1:-1]}" w:type="table" w:customStyle="1" w:styleId="qcodeMatrix"><w:name w:val="qcode Matrix"/>'
            '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>'
            f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>"
            f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{_border("bottom", 12, palette["text"])}</w:tcBorders></w:tcPr>'
            "</w:tblStylePr></w:style>"
        )
    )


def _border(side: str, size: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour[1:]}"/>'


def add_quote(word: WordFile, quote: Quote, anchor: str, full: bool = False) -> None:
    """Appends a quote with the bookmark `anchor`: where it comes from, then its words; `full` adds code and memo."""
    head = word.paragraph("qcode Source")
    word.mark(head, anchor)
    word.text(head, quote.id, "qcode Id")
    facts = [place_of(quote), belonging(quote), f"coded by {quote.coder}" if quote.coder else "", quote.code if full else ""]
    word.text(head, "  " + " · ".join(closed(fact) for fact in facts if fact))
    word.text(word.paragraph("qcode Quote", right_to_left=runs_right_to_left(quote.quote)), quote.quote)
    if full and quote.memo:
        word.text(word.paragraph("qcode Note"), f"Memo: {quote.memo}")
