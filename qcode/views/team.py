"""Who codes what: copies that were handed out, how far everybody is, and samples that are coded twice."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.model.reading import ReadingStatus
from qcode.project import Project
from qcode.store.allocations import read_allocations, read_handouts, read_samples
from qcode.store.sources import read_coders, read_readings, read_sources


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A copy that was handed out: to whom, with which parts, and when (ISO time)."""

    coder: str
    locked: bool
    blind: bool
    partial: bool
    at: str


@dataclass(frozen=True, slots=True)
class Headway:
    """How many of the sources assigned to a coder he or she has finished, and begun. `sample` is the UUID of the sample they were
    drawn in, '' for all that are assigned."""

    coder: str
    sample: str
    assigned: int
    finished: int
    begun: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample of sources by UUID, in order of name; the coders (names) it is assigned to; how many of the sources all these finished."""

    uuid: str
    name: str
    seed: int
    revealed: bool
    sources: tuple[str, ...]
    coders: tuple[str, ...]
    finished: int


def handed_out_copies(project: Project) -> list[HandedOut]:
    """Every hand-out, newest first."""
    with project.reading() as db:
        rows = read_handouts(db)
    return [HandedOut(coder, codebook == "locked", bool(blind), bool(partial), at) for coder, codebook, blind, partial, at in rows]


def headway(project: Project, sample: str = "") -> list[Headway]:
    """A line for each coder to whom something is assigned, by name: of all of it, or in one sample (a UUID)."""
    assigned, statuses, names = _assigned(project, sample)
    found = []
    for coder, sources in sorted(assigned.items(), key=lambda pair: names[pair[0]]):
        of_coder = [statuses.get((coder, source)) for source in sources]
        finished, begun = (of_coder.count(status) for status in (ReadingStatus.FINISHED, ReadingStatus.READING))
        found.append(Headway(names[coder], sample, len(sources), finished, begun))
    return found


def list_samples(project: Project) -> list[Sample]:
    """Every sample, by name."""
    with project.reading() as db:
        rows = read_samples(db)
    found = []
    for key, name, seed, revealed in rows:
        assigned, statuses, names = _assigned(project, key)
        sources = tuple(dict.fromkeys(source for of_coder in assigned.values() for source in of_coder))
        done = sum(all(statuses.get((coder, source)) is ReadingStatus.FINISHED for coder in assigned) for source in sources)
        found.append(Sample(key, name, seed, bool(revealed), sources, tuple(sorted(names[coder] for coder in assigned)), done))
    return found


def source_names(project: Project) -> dict[str, str]:
    """The names of all sources by UUID."""
    with project.reading() as db:
        return {source.uuid: source.name for source in read_sources(db)}


_Statuses = dict[tuple[str, str], ReadingStatus]


def _assigned(project: Project, sample: str) -> tuple[dict[str, dict[str, None]], _Statuses, dict[str, str]]:
    """The sources of each coder, how far coders are with sources, and the coders' names; all by UUID."""
    with project.reading() as db:
        statuses = {(reading.coder, reading.source): reading.status for reading in read_readings(db)}
        names = read_coders(db)
        assigned: dict[str, dict[str, None]] = {}
        for coder, source, of_sample in read_allocations(db):
            if sample in ("", of_sample):
                assigned.setdefault(coder, {})[source] = None
    return assigned, statuses, names
