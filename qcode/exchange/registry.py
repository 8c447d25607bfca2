"""Which module reads or writes which ending.

Modules are named, not imported, so that a program that reads one text file does not load the libraries of every format.
A reader module has `read(path: Path) -> Document`; a writer module `write(report, path: Path) -> None`, its report being a
`MatrixReport`, `GridReport`, `QuoteReport`, `TableReport`, `SectionsReport` or `LinkedReport`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

READERS = {
    ".txt": "qcode.exchange.importers.text",
    ".md": "qcode.exchange.importers.markdown",
    ".docx": "qcode.exchange.importers.docx",
    ".html": "qcode.exchange.importers.html",
    ".htm": "qcode.exchange.importers.html",
    ".pdf": "qcode.exchange.importers.pdf",
}

MATRIX_WRITERS = {
    "csv": "qcode.exchange.exporters.matrix_csv",
    "xlsx": "qcode.exchange.exporters.matrix_xlsx",
    "docx": "qcode.exchange.exporters.matrix_docx",
    "html": "qcode.exchange.exporters.matrix_html",
    "md": "qcode.exchange.exporters.matrix_markdown",
    "json": "qcode.exchange.exporters.matrix_json",
}

GRID_WRITERS = {
    "csv": "qcode.exchange.exporters.grid_csv",
    "xlsx": "qcode.exchange.exporters.grid_xlsx",
    "docx": "qcode.exchange.exporters.grid_docx",
    "html": "qcode.exchange.exporters.grid_html",
    "md": "qcode.exchange.exporters.grid_markdown",
    "json": "qcode.exchange.exporters.grid_json",
}

QUOTE_WRITERS = {
    "csv": "qcode.exchange.exporters.quotes_csv",
    "xlsx": "qcode.exchange.exporters.quotes_xlsx",
    "docx": "qcode.exchange.exporters.quotes_docx",
    "html": "qcode.exchange.exporters.quotes_html",
    "md": "qcode.exchange.exporters.quotes_markdown",
    "json": "qcode.exchange.exporters.quotes_json",
}

TABLE_WRITERS = {
    "csv": "qcode.exchange.exporters.table_csv",
    "xlsx": "qcode.exchange.exporters.table_xlsx",
}

LINKED_WRITERS = {
    "csv": "qcode.exchange.exporters.linked_csv",
    "xlsx": "qcode.exchange.exporters.linked_xlsx",
    "docx": "qcode.exchange.exporters.linked_docx",
    "html": "qcode.exchange.exporters.linked_html",
    "md": "qcode.exchange.exporters.linked_markdown",
    "json": "qcode.exchange.exporters.linked_json",
}

SECTIONS_WRITERS = {
    "md": "qcode.exchange.exporters.sections_markdown",
    "html": "qcode.exchange.exporters.sections_html",
    "docx": "qcode.exchange.exporters.sections_docx",
    "xlsx": "qcode.exchange.exporters.sections_xlsx",
    "csv": "qcode.exchange.exporters.sections_csv",
}


def writer(writers: Mapping[str, str], kind: str) -> Callable[[Any, Path], None]:
    """The function that writes a report in the format `kind`, from one of the registries above."""
    write: Callable[[Any, Path], None] = import_module(writers[kind]).write
    return write
