"""What the line below a review says."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.exchange.exporters.wording import counted, ended
from qcode.model.merging import MergePlan
from ui.screens.team.review import Review
from ui.screens.team.wording import tr

_MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class FooterWords:
    """A sentence in bold, one beside it, one below them, and a note at the right."""

    lead: str
    beside: str
    below: str
    note: str = ""
    is_sound: bool = True


def plan_footer(plan: MergePlan, review: Review) -> FooterWords:
    """What goes in, that all of it is there, and how it is taken back."""
    if plan.lost:
        names = ", ".join(plan.lost[:_MOST_NAMES])
        missing = tr("Neither in the result nor in the list: {0}.").format(names)
        return FooterWords(
            tr("The counts do not add up."), missing, tr("Nothing was written. Save the plan as a report and send it in."), is_sound=False
        )
    there = ", ".join((counted(plan.codings, tr("coding")), counted(plan.memos, tr("memo"))))
    all_ = tr("All {0} and {1} are in the result or in this list.").format(there, counted(plan.definitions, tr("definition")))
    return FooterWords(tr("Nothing is lost."), all_, " ".join(_below(plan, review)), _open_words(review))


def open_footer(review: Review) -> FooterWords:
    """What holds until everything is decided."""
    return FooterWords(
        tr("{0} open.").format(review.tally.open),
        tr("Until you decide, the last one written counts and nothing is removed."),
        tr("Each decision is an act: it travels to the others with the next merge, and Undo takes it back."),
    )


def chip_words(count: int, open_: int, noun: str, again: int = 0) -> str:
    """'7 conflicts, 5 open', '7 conflicts, 5 open, 1 to look at again'; '' for none."""
    words = tr("{0}, {1} open").format(counted(count, noun), open_) if count else ""
    return tr("{0}, {1} to look at again").format(words, again) if again else words


def _below(plan: MergePlan, review: Review) -> list[str]:
    parts = []
    if plan.removed:
        stays = tr("{0} stays in the history.") if plan.removed == 1 else tr("{0} stay in the history.")
        parts.append(stays.format(counted(plan.removed, tr("removed coding"))))
    parts.append(tr("A backup is made first."))
    if review.decisions or review.answers:
        parts.append(tr("Two steps: Undo takes back your decisions, then the merge."))
    else:
        parts.append(tr("The merge is one step: one Undo takes it back."))
    if plan.withdrawn:
        parts.append(ended(tr("For good, consent withdrawn: {0}").format(", ".join(plan.withdrawn))))
    return parts


def _open_words(review: Review) -> str:
    tally = review.tally
    words = [tr("{0} open: the rule decides, the list stays").format(tally.open)] if tally.open else []
    if tally.again:
        words.append(tr("{0} to look at again").format(tally.again))
    return ". ".join(words) or tr("Everything is decided")
