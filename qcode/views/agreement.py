"""Agreement between the coders of a project: figures by code, by pair of coders, and the places where two of them differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from qcode.agreement.bootstrap import DRAWS, SEED
from qcode.agreement.differences import Difference, find_differences, find_shared
from qcode.agreement.figures import Agreement, Figure, Line
from qcode.agreement.matching import ENOUGH
from qcode.agreement.measuring import ReadSource, between, measure_agreement
from qcode.agreement.units import Axis, Unit
from qcode.errors import UserError
from qcode.model.code import Code
from qcode.model.decision import AGREED
from qcode.model.paths import SEPARATOR
from qcode.model.report import TableReport
from qcode.model.source import Source
from qcode.project import Project
from qcode.store.agreement import marks_of, paragraphs_of, texts_of
from qcode.store.allocations import unrevealed
from qcode.store.codes import codebook_versions, read_codes
from qcode.store.names import Names
from qcode.store.sources import coder_keys, finished_readings, read_sources
from qcode.text.sentences import sentences_of
from qcode.views.provenance import provenance

if TYPE_CHECKING:
    from qcode.store.connection import Connection

ALL_CODES = "All codes"
TOO_FEW = "too few to say"
_FLEISS_TOO_FEW = "too few for Fleiss' kappa"
_FIGURES = ("percent agreement", "Cohen kappa", "Fleiss kappa", "Krippendorff alpha", "F1")
_COLUMNS = ("code", "unit", "sources", "n", "coded", *(f"{name}{end}" for name in _FIGURES for end in ("", " low", " high")))
#: What Fleiss' kappa rests on: the part that all coders finished.
_WHOLE = ("Fleiss sources", "Fleiss n", "Fleiss coded")
#: Starts and ends of the units of a text.
_Bounds = tuple[list[int], list[int]]


@dataclass(frozen=True, slots=True)
class AgreementQuestion:
    """Whose agreement (names of coders, two at least), on which unit, and on which code with the codes below it ('' for all)."""

    coders: tuple[str, ...]
    unit: Unit = Unit.SENTENCE
    code: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures, with the code of each line of `agreement`. `unrevealed` sources are left out: of each, one of the coders coded it for
    a sample that is not revealed yet."""

    question: AgreementQuestion
    agreement: Agreement
    codes: tuple[Code, ...]
    unrevealed: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two coders and their figures over all codes, without intervals; None where no source was finished by both."""

    first: str
    second: str
    overall: Line | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where two coders differ: in which source, on which code, and with which `other` code of the second coder's, if that
    is the difference."""

    source: Source
    code: Code
    other: Code | None
    difference: Difference


@dataclass(frozen=True, slots=True)
class Shared:
    """What two coders have alike in one source: (code, start, end), codes by UUID; `codes` are those that both judged."""

    source: Source
    codes: frozenset[str]
    passages: tuple[tuple[str, int, int], ...]


class AgreementView:
    """Answers questions on agreement in one project; keeps where the sentences of the texts are, so that the next answer is quick.

    Every method only reads, and raises UserError for unknown or too few coders, an unknown code, and where no source was finished by
    two of the coders. A source counts for a code when the coder's finished reading had seen the code. What somebody coded for a sample is
    compared with nothing before the sample is revealed.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._sentences: dict[str, _Bounds] = {}

    def measure(
        self, question: AgreementQuestion, *, draws: int = DRAWS, seed: int = SEED, enough: float = ENOUGH, unitising: bool = False
    ) -> Measured:
        """The figures of every code and over all; the arguments are those of `measure_agreement`."""
        with self._project.reading() as db:
            asked = _Asked(db, question, self._sentences)
        agreement = measure_agreement(
            question.coders,
            [code.id for code in asked.codes],
            [source for _, source, _ in asked.sources],
            question.unit,
            draws=draws,
            seed=seed,
            enough=enough,
            unitising=unitising,
        )
        return Measured(question, agreement, tuple(asked.codes), asked.unrevealed)

    def report(self, measured: Measured) -> TableReport:
        """The figures as a table: a line for each code and the last for all; a figure that is not to be shown is an empty cell."""
        question, agreement = measured.question, measured.agreement
        lines = [*zip((code.path for code in measured.codes), agreement.lines, strict=True), (ALL_CODES, agreement.overall)]
        rows = tuple(_row(name, question.unit, line) for name, line in lines)
        with self._project.reading() as db:
            filters = [f"code = {question.code}"] if question.code else []
            filters += [f"without {unrevealed_words(measured.unrevealed)}"] if measured.unrevealed else []
            origin = provenance(self._project, db, "; ".join(filters) or "none", listed(question.coders))
        columns = (*_COLUMNS, *_WHOLE, *(f"prevalence {name}" for name in question.coders), "note")
        return TableReport(f"Agreement of {listed(question.coders)}", "Agreement", columns, rows, origin)

    def pairs(self, question: AgreementQuestion) -> tuple[Pair, ...]:
        """The figures of every two of the coders, in their order."""
        with self._project.reading() as db:
            asked = _Asked(db, question, self._sentences)
        codes = [code.id for code in asked.codes]
        found = []
        for first, second in combinations(range(len(question.coders)), 2):
            names = question.coders[first], question.coders[second]
            shared = [between(source, first, second) for _, source, _ in asked.sources]
            agreement = measure_agreement(names, codes, shared, question.unit, draws=0)
            found.append(Pair(*names, agreement.overall if agreement.sources else None))
        return tuple(found)

    def differences(self, question: AgreementQuestion, *, enough: float = ENOUGH, only: str = "") -> tuple[Disagreement, ...]:
        """Where the two coders of the question differ, by source name and place; in one source (`only`, a UUID) if that is given.

        UserError for more than two.
        """
        asked = self._of_two(question, only)
        codes = {code.id: code for code in asked.codes}
        return tuple(
            Disagreement(source, codes[one.code], None if one.other is None else codes[one.other], one)
            for source, read, paragraphs in sorted(asked.sources, key=lambda one: (one[0].name, one[0].uuid))
            for one in find_differences(read, codes, paragraphs, enough)
        )

    def shared(self, question: AgreementQuestion, *, only: str = "") -> tuple[Shared, ...]:
        """The passages that the two coders of the question have alike, source by source; otherwise as `differences`."""
        asked = self._of_two(question, only)
        codes = {code.id: code.uuid for code in asked.codes}
        return tuple(
            Shared(
                source,
                frozenset(codes[code] for code, judges in read.judges.items() if judges.bit_count() > 1),
                tuple((codes[code], start, end) for code, start, end in find_shared(read, codes)),
            )
            for source, read, _ in asked.sources
        )

    def _of_two(self, question: AgreementQuestion, only: str) -> _Asked:
        if len(question.coders) != 2:
            raise UserError(f"Differences are listed for two coders, not {len(question.coders)}: choose two.")
        with self._project.reading() as db:
            return _Asked(db, question, self._sentences, only)


class _Asked:
    """What a question is about, read in one pass: the codes, and each source that two of the coders finished, with where its
    paragraphs begin; in the order of their UUIDs, which no renaming and no merge changes."""

    def __init__(self, db: Connection, question: AgreementQuestion, sentences: dict[str, _Bounds], only: str = "") -> None:
        coders = _coder_numbers(db, question.coders)
        self.codes, self.top = _codes(db, question.code)
        judges, hidden = _judges(db, coders, frozenset(code.id for code in self.codes))
        self.unrevealed = len(hidden)
        sources = sorted((one for one in read_sources(db) if one.id in judges and only in ("", one.uuid)), key=lambda one: one.uuid)
        if not sources:
            raise UserError(_why_none(question.coders, len(hidden)))
        marks: defaultdict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
        for key, code, coder, start, end in marks_of(db, coders, sources[0].id if only else None):
            marks[key].append((code, coders[coder], start, end))
        paragraphs = _paragraphs(db, {source.id: None for source in sources})
        bounds = _bounds(db, question.unit, sources, paragraphs, sentences)
        self.sources = [
            (
                source,
                ReadSource(
                    source.characters,
                    Axis(question.unit, source.characters, *bounds.get(source.id, ((), ()))),
                    judges[source.id],
                    marks.get(source.id, ()),
                ),
                paragraphs[source.id][0],
            )
            for source in sources
        ]


def _coder_numbers(db: Connection, names: Sequence[str]) -> dict[int, int]:
    """The number of each coder in the question by his or her key."""
    known = Names(db)
    for name in names:
        if name == AGREED:
            raise UserError(f"'{AGREED}' is what coders agreed on, not one of them: name two coders.")
        known.coder(name)
    if len(set(names)) < 2 or len(set(names)) < len(names):
        raise UserError(f"Agreement is between two coders or more, each named once, not '{', '.join(names)}': name others.")
    keys = {name: key for key, name in coder_keys(db).items()}
    return {keys[name]: number for number, name in enumerate(names)}


def _codes(db: Connection, written: str) -> tuple[list[Code], str]:
    """The codes asked for, in the order of the codebook, and the path of the one they were chosen by."""
    codes = read_codes(db)
    if not written:
        return codes, ""
    top = Names(db).codes.path(written)
    return [code for code in codes if code.path == top or code.path.startswith(top + SEPARATOR)], top


def _why_none(coders: Sequence[str], hidden: int) -> str:
    several = "both" if len(coders) == 2 else "two of"
    if hidden:
        return f"What {several} {listed(coders)} finished is {unrevealed_words(hidden)}: reveal the sample to compare them."
    return (
        f"There is no source that {several} {listed(coders)} finished: agreement is measured only where "
        "two people have marked the same source as finished."
    )


def unrevealed_words(number: int) -> str:
    """'1 source of a sample that is not revealed yet'."""
    return f"{number:,} {'source' if number == 1 else 'sources'} of a sample that is not revealed yet"


def _judges(db: Connection, coders: Mapping[int, int], asked: frozenset[int]) -> tuple[dict[int, Mapping[int, int]], set[int]]:
    """For each source that two of the coders finished, the judges of each code, as bits; and the sources that would be among them or
    have one more judge, had a sample been revealed. Sources read alike share one mapping."""
    versions = {key: asked & codes for key, codes in codebook_versions(db).items()}
    blind = unrevealed(db)
    read: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    finished: defaultdict[int, int] = defaultdict(int)
    for source, coder, version in finished_readings(db):
        if coder in coders:
            finished[source] += 1
            if (source, coder) not in blind:
                read[source].append((coders[coder], version))
    alike: dict[tuple[tuple[int, int], ...], dict[int, int]] = {}
    found: dict[int, Mapping[int, int]] = {}
    for source, readings in read.items():
        if len(readings) > 1:
            key = tuple(sorted(readings))
            if key not in alike:
                alike[key] = {code: sum(1 << coder for coder, version in key if code in versions[version]) for code in asked}
            found[source] = alike[key]
    return found, {source for source, number in finished.items() if number > max(1, len(read.get(source, ())))}


def _paragraphs(db: Connection, sources: Mapping[int, object]) -> dict[int, _Bounds]:
    found: dict[int, _Bounds] = {source: ([], []) for source in sources}
    for source, start, end in paragraphs_of(db, sources.keys()):
        starts, ends = found[source]
        starts.append(start)
        ends.append(end)
    return found


def _bounds(
    db: Connection, unit: Unit, sources: Sequence[Source], paragraphs: Mapping[int, _Bounds], sentences: dict[str, _Bounds]
) -> Mapping[int, _Bounds]:
    """The sentences or paragraphs of each source; nothing for other units. New sentences are put into `sentences` by text."""
    if unit is Unit.PARAGRAPH:
        return paragraphs
    if unit is not Unit.SENTENCE:
        return {}
    text_of = {source.id: source.text for source in sources}
    for source, text in texts_of(db, [source.id for source in sources if source.text not in sentences]):
        spans = [span for bounds in zip(*paragraphs[source], strict=True) for span in sentences_of(text, *bounds)]
        sentences[text_of[source]] = [span.start for span in spans], [span.end for span in spans]
    return {source.id: sentences[source.text] for source in sources}


def listed(names: Sequence[str]) -> str:
    """'A and B', 'A, B and C'."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def note_of(line: Line) -> str:
    """Why a line has no kappa and alpha, or no Fleiss' kappa, in words; '' where it has."""
    if line.silence:
        return line.silence.value
    if line.too_few:
        return TOO_FEW
    return _FLEISS_TOO_FEW if line.whole.units and line.whole.too_few else ""


def fleiss_of(line: Line) -> Figure:
    """Fleiss' kappa where it rests on enough, else a figure without a value."""
    return Figure(None) if line.too_few or line.whole.too_few else line.fleiss


def _row(name: str, unit: Unit, line: Line) -> tuple[str | int | float, ...]:
    def cells(*values: float | None) -> list[str | float]:
        return ["" if value is None else round(value, 6) for value in values]

    coefficients = (Figure(None), Figure(None), Figure(None)) if line.too_few else (line.cohen, fleiss_of(line), line.alpha)
    shown = [value for one in coefficients for value in (one.value, one.low, one.high)]
    sure = [value for one in (line.percent, line.f1) for value in (one.value, one.low, one.high)]
    first = (name, unit.value, line.sources, line.units, line.coded)
    whole = (line.whole.sources, line.whole.units, line.whole.coded)
    return (*first, *cells(*sure[:3]), *cells(*shown), *cells(*sure[3:]), *whole, *cells(*line.prevalence), note_of(line))
