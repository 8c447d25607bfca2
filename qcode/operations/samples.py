"""Samples of sources that two people code without seeing one another's work."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from qcode.errors import UserError
from qcode.model.identity import uuid_of
from qcode.model.paths import MARK
from qcode.operations.coders import ensure_coder
from qcode.project import Project
from qcode.store.allocations import read_samples
from qcode.store.cases import read_cases, read_whole_assignments
from qcode.store.journal import Act
from qcode.store.schema import CONTENT, Values
from qcode.store.sources import read_sources


def draw_sample(
    project: Project, name: str, *, share: float = 0.0, count: int = 0, seed: int = 1, coders: Sequence[str] = ()
) -> list[str]:
    """Draw sources by country, assign each to all `coders` (names), and give the UUIDs of the sources; one act.

    A `share` of all sources (0.1 is a tenth, rounded up) or a `count` is spread over the countries, the cases at the top, by how many
    sources each has, with at least one of each; sources of no country are one more. The same seed draws the same sources from the
    same project. Raises UserError when that cannot be, or there is a sample of that name.
    """

    def work(act: Act) -> list[str]:
        if any(known == name for _, known, _, _ in read_samples(act.db)):
            raise UserError(f"There is a sample '{name}' already: give the new one another name.")
        countries = _by_country(act)
        drawn = draw(countries, _wanted(countries, share, count), seed)
        sample = act.insert("samples", {"name": name, "seed": seed})
        for coder in coders:
            who = ensure_coder(act, coder)
            keys = (uuid_of("allocations", who, source, sample) for source in drawn)
            rows: list[Values] = [{"coder": who, "source": source, "sample": sample} for source in drawn]
            act.insert_many("allocations", zip(keys, rows, strict=True))
        return drawn

    if not name.strip():
        raise UserError("The sample has no name: give it one, such as 'Round 1'.")
    return project.transact("draw sample", f"Draw the sample {name}", work)


def reveal_sample(project: Project, sample: str) -> bool:
    """Say that a sample (a UUID) has been coded and may be compared. False when that was said before. Raises UserError when it is gone."""

    def work(act: Act) -> bool:
        if act.rows.read(CONTENT["samples"], sample) is None:
            raise UserError("The sample is not in the project any more: choose another.")
        return act.update("samples", sample, {"revealed": 1})

    return project.transact("reveal sample", "Reveal a sample", work)


def draw(countries: Mapping[str, Sequence[str]], wanted: int, seed: int) -> list[str]:
    """`wanted` of the sources of all countries, at least one of each, whatever the order they come in; by country, then as drawn."""
    drawn: list[str] = []
    for country, number in sorted(_quotas({name: len(sources) for name, sources in countries.items()}, wanted).items()):
        drawn.extend(sorted(countries[country], key=lambda source: _lot(seed, source))[:number])
    return drawn


def _lot(seed: int, source: str) -> str:
    return hashlib.sha256(f"{seed} {source}".encode()).hexdigest()


def _quotas(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """How many sources each country gives: by its size, the largest remainders rounded up, never none and never more than it has."""
    exact = {country: Fraction(wanted * size, sum(sizes.values())) for country, size in sizes.items()}
    quotas = {country: max(1, math.floor(number)) for country, number in exact.items()}
    while (lacking := wanted - sum(quotas.values())) != 0:
        step = 1 if lacking > 0 else -1
        able = [country for country, size in sizes.items() if 1 <= quotas[country] + step <= size]
        chosen = max(able, key=lambda country: (step * (exact[country] - quotas[country]), sizes[country], country))
        quotas[chosen] += step
    return quotas


def _wanted(countries: Mapping[str, Sequence[str]], share: float, count: int) -> int:
    total = sum(map(len, countries.values()))
    if not total:
        raise UserError("There is no source to draw a sample from: import some first.")
    if not count:
        if not 0 < share <= 1:
            raise UserError(f"A share of {share:g} is none: give one above 0 and up to 1, such as 0.1 for a tenth.")
        # A share such as 0.07 of 100 sources is 7, though the product of the floats is a little more.
        return max(len(countries), math.ceil(round(share * total, 9)))
    if not len(countries) <= count <= total:
        raise UserError(
            f"A sample of {count:,} cannot be drawn from {total:,} sources with one of each of {len(countries):,} countries: "
            f"ask for {len(countries):,} to {total:,}."
        )
    return count


def _by_country(act: Act) -> dict[str, list[str]]:
    """The sources (UUIDs) of each case at the top; of those in several, under the first by name; '' has those of none."""
    tops = {case.id: case.path.partition(MARK)[0].strip() for case in read_cases(act.db)}
    assigned = read_whole_assignments(act.db)
    found: dict[str, list[str]] = defaultdict(list)
    for source in read_sources(act.db):
        found[min((tops[case] for case in assigned.get(source.id, ())), default="")].append(source.uuid)
    return dict(found)
