"""A code: what a passage is about, and when to use it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the codebook. `path` are the names from the top ('Constraints > Staff turnover'), `depth` is 1 at the top.

    `include` and `exclude` say when to use it and when not. `colour` is a name of the palette or '#rrggbb'. `id` is its key in this
    file only.
    """

    id: int
    uuid: str
    name: str
    path: str
    depth: int
    parent: str | None
    definition: str
    include: str
    exclude: str
    example: str
    colour: str
    position: float


#: The columns of a codebook table, with the field of a code behind each.
CODEBOOK_COLUMNS = ("code", "parent", "definition", "include", "exclude", "example", "colour")
