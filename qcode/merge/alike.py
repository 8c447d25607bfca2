"""How alike two names are."""

from __future__ import annotations

from qcode.text.folding import fold

#: From this many percent on two names may mean the same: 'Return migration' and 'Returned migrants' are 79 % alike.
ALIKE = 75


def alike(one: str, other: str) -> int:
    """How alike two names are in percent, without regard to capitals and variants of letters: the share of letters both have in order
    (normalised Indel similarity, as rapidfuzz computes it)."""
    from rapidfuzz.fuzz import ratio

    return round(ratio(fold(one), fold(other)))
