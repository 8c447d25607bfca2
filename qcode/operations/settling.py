"""The decisions of a whole review at once, and taking a merge back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcode.errors import UserError
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


def settle_review(project: Project, decisions: Sequence[Decision], answers: Sequence[Answer] = ()) -> int:
    """Carry out decisions and answers as one act and give how many still were open; what was settled meanwhile is passed over."""

    def work(_: Act) -> int:
        still = {conflict.id for conflict in open_conflicts(project)}
        wanted = [decision for decision in decisions if decision.conflict in still]
        if wanted:
            resolve(project, wanted)
        return len(wanted) + sum(_answer(project, answer) for answer in answers)

    many = len(decisions) + len(answers)
    if not many:
        return 0
    return project.transact("settle conflicts", "Settle 1 conflict" if many == 1 else f"Settle {many} conflicts", work)


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
    answer_question(project, answer.question, answer.answer, answer.keep)
    return True
