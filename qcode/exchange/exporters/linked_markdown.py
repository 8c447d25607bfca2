"""Linked tables as markdown, and the quotes that their cells lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from qcode.exchange.exporters.atomic import write_text
from qcode.exchange.exporters.linked_words import AGAIN, QUOTES, RESTS_ON, anchors_of, target_of
from qcode.exchange.exporters.markdown_text import entry, inline
from qcode.exchange.exporters.wording import provenance_line
from qcode.model.report import Linked, LinkedReport, LinkedSection

_Anchors = tuple[Mapping[str, str], Mapping[str, str]]


def write(report: LinkedReport, path: Path) -> None:
    """Writes title, tables under their headings, provenance and quotes; raises UserError when `path` cannot be written."""
    write_text(path, _chunks(report))


def _chunks(report: LinkedReport) -> Iterator[str]:
    anchors = anchors_of(report)
    yield f"# {inline(report.title)}\n\n{inline(report.lead)}\n"
    for section in report.sections:
        yield from _section(section, anchors)
    yield f"\n{inline(provenance_line(report.provenance))}\n"
    if report.blocks:
        yield f"\n## {QUOTES}\n"
        yield from _blocks(report, anchors)


def _section(section: LinkedSection, anchors: _Anchors) -> Iterator[str]:
    yield f"\n## {inline(section.heading)}\n"
    if section.note:
        yield f"\n{inline(section.note)}\n"
    if section.rows:
        yield f"\n| {' | '.join(map(inline, section.columns))} |\n|{'---|' * len(section.columns)}\n"
    for row in section.rows:
        yield f"| {' | '.join(_cell(cell, anchors) for cell in row)} |\n"


def _cell(cell: Sequence[Linked], anchors: _Anchors) -> str:
    return "".join(_piece(piece, target_of(piece, anchors)) for piece in cell)


def _piece(piece: Linked, target: str) -> str:
    text = inline(piece.text)
    return f"[{text}](#{target})" if target else f"**{text}**" if piece.warns else text


def _blocks(report: LinkedReport, anchors: _Anchors) -> Iterator[str]:
    """Each block under the statement it is of; a quote stands in full once."""
    seen: set[int] = set()
    for block in report.blocks:
        yield f'\n<a id="{anchors[1][block.key]}"></a>\n\n### {inline(block.heading)}\n\n{inline(block.facts)}\n'
        if block.below:
            yield f"\n{RESTS_ON}{', '.join(_piece(Linked(key), anchors[1].get(key, '')) for key in block.below)}\n"
        for at in block.indexes:
            quote = report.quotes[at]
            name = anchors[0][quote.id]
            yield f"\n[{inline(quote.id)}](#{name}) {AGAIN}\n" if at in seen else f"\n{entry(quote, name)}"
            seen.add(at)
