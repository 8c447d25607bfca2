"""A review as values: what is to be decided, in its order, and what somebody chose so far. It knows neither Qt nor the project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qcode.merge.content import Reason
from qcode.model.merging import Conflict, Decision, Question, Said
from qcode.operations.conflicts import takes_text
from qcode.operations.settling import Answer
from qcode.views.conflicts import ONE
from ui.screens.team.carrying import Carried, Carrying, Fate, Place, brought_over, place_of

_ONE_LINE = frozenset(("name", "title", "value", "criterion", "question", "unit"))
_GROUP_OF = {
    "codes": "codes",
    "codings": "codings",
    "cases": "cases",
    "case_values": "cases",
    "attributes": "cases",
    "sources": "sources",
    "source_values": "sources",
    "assignments": "sources",
    "readings": "sources",
    "decisions": "agreed",
    "summaries": "summaries",
}
#: The groups of the list, in their order.
GROUPS = ("codes", "codings", "cases", "sources", "summaries", "agreed", "others", "questions")
_UNDECIDABLE = frozenset((Reason.WAITING.value, Reason.MISSING.value))


class Rule(StrEnum):
    """How many conflicts are decided at once."""

    MINE = "mine"
    THEIRS = "theirs"
    NEWEST = "newest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list: all conflicts of one row, or one question."""

    key: str
    group: str
    conflicts: tuple[Conflict, ...] = ()
    question: Question | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The conflicts' IDs, or the question's."""
        return (self.question.id,) if self.question else tuple(conflict.id for conflict in self.conflicts)


def is_decidable(conflict: Conflict) -> bool:
    """Whether there is anything to choose."""
    return conflict.kind not in _UNDECIDABLE and bool(conflict.values)


def takes_words(conflict: Conflict) -> bool:
    """Whether words of one's own can be written."""
    is_text = all(isinstance(said.value, str) for said in conflict.values)
    return takes_text(conflict.table, conflict.field) and is_decidable(conflict) and is_text


def has_both(conflict: Conflict) -> bool:
    """Whether the values can stand together."""
    return conflict.kind == Reason.CONFLICT and conflict.field != "value" and takes_words(conflict) and len(conflict.values) > 1


def joined(conflict: Conflict, order: Sequence[int]) -> str:
    """All values together, each once, in an order of their numbers."""
    words = dict.fromkeys(conflict.values[number].written or str(conflict.values[number].value) for number in order)
    return (" / " if conflict.field in _ONE_LINE else "\n\n").join(words)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things there are, and how many nothing was chosen for; `again` have a choice that needs another look."""

    conflicts: int
    open_conflicts: int
    questions: int
    open_questions: int
    again: int

    @property
    def all(self) -> int:
        """Conflicts and questions."""
        return self.conflicts + self.questions

    @property
    def open(self) -> int:
        """Those of both that nothing was chosen for."""
        return self.open_conflicts + self.open_questions


@dataclass
class Review:
    """The items with what was chosen for each. `coder` is who decides: a value of theirs is 'mine'.

    `again` are the conflicts whose values changed after something was chosen: the choice counts, but needs another look. `laid_by` is
    what was decided about places that are in dispute no more, in case they are again.
    """

    coder: str
    items: list[Item] = field(default_factory=list)
    decisions: dict[str, Decision] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    both: set[str] = field(default_factory=set)
    again: set[str] = field(default_factory=set)
    laid_by: dict[Place, tuple[Conflict, Decision]] = field(default_factory=dict)

    def show_plan(self, conflicts: Sequence[Conflict], questions: Sequence[Question]) -> Carrying:
        """Take in the list of a plan, made anew perhaps, bring over what was chosen, and give what has to be said of that."""
        before = {place_of(one): (one, self.decisions[one.id]) for one in self._conflicts if one.id in self.decisions}
        looked_at = {place_of(one) for one in self._conflicts if one.id not in self.again}
        now = {place_of(one): one for one in conflicts}
        asked = {one.id for one in questions}
        unasked = tuple(item.question for item in self.items if item.question and item.question.id in self.answers.keys() - asked)
        self.answers = {name: answer for name, answer in self.answers.items() if name in asked}
        self.decisions, self.both, self.again = {}, set(), set()
        self._list(conflicts, questions)
        said = [self._bring_over(place, *decided, now.get(place), place in looked_at) for place, decided in before.items()]
        said += [
            self._bring_over(place, *self.laid_by.pop(place), now[place], True)
            for place in [place for place in self.laid_by if place in now and place not in before]
        ]
        return Carrying(tuple(one for one in said if one), unasked)

    def show_open(self, conflicts: Sequence[Conflict], questions: Sequence[Question]) -> None:
        """Take in the list of what is open in the project. What was decided and is not listed any more stays, marked; what is listed was
        taken back meanwhile."""
        listed = {one.id for one in conflicts} | {one.id for one in questions}
        for name in listed:
            self._forget(name)
        before = [one for one in self._conflicts if one.id not in listed and one.id in self.decisions]
        asked = [item.question for item in self.items if item.question and item.question.id in self.answers.keys() - listed]
        self._list((*conflicts, *before), (*questions, *asked))

    @property
    def _conflicts(self) -> list[Conflict]:
        return [one for item in self.items for one in item.conflicts]

    def _bring_over(self, place: Place, before: Conflict, decision: Decision, now: Conflict | None, is_looked_at: bool) -> Carried | None:
        kept, carried = brought_over(before, decision, now, now is not None and takes_words(now))
        if kept is not None:
            self.note(kept)
            if carried is not None or not is_looked_at:
                self.again.add(kept.conflict)
        elif carried is not None and carried.fate is Fate.SETTLED:
            self.laid_by[place] = (before, decision)
        return carried

    def _list(self, conflicts: Sequence[Conflict], questions: Sequence[Question]) -> None:
        rows: dict[tuple[str, str], list[Conflict]] = {}
        for conflict in conflicts:
            rows.setdefault((conflict.table, conflict.row), []).append(conflict)
        items = [Item(f"{table} {row}", _GROUP_OF.get(table, "others"), tuple(found)) for (table, row), found in rows.items()]
        items += [Item(question.id, "questions", question=question) for question in questions]
        places = {item.key: at for at, item in enumerate(self.items)}
        # What was listed before stays where it is: the list does not jump under the hand.
        self.items = sorted(items, key=lambda item: (GROUPS.index(item.group), places.get(item.key, len(places))))

    def item(self, key: str) -> Item | None:
        """The item of a key."""
        return next((item for item in self.items if item.key == key), None)

    def item_of(self, name: str) -> Item | None:
        """The item that a conflict or question stands in."""
        return next((item for item in self.items if name in item.ids), None)

    def conflict(self, name: str) -> Conflict | None:
        """The conflict of an ID."""
        return next((one for item in self.items for one in item.conflicts if one.id == name), None)

    def at(self, place: Place) -> Conflict | None:
        """The conflict about a place."""
        return next((one for one in self._conflicts if place_of(one) == place), None)

    def is_decided(self, name: str) -> bool:
        """Whether something was chosen for a conflict or question."""
        return name in self.decisions or name in self.answers

    def needs_someone(self, name: str) -> bool:
        """Whether nothing was chosen for a conflict or question, or what was chosen needs another look."""
        return name in self.again or not self.is_decided(name)

    @property
    def tally(self) -> Tally:
        """The numbers of what is listed."""
        asked = [item.question.id for item in self.items if item.question]
        names = [one.id for one in self._conflicts]
        left = [sum(not self.is_decided(name) for name in some) for some in (names, asked)]
        return Tally(len(names), left[0], len(asked), left[1], len(self.again))

    @property
    def held(self) -> int:
        """How many decisions, answers and words written would be gone with this review."""
        return len(self.decisions) + len(self.answers) + sum(decision.text is not None for _, decision in self.laid_by.values())

    @property
    def written(self) -> list[Carried]:
        """All words of one's own, as they are where they have no place any more."""
        found = [(one, self.decisions[one.id]) for one in self._conflicts if one.id in self.decisions]
        return [Carried(Fate.SETTLED, *one) for one in (*found, *self.laid_by.values()) if one[1].text is not None]

    @property
    def names(self) -> list[str]:
        """The IDs of everything, in the order of the list."""
        return [name for item in self.items for name in item.ids]

    @property
    def open(self) -> list[str]:
        """The IDs of what nothing was chosen for."""
        return [name for name in self.names if not self.is_decided(name)]

    def next_open(self, name: str, step: int) -> str:
        """The next one after (or with -1 before) a conflict or question that needs somebody, going round; '' when none does."""
        names = self.names
        here = names.index(name) if name in names else (-1 if step > 0 else 0)
        round_ = [names[(here + step * away) % len(names)] for away in range(1, len(names) + 1)] if names else []
        return next((one for one in round_ if self.needs_someone(one)), "")

    def order(self, conflict: Conflict) -> list[int]:
        """The numbers of the values as they are drawn: one's own first."""
        return sorted(range(len(conflict.values)), key=lambda number: (not self.is_mine(conflict.values[number]), number))

    def is_mine(self, said: Said) -> bool:
        """Whether who decides said it."""
        return said.coder == self.coder

    def chosen(self, conflict: Conflict) -> int | None:
        """The number of the value that is taken: the one chosen, the one that counts meanwhile; None for words of one's own."""
        decision = self.decisions.get(conflict.id)
        if decision is None:
            return 0
        return decision.take

    def result(self, conflict: Conflict) -> str:
        """What the field will say, in words."""
        decision = self.decisions.get(conflict.id)
        if decision is not None and decision.text is not None:
            return decision.text
        taken = self.chosen(conflict) or 0
        return conflict.values[taken].words if conflict.values else ""

    def wording(self, conflict: Conflict) -> str:
        """What somebody would go on writing from."""
        decision, taken = self.decisions.get(conflict.id), self.chosen(conflict)
        said = conflict.values[taken] if taken is not None and conflict.values else None
        return (said.written or said.words) if said else (decision.text or "") if decision else ""

    def taking(self, name: str, place: int) -> Decision | None:
        """The decision for the value drawn at a place (from 0); None where there is none."""
        conflict = self.conflict(name)
        if conflict is None or not is_decidable(conflict) or not 0 <= place < len(conflict.values):
            return None
        return Decision(name, self.order(conflict)[place])

    def taking_both(self, name: str) -> Decision | None:
        """The decision for all values together; None where they cannot stand together."""
        conflict = self.conflict(name)
        return Decision(name, None, joined(conflict, self.order(conflict))) if conflict is not None and has_both(conflict) else None

    def note(self, decision: Decision) -> None:
        """Note a decision."""
        self.decisions[decision.conflict] = decision
        self.both.discard(decision.conflict)
        self.again.discard(decision.conflict)
        if decision.text is not None and decision == self.taking_both(decision.conflict):
            self.both.add(decision.conflict)

    def answer(self, answer: Answer) -> None:
        """Note an answer."""
        self.answers[answer.question] = answer

    def reopen(self, name: str) -> None:
        """Choose nothing after all."""
        self._forget(name)

    def by_rule(self, rule: Rule, group: str = "") -> list[Decision]:
        """What a rule would choose for everything open (of one group); a conflict without a value of that kind stays open."""
        found = []
        for item in self.items:
            if group in ("", item.group):
                for conflict in item.conflicts:
                    number = None if self.is_decided(conflict.id) or not is_decidable(conflict) else self._ruled(conflict, rule)
                    if number is not None:
                        found.append(Decision(conflict.id, number))
        return found

    def of(self, names: Iterable[str]) -> tuple[list[Decision], list[Answer]]:
        """What was chosen for some conflicts and questions."""
        known = set(names)
        decisions = [one for name, one in self.decisions.items() if name in known]
        return decisions, [one for name, one in self.answers.items() if name in known]

    def _ruled(self, conflict: Conflict, rule: Rule) -> int | None:
        # That two rows are one is said of each pair, never by rule.
        numbers = [number for number, said in enumerate(conflict.values) if said.value != ONE]
        if rule is Rule.NEWEST:
            # What one removed and another uses is no matter of time.
            if conflict.kind != Reason.CONFLICT:
                return None
            return max(numbers, key=lambda number: (conflict.values[number].at, -number))
        wanted = [number for number in numbers if self.is_mine(conflict.values[number]) is (rule is Rule.MINE)]
        return wanted[0] if wanted else None

    def _forget(self, name: str) -> None:
        self.decisions.pop(name, None)
        self.answers.pop(name, None)
        self.both.discard(name)
        self.again.discard(name)
