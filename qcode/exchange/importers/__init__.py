"""Files in: one module per format, each with `read(path) -> Document`, imported when the first such file comes."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from qcode.exchange.guards import refusal
from qcode.exchange.registry import READERS
from qcode.model.document import Document

_OLD_WORD = (".doc", ".dot", ".rtf", ".odt")


def read_document(path: Path) -> Document:
    """What the file at `path` holds, by the reader of its ending (upper or lower case).

    Raises UserError with one sentence (file, what is wrong, what to do) for endings without a reader and for everything a reader
    refuses.
    """
    ending = path.suffix.lower()
    module = READERS.get(ending)
    if module is None:
        raise _unknown(path, ending)
    document: Document = import_module(module).read(path)
    return document


def _unknown(path: Path, ending: str) -> Exception:
    known = ", ".join(known[1:] for known in READERS)
    if ending in _OLD_WORD:
        return refusal(path.name, f"is a {ending} file, which qcode does not read,", "Save it as .docx in Word or LibreOffice.")
    what = f"has the ending {ending}, which qcode does not read," if ending else "has no ending that says what it is"
    return refusal(path.name, what, f"Save it as one of: {known}.")
