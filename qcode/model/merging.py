"""What a merge brings, what it leaves to decide, and what stays listed."""

from __future__ import annotations

from dataclasses import dataclass, field

Shown = str | int | float | None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one coder did in one of the files that come: counts of what is new to the project.

    `places` are the countries (cases at the top) of the sources worked on. `new_codings` are those that are there by it and were not
    before, also where somebody took back that they were removed. `removed` are codings that are gone by it; what two removed counts for
    both, and once in the plan. `others` says of how many rows of other tables it said something. `handed_out` and `last_change` are ISO
    times, '' if unknown.
    """

    coder: str
    file: str
    places: tuple[str, ...]
    handed_out: str
    last_change: str
    new_codings: int
    changed: int
    removed: int
    memos: int
    new_codes: int
    conflicts: int
    others: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One of the values a field was given: as it is stored, in words, by whom and when (ISO time). `group` has the fields that are given
    a value together with it, itself among them. `written` is what somebody would go on writing from, where that is not `words`."""

    value: Shown
    words: str
    coder: str
    at: str
    group: tuple[tuple[str, Shown], ...] = ()
    written: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something the review lists until somebody decides.

    `id` is a hash of row, field and operations, the same in every copy. `kind` is a `merge.content.Reason`. `title` names the row
    (a code's name, a coding's short ID), `within` says where it stands. `values` are what there is to choose from, the one that counts
    meanwhile first; `base` is what all of them had before. `partner` is the row a mend is about.
    """

    id: str
    kind: str
    table: str
    row: str
    field: str
    title: str
    within: str
    colour: str
    base: Said | None
    values: tuple[Said, ...]
    partner: str = ""


@dataclass(frozen=True, slots=True)
class CodeSide:
    """One of two codes that may be the same: UUID, name, path, colour, definition, who made it, how often and where it is used."""

    uuid: str
    name: str
    path: str
    colour: str
    definition: str
    coder: str
    codings: int
    sources: int


@dataclass(frozen=True, slots=True)
class Question:
    """Two codes of nearly one name, `alike` in percent; never joined unasked. `id` is the same in every copy."""

    id: str
    one: CodeSide
    other: CodeSide
    alike: int


@dataclass(frozen=True, slots=True)
class Match:
    """A row of a project that was begun apart which may be the same as one of this project, and by which rule.

    `one` is ours, `other` theirs (UUIDs). A match that is `sure` is taken unless it is refused; the others are only asked about.
    `alike` is in percent. Where `leaves` is set one of the two was withdrawn: said to be the same, the other leaves for good.
    """

    id: str
    table: str
    one: str
    other: str
    title: str
    other_title: str
    rule: str
    alike: int
    sure: bool
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """A field of a row in dispute that is not in dispute itself: one person changed it, and that counts. `words` are what it says."""

    table: str
    row: str
    field: str
    coder: str
    words: str


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging some files does, before it is done.

    `codings`, `memos` and `definitions` are how many the files and the project hold together: each is in the result or among
    `conflicts`. `removed` are codings of the files or the project that went because somebody removed them, each counted once; one that
    stays, for somebody else went on with it, is not among them. `back` names those that came back, for somebody took back that they were
    removed, or had gone on with them; they are among the new codings. `lost` names rows that are neither, which is a defect; it is empty.
    `withdrawn` are sources that go for good because somebody withdrew them. `operations` are the acts that are new. `completed` counts
    the rows that had been withheld from this copy. `joined` are what nobody has to decide in rows that are in dispute; they are not kept
    in the report. `mark` tells this plan from one of other files or of another state of the project; '' in a report.
    """

    files: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    conflicts: tuple[Conflict, ...]
    questions: tuple[Question, ...]
    codings: int
    memos: int
    definitions: int
    removed: int
    withdrawn: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    operations: int = 0
    completed: int = 0
    joined: tuple[Joined, ...] = ()
    back: tuple[str, ...] = ()
    mark: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a conflict: the number of the value to take, or a text of their own."""

    conflict: str
    take: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class MergeReport:
    """A merge as it stays in the project: when, by whom, what it brought, what was open then."""

    number: int
    at: str
    coder: str
    plan: MergePlan
    taken_back: bool = False
