"""Who coded how many units: counted by the lengths of stretches, never unit by unit."""

from __future__ import annotations

from collections.abc import Mapping

from qcode.agreement.units import Ranges


def count_patterns(ranges: Mapping[int, Ranges]) -> dict[int, int]:
    """How many units each group of coders coded, the group as bits (1 << coder); what nobody coded is left out.

    `ranges` are the units that each coder (by number) coded, sorted and apart.
    """
    if len(ranges) == 1:
        ((coder, own),) = ranges.items()
        units = sum(end - start for start, end in own)
        return {1 << coder: units} if units else {}
    edges = sorted((place, 1 << coder) for coder, own in ranges.items() for stretch in own for place in stretch)
    found: dict[int, int] = {}
    before = pattern = 0
    for place, bit in edges:
        if pattern and place > before:
            found[pattern] = found.get(pattern, 0) + place - before
        before = place
        pattern ^= bit
    return found
