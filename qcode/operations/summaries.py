"""Written summaries of the cells of a matrix. Each act keeps what its writer saw, so that the summary knows when it is stale."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qcode.errors import UserError
from qcode.model.identity import short_letters
from qcode.model.summary import Status, SummaryPlace
from qcode.operations.cases import ensure_attribute
from qcode.project import Project
from qcode.store.journal import Act
from qcode.store.names import Names, nearest
from qcode.store.schema import CONTENT, Values
from qcode.store.summaries import codings_by_id, read_codings, read_summaries, short_ids, withheld_summaries
from qcode.synthesis.evidence import encode
from qcode.text.chips import chip, cited_in, with_uuids
from qcode.text.decoding import unify_line_ends
from qcode.views.cell_evidence import CellEvidence
from qcode.views.summary_places import LANGUAGE_KEY
from qcode.views.whereabouts import LANGUAGE

_TABLE = "summaries"
_LONGEST_REASON = 200
_KNOWN_IDS = 2_000


def write_summary(project: Project, place: SummaryPlace, words: str, status: Status = Status.DRAFT) -> bool:
    """Write the summary of a cell, or write it anew, over the codings that stand in the cell now. False when nothing was different.

    `words` name quotes as '[#KGZ07-Q7F3KD]', or with the UUID of the coding in the place of the ID. Raises UserError for an ID that no
    coding has, for words of blanks, and for a cell that is not there (any more).
    """
    return project.transact("write summary", "Write a summary", lambda act: SummaryAct(act).write(place, words, status))


def review_summaries(project: Project, places: Sequence[SummaryPlace], status: Status = Status.REVIEWED) -> int:
    """Say that the summaries of cells hold for what stands in these now (`status` DRAFT takes that back), as one act; how many were not
    so already. Raises UserError when one of the cells has none."""

    def work(act: Act) -> int:
        summaries = SummaryAct(act)
        changed = sum([summaries.review(place, status) for place in places])
        act.call(_counted("Review", changed))
        return changed

    return project.transact("review summary", _counted("Review", len(places)), work)


def give_empty_reason(project: Project, place: SummaryPlace, reason: str, status: Status = Status.DRAFT) -> bool:
    """Say why a cell has nothing: one of `EMPTY_REASONS`, or own words on one line. False when that was said already.

    Raises UserError for a cell that has quotes or a summary, and where there is no reason.
    """
    label = "Say why a cell is empty"
    return project.transact("give empty reason", label, lambda act: SummaryAct(act).explain(place, reason, status))


def clear_summaries(project: Project, places: Sequence[SummaryPlace]) -> int:
    """Take the summaries of cells away, as one act that undo brings back whole; how many there were."""

    def work(act: Act) -> int:
        keys = [place.uuid for place in places if act.rows.has(_TABLE, place.uuid)]
        act.delete(_TABLE, keys)
        act.call(_counted("Clear", len(keys)))
        return len(keys)

    return project.transact("clear summary", _counted("Clear", len(places)), work)


def _counted(verb: str, count: int) -> str:
    return f"{verb} {count} summaries" if count > 1 else f"{verb} a summary"


class SummaryAct:
    """Writes summaries as part of an act, and looks the project up once for all of them."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._evidence: CellEvidence | None = None
        self._withheld: set[str] | None = None

    def write(self, place: SummaryPlace, words: str, status: Status) -> bool:
        """Write words; see `write_summary`."""
        self._refuse(place)
        stored = self.stored_words(place, words)
        return self._put(place, {"words": stored, "status": status.value, "empty": ""})

    def review(self, place: SummaryPlace, status: Status) -> bool:
        """Give a summary another status over what stands in its cell now; see `review_summaries`."""
        self._refuse(place)
        there = self._act.rows.read(CONTENT[_TABLE], place.uuid)
        if there is None:
            raise UserError("One of the cells has no summary to review: write one first.")
        return self._put(place, {"words": there["words"], "status": status.value, "empty": there["empty"]})

    def explain(self, place: SummaryPlace, reason: str, status: Status) -> bool:
        """Give an empty cell its reason; see `give_empty_reason`."""
        self._refuse(place)
        said = reason.strip()
        if not said or len(said.splitlines()) > 1 or len(said) > _LONGEST_REASON:
            raise UserError(f"The reason for an empty cell is one line of at most {_LONGEST_REASON} characters: say it shorter.")
        refuse_signs(said)
        there = self._act.rows.read(CONTENT[_TABLE], place.uuid)
        if there is not None and there["words"]:
            raise UserError("The cell has a summary, so it is not empty: clear the summary first.")
        if quotes := len(self._looked().of(place)):
            raise UserError(f"The cell has {quotes:,} {'quote' if quotes == 1 else 'quotes'}, so it is not empty: write a summary of it.")
        return self._put(place, {"words": "", "status": status.value, "empty": said})

    def rewritten(self, values: Values, words: str) -> Values:
        """What a summary that has `values` says with other words, as a draft over what stands in its cell now."""
        place = place_of(values)
        stored = self.stored_words(place, words)
        return {"words": stored, "status": Status.DRAFT.value, "empty": "", "evidence": self.evidence(place, stored)}

    def stored_words(self, place: SummaryPlace, words: str) -> str:
        """Typed words as they are stored: chips by UUID, one kind of line end. Raises UserError when they cannot be."""
        text = unify_line_ends(words)
        if not text.strip():
            raise UserError("The summary has no words: write some, or clear it.")
        refuse_signs(text)
        return with_uuids(text, self._resolver(place))

    def evidence(self, place: SummaryPlace, words: str) -> str:
        """What a summary with these words rests on now, as it is written down."""
        return encode(self._looked().of(place, cited_in(words)))

    def _put(self, place: SummaryPlace, values: Values) -> bool:
        values["evidence"] = self.evidence(place, str(values["words"]))
        if self._act.rows.has(_TABLE, place.uuid):
            return self._act.update(_TABLE, place.uuid, values)
        self._act.insert(_TABLE, {**self._ends(place), "value": place.value, **values}, place.uuid)
        return True

    def _ends(self, place: SummaryPlace) -> Values:
        if place.attribute == LANGUAGE_KEY and not self._act.rows.has("attributes", LANGUAGE_KEY):
            ensure_attribute(self._act, Names(self._act.db).attributes, LANGUAGE, [place.value])
        return {name: getattr(place, name) or None for name in ("code", "case", "source", "attribute")}

    def _refuse(self, place: SummaryPlace) -> None:
        """Raise UserError when a cell is none, is not there, or its summary is one that was withheld from this copy."""
        if place == SummaryPlace() or sum(map(bool, (place.case, place.source, place.attribute))) > 1:
            raise UserError("A summary stands in one row and one column, or is the synthesis of one of them: choose a cell.")
        ends = (("codes", place.code), ("cases", place.case), ("sources", place.source), ("attributes", place.attribute))
        for table, key in ends:
            if key and key != LANGUAGE_KEY and not self._act.rows.has(table, key):
                raise UserError(f"The {table.removesuffix('s')} of this cell is not in the project any more: choose another cell.")
        if self._withheld is None:
            self._withheld = withheld_summaries(self._act.db)
        if place.uuid in self._withheld:
            raise UserError(
                "This cell has a summary that rests on sources withheld from this copy, so it is not here: write it in the whole project."
            )

    def _looked(self) -> CellEvidence:
        if self._evidence is None:
            self._evidence = CellEvidence(self._act.db)
        return self._evidence

    def _resolver(self, place: SummaryPlace) -> Callable[[str], str]:
        """From what stands in a chip to the UUID of the coding: those that are there, and those the words of the cell named before."""
        db = self._act.db
        before = {key for one in read_summaries(db, [place]) for key in cited_in(one.words)}
        known = {short_letters(key): key for key in before} | {name: key for key, name in short_ids(db, before).items()}

        def resolve(name: str) -> str:
            if name in before or next(read_codings(db, {name}), None):
                return name
            found = codings_by_id(db, {name}).get(name) or known.get(name)
            if found is None:
                near = nearest(name, dict.fromkeys(self._ids_in(place)))
                raise UserError(f"There is no quote '{chip(name[:60])}'{near}.")
            return found

        return resolve

    def _ids_in(self, place: SummaryPlace) -> list[str]:
        """The short IDs of the codings in a cell."""
        keys = sorted(self._looked().of(place))[:_KNOWN_IDS]
        return sorted(short_ids(self._act.db, keys).values())


def place_of(values: Values) -> SummaryPlace:
    """Where a summary stands that has these values."""
    return SummaryPlace(*(str(values[name] or "") for name in ("code", "case", "source", "attribute", "value")))


def refuse_signs(text: str) -> None:
    """Raise UserError for what no text may hold: NUL, and halves of surrogate pairs."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UserError("The text holds characters that are none and was not kept: copy it again from a text program.")
