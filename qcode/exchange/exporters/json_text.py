"""One JSON document as it is written to a file: readable letters, stable order, a line end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qcode.exchange.exporters.atomic import write_text
from qcode.model.report import Provenance


def write_json(path: Path, document: Mapping[str, Any]) -> None:
    """Writes `document` as UTF-8 with keys in the order given; raises UserError when it cannot."""
    write_text(path, (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False), "\n"))


def provenance_object(provenance: Provenance) -> dict[str, str]:
    """The provenance's fields by name."""
    return asdict(provenance)
