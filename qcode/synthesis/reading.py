"""Who has read what: which sources count as read for a code, as sets of bits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# For each source, the coders who marked it finished, each with the codes that the codebook held at that moment. One frozenset
# shared by all readings of a codebook version saves comparing equal ones.
Readings = Mapping[int, Sequence[tuple[int, frozenset[int]]]]


@dataclass(frozen=True, slots=True)
class ReadSources:
    """Sources as bits of a number: `finished` by anybody, read for each code, and read for every code of the rows."""

    finished: int
    for_code: Mapping[int, int]
    for_all: int


def read_sources(
    readings: Readings, codes: Iterable[int], source_bits: Mapping[int, int], coders: frozenset[int] | None = None
) -> ReadSources:
    """What counts as read for each of `codes`; readings of other `coders` (None: all count) and of other sources are left out."""
    by_version: defaultdict[frozenset[int], int] = defaultdict(int)
    for source, bit in source_bits.items():
        for coder, version in readings.get(source, ()):
            if coders is None or coder in coders:
                by_version[version] |= bit
    finished = 0
    for bits in by_version.values():
        finished |= bits
    for_code = {code: _union(by_version, code) for code in codes}
    for_all = finished
    for bits in for_code.values():
        for_all &= bits
    return ReadSources(finished, for_code, for_all)


def _union(by_version: Mapping[frozenset[int], int], code: int) -> int:
    read = 0
    for version, bits in by_version.items():
        if code in version:
            read |= bits
    return read
