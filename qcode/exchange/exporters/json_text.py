"""One JSON document as it is written to a file: readable letters, stable order, a line end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qcode.exchange.exporters.atomic import write_text
from qcode.model.report import Provenance


def write_json(path: Path, document: Mapping[str, Any]) -> None:
    """Writes `document` as UTF-8 with keys in the order given; raises UserError when it cannot.

    A value that is an iterator is written as a list, item by item, so that 100,000 quotes need no memory of their own.
    """
    write_text(path, _chunks(document))


def _chunks(document: Mapping[str, Any]) -> Iterator[str]:
    opening = "{\n"
    for key, value in document.items():
        yield f"{opening}{_text(key)}: "
        if isinstance(value, Iterator):
            yield from _list(value)
        else:
            yield _text(value)
        opening = ",\n"
    yield "\n}\n"


def _list(items: Iterator[Any]) -> Iterator[str]:
    opening = "[\n"
    for item in items:
        yield opening + _text(item)
        opening = ",\n"
    yield "[]" if opening == "[\n" else "\n]"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def provenance_object(provenance: Provenance) -> dict[str, str]:
    """The provenance's fields by name."""
    return asdict(provenance)
