from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.exchange.importers import read_document
from qcode.exchange.importers.docx_symbols import symbol
from qcode.model.document import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:wps="urn:wps" xmlns:w16se="urn:w16se"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT = f'<Relationships><Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'
PARTS = "".join(
    f'<Relationship Id="{part}" Type="{RELATIONS}/{part}" Target="{part}.xml"/>' for part in ("styles", "footnotes", "endnotes")
)


def build(path: Path, body: str, *, space: str = W, **parts: str) -> Path:
    """A Word document made of raw XML parts; `parts` are what stands inside styles, footnotes, endnotes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", ROOT)
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{PARTS}</Relationships>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"{SPACES}><w:body>{body}</w:body></w:document>')
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{space}">{inner}</w:{name}>')
    return path


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: list[str]) -> str:
    return "<w:tbl>" + "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows) + "</w:tbl>"


DELETED_MARK = "<w:rPr><w:del w:id='1'/></w:rPr>"
BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
BOX = "<w:txbxContent>" + p(r("boxed")) + "</w:txbxContent>"
PAGE = "<w:r><w:lastRenderedPageBreak/></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(r("old "), f"<w:ins>{r('new ')}</w:ins>", "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", r("end")), "old new end"),
        (p(f"<w:moveFrom>{r('away')}</w:moveFrom>", r("a"), f"<w:moveTo>{r(' here')}</w:moveTo>"), "a here"),
        (p(r("one "), properties=DELETED_MARK) + p(r("paragraph")), "one paragraph"),
        (p(r("a")) + f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('control'))}</w:sdtContent></w:sdt>", "a\ncontrol"),
        (p(r("in "), f"<w:sdt><w:sdtContent>{r('line')}</w:sdtContent></w:sdt>", f"<w:smartTag>{r(' tag')}</w:smartTag>"), "in line tag"),
        (p(f"<w:hyperlink>{r('link')}</w:hyperlink>", f"<w:fldSimple w:instr='PAGE'>{r('7')}</w:fldSimple>"), "link7"),
        (p(BEGIN, "<w:r><w:instrText>DATE</w:instrText></w:r>", r("code"), SEPARATE, r("14 Apr"), END, r(".")), "14 Apr."),
        (p(BEGIN, r("never closed")) + p(r("goes on")), "\ngoes on"),
        (
            p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r>"),
            "a\nb\tc\u2011de",
        ),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', r(" yes")), "✓ yes"),
        (p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), "x=1"),
        (p(r("a")) + p() + p(r(" b ")), "a\n\n b "),
        (p(r("no\u00a0break 😊 e\u0301")), "no\u00a0break 😊 e\u0301"),
        (
            p(f"<mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>", r("text")),
            "text\nboxed",
        ),
        (p(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>", r("text")), "text\nboxed"),
        (
            p(
                "<w:r><mc:AlternateContent><mc:Choice><w16se:symEx/></mc:Choice><mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            "😊",
        ),
        (table([p(r("a")), p(r("b"))], [p(), p(r("d"))]) + p(r("e")), "a\tb\n\td\ne"),
        (table([p(r("q")), p(r("first")) + p(r("second"))]), "q\tfirst\nsecond"),
        (table([p(r("a")), table([p(r("x")), p(r("y"))]) + p(r("b"))]), "a\tx\ty\nb"),
        ("<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p(r("gone")) + "</w:tc></w:tr></w:tbl>" + p(r("a")), "a"),
        (p("<w:r><w:commentReference w:id='0'/></w:r>", r("a"), "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"), "ahidden"),
    ],
)
def test_the_text_of_a_body(tmp_path: Path, body: str, text: str) -> None:
    assert read_document(build(tmp_path / "a.docx", body)).text == text


def test_notes_stand_at_the_end_in_order_of_their_marks(tmp_path: Path) -> None:
    footnotes = "".join(f'<w:footnote w:id="{n}">{p("<w:r><w:footnoteRef/></w:r>", r(f" note {n}"))}</w:footnote>' for n in (1, 2))
    endnotes = f'<w:endnote w:id="1">{p(r("an end"))}{p(r("of two parts"))}</w:endnote>'
    body = p(r("a"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r(" b"), '<w:r><w:endnoteReference w:id="1"/></w:r>')
    body += p(r("c"), '<w:r><w:footnoteReference w:id="1"/></w:r>')
    document = read_document(build(tmp_path / "a.docx", body, footnotes=footnotes, endnotes=endnotes))
    assert document.text == "a[1] b[2]\nc[3]\n[1] note 2\n[2] an end\nof two parts\n[3] note 1"


def style(identity: str, inner: str) -> str:
    return f'<w:style w:styleId="{identity}">{inner}</w:style>'


STYLES = (
    style("Heading2", '<w:name w:val="heading 2"/>')
    + style("10", '<w:name w:val="заголовок 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    + style("Own", '<w:name w:val="House style"/><w:basedOn w:val="Heading2"/>')
    + style("T", '<w:name w:val="Title"/>')
    + style("Loop", '<w:name w:val="x"/><w:basedOn w:val="Loop"/>')
)


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ('<w:pStyle w:val="Heading2"/>', 2),
        ('<w:pStyle w:val="10"/>', 1),
        ('<w:pStyle w:val="Own"/>', 2),
        ('<w:pStyle w:val="T"/>', 1),
        ('<w:pStyle w:val="Loop"/>', 0),
        ('<w:outlineLvl w:val="3"/>', 4),
        ('<w:pStyle w:val="Heading2"/><w:outlineLvl w:val="9"/>', 0),
        ("", 0),
    ],
)
def test_headings_come_from_styles(tmp_path: Path, properties: str, level: int) -> None:
    document = read_document(
        build(tmp_path / "a.docx", p(r("Findings"), properties=properties) + p(r("R2: a")) + p(r("R2: b")), styles=STYLES)
    )
    assert document.blocks[0].level == level
    assert [block.speaker for block in document.blocks] == ["", "R2", "R2"]


def pages(document: Document) -> list[tuple[str, str]]:
    return [(mark.label, document.text[mark.start : mark.start + 3]) for mark in document.pages]


def test_pages_are_those_word_left(tmp_path: Path) -> None:
    body = p(r("one ")) + p(r("goes "), PAGE, r("on")) + table([p(PAGE, r("x")), p(PAGE, r("y"))]) + p(r("z"))
    assert pages(read_document(build(tmp_path / "a.docx", body))) == [("1", "one"), ("2", "on\n"), ("3", "x\ty")]


def test_without_words_breaks_there_are_no_pages(tmp_path: Path) -> None:
    document = read_document(build(tmp_path / "a.docx", p(r("a"), '<w:r><w:br w:type="page"/></w:r>', r("b"))))
    assert (document.text, document.pages) == ("a\nb", ())


def test_a_strict_document_reads_alike(tmp_path: Path) -> None:
    body = p(r("Scope"), properties='<w:pStyle w:val="Heading2"/>') + p(r("a"))
    document = read_document(build(tmp_path / "a.docx", body, space=STRICT, styles=STYLES))
    assert (document.text, document.blocks[0].level) == ("Scope\na", 2)


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", "F0B7", "•"),
        ("Symbol", "61", "α"),
        ("Symbol", "F02B", "+"),
        ("Wingdings", "F001", "\ufffd"),
        ("Arial", "2713", "✓"),
        ("Arial", "D800", "\ufffd"),
        ("Arial", "no", "\ufffd"),
    ],
)
def test_symbols(font: str, code: str, sign: str) -> None:
    assert symbol(font, code) == sign


def refusal_of(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_document(path)
    return str(caught.value)


@pytest.mark.parametrize("keep", [20, 0.5, 0.98])
def test_a_truncated_document_is_refused(tmp_path: Path, keep: float) -> None:
    path = build(tmp_path / "UZB20.docx", p(*[r(f"words {n}") for n in range(500)]))
    path.write_bytes(path.read_bytes()[: int(keep if keep > 1 else path.stat().st_size * keep)])
    assert refusal_of(path).startswith("UZB20.docx is damaged or not a Word document and was not imported.")


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f'<!DOCTYPE w [<!ENTITY a "ha">]><w:document xmlns:w="{W}">&a;</w:document>')
    assert "declares XML entities" in refusal_of(path)


def test_other_bad_documents_are_refused(tmp_path: Path) -> None:
    assert refusal_of(build(tmp_path / "a.docx", p())) == "a.docx holds no text and was not imported. Check that it is the file you meant."
    assert "is damaged" in refusal_of(build(tmp_path / "a.docx", "<w:sdt>" * 5_000 + "</w:sdt>" * 5_000))
    path = tmp_path / "b.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert "is damaged or not a Word document" in refusal_of(path)
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert "is a PNG picture, not a Word document," in refusal_of(path)
