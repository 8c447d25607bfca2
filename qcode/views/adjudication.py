"""Places where two coders differ with what was decided of them, and one source with both coders' codings side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product

from qcode.agreement.units import Unit, joined
from qcode.merge.oneness import Oneness
from qcode.model.code import Code
from qcode.model.decision import AGREED, Decision, Outcome
from qcode.model.document import Block
from qcode.model.identity import uuid_of
from qcode.model.source import Source
from qcode.model.span import Span
from qcode.project import Project
from qcode.store.codes import read_codes
from qcode.store.codings import codings_in
from qcode.store.joined import read_oneness
from qcode.store.names import Names
from qcode.store.sources import coder_keys, finished_readings, read_coders, read_text
from qcode.store.texts import blocks_of
from qcode.views.agreement import AgreementQuestion, AgreementView, Disagreement
from qcode.views.layer import Elsewhere, Layer, Passage

#: The UUIDs of two coders, in the order in which they are compared.
Pair = tuple[str, str]
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One coder's part of a difference: the coder's and the code's UUID, and the passages."""

    coder: str
    code: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Point:
    """A difference, the UUID its decision has or would have, and that decision, None while it is open.

    `contradicting` are decisions of projects begun apart that say different things of it, and `overtaken` is one that the layer does not
    hold any more, because the same place was settled otherwise between others or changed in the layer: then it is open again.
    `elsewhere` is what was decided of its places between others.
    """

    disagreement: Disagreement
    key: str
    decision: Decision | None
    contradicting: tuple[Decision, ...] = ()
    overtaken: Decision | None = None
    elsewhere: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """A passage beside the text: start, end, the code, and whether the other coder has the same one."""

    start: int
    end: int
    code: Code
    same: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One source as two coders coded it: its text and paragraphs, and the passages of each in text order."""

    source: Source
    text: str
    blocks: tuple[Block, ...]
    first: tuple[Lane, ...]
    second: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class AgreementChoices:
    """What agreement can be asked of: the coders who finished something, the two of them who finished most sources both ('' and '' where
    there are none), and the paths of all codes in the order of the codebook."""

    coders: tuple[str, ...] = ()
    best: tuple[str, str] = ("", "")
    codes: tuple[str, ...] = ()


class AdjudicationView:
    """What two coders differ on in one project, and what was decided. Every method only reads, and raises UserError as
    `AgreementView` does."""

    def __init__(self, project: Project, agreement: AgreementView | None = None) -> None:
        self._project = project
        self._agreement = agreement or AgreementView(project)

    def points(self, question: AgreementQuestion, *, only: str = "") -> tuple[Point, ...]:
        """The differences with their decisions, by source name and place; in one source (`only`, a UUID) if that is given."""
        found = self._agreement.differences(question, only=only)
        pair = self.pair(question)
        with self._project.reading() as db:
            layer, oneness = Layer(db, only), read_oneness(db)
        decided = layer.decisions_between((question.coders[0], question.coders[1]))
        points = []
        for one in found:
            keys = decision_keys(one, pair, oneness)
            said = [decided[key] for key in keys if key in decided]
            agree = len({(each.outcome, each.span) for each in said}) == 1
            reach = reach_of(one, said)
            elsewhere = layer.decided_elsewhere(one.source.uuid, reach, question.coders)
            if not agree:
                points.append(Point(one, keys[0], None, tuple(said), None, elsewhere))
            elif layer.says(one.source.uuid, settled_passages(one, said[0]), reach):
                points.append(Point(one, keys[0], said[0], elsewhere=elsewhere))
            else:
                points.append(Point(one, keys[0], None, (), said[0], elsewhere))
        return tuple(points)

    def count_waiting(self, question: AgreementQuestion) -> int:
        """How many passages the two coders have alike that are not in the layer yet."""
        shared = self._agreement.shared(question)
        with self._project.reading() as db:
            layer = Layer(db)
        return sum(not layer.has(one.source.uuid, passage) for one in shared for passage in one.passages)

    def pair(self, question: AgreementQuestion) -> Pair:
        """The UUIDs of the two coders of a question."""
        with self._project.reading() as db:
            known = Names(db).coders
        return known[question.coders[0]], known[question.coders[1]]


def decision_keys(one: Disagreement, pair: Pair, oneness: Oneness) -> list[str]:
    """The UUID of the decision on a difference between two coders: the same for whoever decides it, in whatever order they are named.
    After it those that it has where it was decided in a project begun apart."""
    sides = sides_of(one, pair)
    named = [oneness.members("sources", one.source.uuid), *(oneness.members("codes", side.code) for side in sides)]
    firsts = (one.source.uuid, *(side.code for side in sides))
    found: dict[str, None] = {}
    for source, *codes in [firsts, *product(*named)]:
        parts = [part for side, code in zip(sides, codes, strict=True) for part in (side.coder, code, repr(side.spans))]
        found[uuid_of("decisions", source, *parts)] = None
    return list(found)


def sides_of(one: Disagreement, pair: Pair) -> tuple[Side, Side]:
    """Both coders' parts of a difference, in the order of the coders' UUIDs."""
    code = one.code.uuid
    other = one.other.uuid if one.other else code
    first, second = sorted((Side(pair[0], code, one.difference.first), Side(pair[1], other, one.difference.second)), key=lambda s: s.coder)
    return first, second


def settled_passages(one: Disagreement, decision: Decision) -> list[Passage]:
    """What a decision on a difference puts into the layer."""
    return agreed_passages(one, decision.outcome, Span(*decision.span) if decision.outcome is Outcome.NEW else None)


def reach_of(one: Disagreement, decisions: Iterable[Decision]) -> list[Passage]:
    """What decisions on a difference are about: the passages of both coders, and those that were chosen anew."""
    chosen = [(one.code.uuid, *said.span) for said in decisions if said.outcome is Outcome.NEW]
    return agreed_passages(one, Outcome.FIRST) + agreed_passages(one, Outcome.SECOND) + chosen


def agreed_passages(one: Disagreement, outcome: Outcome, span: Span | None = None) -> list[Passage]:
    """What an outcome puts into the layer: (code's UUID, start, end). `span` is the passage of the outcome NEW."""
    first, second, code = one.difference.first, one.difference.second, one.code.uuid
    other = one.other.uuid if one.other else code
    match outcome:
        case Outcome.FIRST:
            return [(code, *span) for span in first]
        case Outcome.SECOND:
            return [(other, *span) for span in second]
        case Outcome.NEW if span:
            return [(code, span.start, span.end)]
        case Outcome.BOTH if code == other:
            return [(code, start, end) for start, end in joined(sorted((*first, *second)), gap=0)]
        case Outcome.BOTH:
            return [*((code, *span) for span in first), *((other, *span) for span in second)]
    return []


def read_side_by_side(project: Project, one: Source, coders: tuple[str, str]) -> SideBySide:
    """A source with the codings of two coders (names) in its present text, overlapping ones of one code made one."""
    with project.reading() as db:
        codes = {code.uuid: code for code in read_codes(db)}
        spans: dict[str, dict[str, list[tuple[int, int]]]] = {coder: defaultdict(list) for coder in coders}
        for _, _, start, end, code, coder, *_ in codings_in(db, one.uuid):
            if coder in spans:
                spans[coder][code].append((start, end))
        ranges = [{code: joined(sorted(found), gap=0) for code, found in spans[coder].items()} for coder in coders]
        return SideBySide(
            one, read_text(db, one.text), blocks_of(db, one.text), _lanes(codes, ranges[0], ranges[1]), _lanes(codes, ranges[1], ranges[0])
        )


def _lanes(codes: dict[str, Code], own: dict[str, list[tuple[int, int]]], other: dict[str, list[tuple[int, int]]]) -> tuple[Lane, ...]:
    lanes = (Lane(start, end, codes[code], (start, end) in other.get(code, ())) for code, spans in own.items() for start, end in spans)
    return tuple(sorted(lanes, key=lambda lane: (lane.start, -lane.end, lane.code.path)))


def read_agreement_choices(project: Project) -> AgreementChoices:
    """What can be chosen on the screen of agreement. This is a read-only operation."""
    with project.reading() as db:
        names = coder_keys(db)
        finished: defaultdict[str, set[int]] = defaultdict(set)
        for source, coder, _ in finished_readings(db):
            if names[coder] != AGREED:
                finished[names[coder]].add(source)
        coders = tuple(name for name in read_coders(db).values() if name in finished)
        shared = {pair: len(finished[pair[0]] & finished[pair[1]]) for pair in combinations(coders, 2)}
        best = max(shared, key=lambda pair: shared[pair], default=("", ""))
        return AgreementChoices(coders, best if shared.get(best) else ("", ""), tuple(code.path for code in read_codes(db)))


def everything_between(coders: tuple[str, str]) -> AgreementQuestion:
    """The question after all differences of two coders; on whole sources, whose units cost nothing to find."""
    return AgreementQuestion(coders, Unit.SOURCE)
