"""What is done to the summary of a cell; each act answers with a refusal in words, '' when it was done."""

from __future__ import annotations

from collections.abc import Callable

from qcode.errors import UserError
from qcode.model.summary import SummaryPlace
from qcode.operations.summaries import clear_summaries, give_empty_reason, review_summaries, write_summary
from qcode.project import Project


class SummaryActs:
    """Writes in one project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @property
    def may_write(self) -> bool:
        """Whether the project is open for writing."""
        return not self._project.read_only

    def write(self, place: SummaryPlace, words: str) -> str:
        """Write words as a draft; without any the summary is taken away, where there is one."""
        if words.strip():
            return _refusal(lambda: write_summary(self._project, place, words))
        return _refusal(lambda: clear_summaries(self._project, [place]))

    def explain(self, place: SummaryPlace, reason: str) -> str:
        """Say why a cell has nothing."""
        return _refusal(lambda: give_empty_reason(self._project, place, reason))

    def review(self, place: SummaryPlace) -> str:
        """Say that the summary holds for what stands in the cell now."""
        return _refusal(lambda: review_summaries(self._project, [place]))


def _refusal(act: Callable[[], object]) -> str:
    try:
        act()
    except UserError as error:
        return str(error)
    return ""
