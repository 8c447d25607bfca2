"""The decisions of a whole review at once, and taking a merge back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcode.errors import DecisionRefused, UserError
from qcode.model.merging import Decision
from qcode.operations.conflicts import answer_question, resolve
from qcode.progress import Progress
from qcode.project import Project
from qcode.store.journal import Act
from qcode.views.conflicts import open_conflicts
from qcode.views.merges import acts_since
from qcode.views.questions import open_questions


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to a question: 'same', 'different' or 'below', and the code (a UUID) that stays or stands above."""

    question: str
    answer: str
    keep: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a review: how many decisions and answers were carried out, and those that cannot be, each with why."""

    count: int = 0
    refused: tuple[tuple[Decision | Answer, str], ...] = ()


def settle_review(project: Project, decisions: Sequence[Decision], answers: Sequence[Answer] = ()) -> Settled:
    """Carry out decisions and answers as one act; what was settled meanwhile is passed over, and what cannot be is left open."""
    refused: list[tuple[Decision | Answer, str]] = []

    def work(act: Act) -> int:
        left = {id(one) for one, _ in refused}
        still = {conflict.id for conflict in open_conflicts(project)}
        wanted = [decision for decision in decisions if decision.conflict in still and id(decision) not in left]
        if wanted:
            resolve(project, wanted)
        count = len(wanted) + sum(_answer(project, answer) for answer in answers if id(answer) not in left)
        act.call("Settle 1 conflict" if count == 1 else f"Settle {count} conflicts")
        return count

    while len(refused) < len(decisions) + len(answers):
        try:
            return Settled(project.transact("settle conflicts", "Settle conflicts", work), tuple(refused))
        except DecisionRefused as error:
            refused.append((error.decision, str(error)))  # type: ignore[arg-type]
    return Settled(0, tuple(refused))


def take_back_merge(project: Project, merge: int, progress: Progress | None = None) -> int:
    """Undo everything done in this copy since a merge, and the merge itself; how many acts that were. Redo brings them back.

    Raises UserError when it is taken back already.
    """
    since = acts_since(project, merge)
    if since is None:
        raise UserError("This merge is taken back already.")
    for _ in range(len(since) + 1):
        project.undo(progress)
    return len(since) + 1


def _answer(project: Project, answer: Answer) -> bool:
    """Give one answer, unless an answer before it settled the question."""
    if all(one.id != answer.question for one in open_questions(project)):
        return False
    try:
        answer_question(project, answer.question, answer.answer, answer.keep)
    except UserError as error:
        raise DecisionRefused(answer, str(error)) from None
    return True
