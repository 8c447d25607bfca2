"""Settling where two coders differ. What was decided goes into the layer 'agreed'; the coders' own codings are never touched."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from qcode.errors import UserError
from qcode.model.decision import AGREED, Outcome
from qcode.model.identity import uuid_of
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.coders import ensure_coder, ensure_layer
from qcode.operations.codings import add_coding
from qcode.progress import Progress
from qcode.project import Project
from qcode.store.codes import keep_codebook
from qcode.store.codings import codings_in
from qcode.store.joined import read_oneness
from qcode.store.journal import Act
from qcode.store.schema import CONTENT, Values
from qcode.store.sources import read_coders, text_of
from qcode.views.adjudication import (
    AdjudicationView,
    Point,
    agreed_passages,
    decision_keys,
    everything_between,
    settled_passages,
    sides_of,
)
from qcode.views.agreement import AgreementView, Disagreement, Shared
from qcode.views.layer import Elsewhere, Layer, Passage, meet

#: The names of two coders.
Coders = tuple[str, str]


def settle(
    project: Project, coders: Coders, one: Disagreement, outcome: Outcome, *, span: Span | None = None, reason: str = ""
) -> tuple[Coders, ...]:
    """Decide a difference between two coders (names, as they were compared), or decide it anew, as one act.

    The layer 'agreed' then has on these passages what was decided: of the codes in question nothing else that overlaps them. `span` is
    the passage that counts where `outcome` is NEW. Gives the other two coders, for each two of them, between whom something was settled
    here and is open again, because the layer says otherwise now. Raises UserError when the text is another one by now, or the span lies
    outside it.
    """
    if outcome is Outcome.NEW and span is None:
        raise UserError("No new passage was chosen: select it in the text.")

    def work(act: Act) -> tuple[Coders, ...]:
        _refuse_other_text(act, one)
        pair = AdjudicationView(project).pair(everything_between(coders))
        key, *others = decision_keys(one, pair, read_oneness(act.db))
        first, second = sides_of(one, pair)
        new = span if outcome is Outcome.NEW else None
        passages = agreed_passages(one, outcome, new)
        reach = _reach(act, one, [key, *others])
        standing = _Standing.near(project, act, one.source.uuid, [*reach, *passages], coders)
        _Layer(act, one.source.uuid, coders).bring(passages, reach)
        act.delete("decisions", [other for other in others if act.rows.has("decisions", other)])
        place = (new.start, new.end) if new else (one.difference.start, one.difference.end)
        values: Values = {
            "source": one.source.uuid,
            "text": one.source.text,
            "span_start": place[0],
            "span_end": place[1],
            "code": first.code,
            "first": first.coder,
            "second": second.coder,
            "outcome": (outcome if first.coder == pair[0] else outcome.turned).value,
            "reason": reason.strip(),
            "coder": ensure_coder(act, act.coder),
        }
        if act.rows.has("decisions", key):
            act.update("decisions", key, values)
        else:
            act.insert("decisions", values, key)
        _look_again(act, project, coders, one.source.uuid)
        return standing.fallen()

    return project.transact("settle difference", "Settle a difference", work)


def reopen(project: Project, coders: Coders, one: Disagreement) -> bool:
    """Take a decision away and what it put into the layer, as one act; what was settled so between others stays there. False when there
    was none."""

    def work(act: Act) -> bool:
        keys = decision_keys(one, AdjudicationView(project).pair(everything_between(coders)), read_oneness(act.db))
        there = [key for key in keys if act.rows.has("decisions", key)]
        if not there:
            return False
        reach = _reach(act, one, there)
        points = AdjudicationView(project).points(everything_between(coders), only=one.source.uuid)
        is_overtaken = any(point.key == keys[0] and point.overtaken for point in points)
        standing = _Standing.near(project, act, one.source.uuid, reach, coders)
        _Layer(act, one.source.uuid, coders).bring(standing.passages(), () if is_overtaken else reach)
        act.delete("decisions", there)
        _look_again(act, project, coders, one.source.uuid)
        return True

    return project.transact("reopen difference", "Take a decision back", work)


def take_over(project: Project, coders: Coders, progress: Progress | None = None) -> tuple[int, tuple[Coders, ...]]:
    """Put every passage that two coders have alike into the layer, as one act; gives how many were new there, and the other two coders
    between whom something was settled and is open again, as `settle` does.

    Every source that both finished gets a reading of the layer: finished, for the codes both judged, where nothing is left to settle.
    Raises UserError when there is no such source.
    """

    def work(act: Act) -> tuple[int, tuple[Coders, ...]]:
        question = everything_between(coders)
        agreement = AgreementView(project)
        shared = agreement.shared(question)
        view = AdjudicationView(project, agreement)
        unsettled = {point.disagreement.source.uuid for point in view.points(question) if point.decision is None}
        ensure_layer(act)
        count = 0
        fallen: dict[Coders, None] = {}
        layer = Layer(act.db)
        for number, one in enumerate(shared, 1):
            new = [passage for passage in one.passages if not layer.has(one.source.uuid, passage)]
            standing = _Standing(project, one.source.uuid, layer.decided_elsewhere(one.source.uuid, new, coders))
            count += _Layer(act, one.source.uuid, coders).bring(one.passages, ())
            fallen |= dict.fromkeys(standing.fallen())
            _note_reading(act, one, one.source.uuid not in unsettled)
            act.progress.step(act.changes.label, number, len(shared))
        return count, tuple(fallen)

    return project.transact("take over", "Take over what both agree on", work, progress)


def follow(act: Act, project: Project, key: str, chosen_before: Iterable[tuple[int, int]]) -> None:
    """Bring the layer to what the decision of that UUID says, as part of an act: two people decided a difference each for themselves, and
    somebody chose between them. `chosen_before` are places that either of them may have chosen anew (code points)."""
    row = act.rows.read(CONTENT["decisions"], key)
    if row is None:
        return
    names = read_coders(act.db)
    coders = (names[str(row["first"])], names[str(row["second"])])
    points = AdjudicationView(project).points(everything_between(coders), only=str(row["source"]))
    for point in points:
        decision = point.decision or point.overtaken
        if point.key == key and decision:
            one = point.disagreement
            cleared = _reach(act, one, [key]) + [(one.code.uuid, *place) for place in chosen_before]
            _Layer(act, one.source.uuid, coders).bring(settled_passages(one, decision), cleared)


class _Layer:
    """The layer's codings in one source, as part of an act, beside those of the two coders."""

    def __init__(self, act: Act, source: str, coders: Collection[str]) -> None:
        self._act, self._source = act, source
        self._own: dict[Passage, str] = {}
        self._theirs: list[tuple[Passage, int, int]] = []
        for _, uuid, start, end, code, coder, _, important, contradicts, _, _ in codings_in(act.db, source):
            if coder == AGREED:
                self._own[code, start, end] = uuid
            elif coder in coders:
                self._theirs.append(((code, start, end), important, contradicts))

    def bring(self, passages: Iterable[Passage], cleared: Iterable[Passage]) -> int:
        """Have the layer hold `passages`, and nothing else that overlaps `cleared`; gives how many it did not hold before."""
        wanted = set(passages)
        gone = [uuid for own, uuid in self._own.items() if own not in wanted and any(meet(own, one) for one in cleared)]
        self._act.delete("codings", gone)
        new = sorted(wanted - self._own.keys(), key=lambda one: one[1:])
        for code, start, end in new:
            met = [flags for theirs, *flags in self._theirs if meet(theirs, (code, start, end))]
            flags = {name: max((one[at] for one in met), default=0) for at, name in enumerate(("important", "contradicts"))}
            add_coding(self._act, self._source, Span(start, end), code, ensure_layer(self._act), {"origin": "agreed", **flags})
        return len(new)


class _Standing:
    """Of what was decided `elsewhere` of places in a source, that which stands before an act changes the layer there."""

    def __init__(self, project: Project, source: str, elsewhere: Collection[Elsewhere]) -> None:
        self._project, self._source = project, source
        keys = {said.key for said in elsewhere}
        self._points = {
            pair: [point for point in self._settled(pair) if point.key in keys] for pair in sorted({said.coders for said in elsewhere})
        }

    @classmethod
    def near(cls, project: Project, act: Act, source: str, passages: Collection[Passage], coders: Coders) -> _Standing:
        """What stands between others than two coders of what `passages` meet."""
        return cls(project, source, Layer(act.db, source).decided_elsewhere(source, passages, coders))

    def passages(self) -> list[Passage]:
        """What it puts into the layer."""
        return [
            passage
            for points in self._points.values()
            for point in points
            if point.decision
            for passage in settled_passages(point.disagreement, point.decision)
        ]

    def fallen(self) -> tuple[Coders, ...]:
        """The coders between whom something of it does not stand any more."""
        now = {pair: {point.key for point in self._settled(pair)} for pair in self._points}
        return tuple(pair for pair, before in self._points.items() if any(point.key not in now[pair] for point in before))

    def _settled(self, pair: Coders) -> list[Point]:
        try:
            points = AdjudicationView(self._project).points(everything_between(pair), only=self._source)
        except UserError:
            # One of the two has not finished the source any more: nothing is compared, so nothing is settled.
            return []
        return [point for point in points if point.decision]


def _reach(act: Act, one: Disagreement, keys: Iterable[str]) -> list[Passage]:
    """What a decision is about: the passages of both coders, and those that were chosen anew before by one of `keys`."""
    reach = agreed_passages(one, Outcome.FIRST) + agreed_passages(one, Outcome.SECOND)
    for _, old in act.rows.read_many(CONTENT["decisions"], list(keys)):
        if old["outcome"] == Outcome.NEW:
            reach.append((one.code.uuid, int(old["span_start"] or 0), int(old["span_end"] or 0)))
    return reach


def _refuse_other_text(act: Act, one: Disagreement) -> None:
    text, _, label = text_of(act.db, one.source.uuid)
    if text != one.source.text:
        raise UserError(f"The text of {label} was changed meanwhile: look at the difference again.")


def _look_again(act: Act, project: Project, coders: tuple[str, str], source: str) -> None:
    """Keep the layer's reading of a source in step, if what both agree on there was taken over."""
    layer = ensure_layer(act)
    if not act.rows.has("readings", uuid_of("readings", layer, source)):
        return
    question = everything_between(coders)
    agreement = AgreementView(project)
    points = AdjudicationView(project, agreement).points(question, only=source)
    for one in agreement.shared(question, only=source):
        _note_reading(act, one, all(point.decision for point in points))


def _note_reading(act: Act, one: Shared, settled: bool) -> None:
    layer = ensure_layer(act)
    key = uuid_of("readings", layer, one.source.uuid)
    status = ReadingStatus.FINISHED if settled else ReadingStatus.READING
    values = {"status": status.value, "codebook": keep_codebook(act.db, one.codes)}
    if act.rows.has("readings", key):
        act.update("readings", key, {**values})
    else:
        act.insert("readings", {"coder": layer, "source": one.source.uuid, **values}, key)
