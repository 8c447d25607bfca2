"""What the team screen says in the strips below its toolbar."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication

from qcode.exchange.exporters.wording import counted
from qcode.model.merging import Contribution, Decision
from qcode.operations.settling import Settled
from ui.screen import Screen
from ui.screens.team.carried_words import begun, carrying_words, place_words, words_without_place
from ui.screens.team.carrying import Carried, Carrying, Fate
from ui.screens.team.merging import Merged, Occasion
from ui.screens.team.review import Review
from ui.screens.team.wording import tr
from ui.widgets.strips import Message, Strips

_MERGE, _WORDS = "merge", "words"


class Telling:
    """Says it in the window's strips; in the status bar where there are none."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def say(self, kind: str, words: str, lead: str = "", button: str = "", act: Callable[[], None] | None = None) -> None:
        """Say something in place of what was said of a merge before."""
        icon = "triangle-alert" if kind == "warn" else ""
        self._show(Message(kind, lead, words, button, act, _MERGE, icon, stays=True))

    def say_carried(
        self, carrying: Carrying, review: Review, contributions: Sequence[Contribution], occasion: Occasion, go_to: Callable[[str], None]
    ) -> None:
        """Say what a plan made anew did to what was decided, with a button to what has to be looked at first."""
        said = carrying_words(carrying, contributions, review.coder)
        lead = ""
        if occasion is Occasion.STOPPED:
            lead = tr("Not merged yet")
            said = " ".join((tr("The files or the project changed after the plan was made."), said or _holds(review)))
        first = carrying.of(Fate.GONE, Fate.WORDS, Fate.CHOICE)[:1]
        if said and first:
            self.say("warn", said, lead, tr("Go to it"), lambda: go_to(first[0].conflict.id))
        elif said:
            self.say("warn", said, lead)
        self.offer_words([one for one in carrying.of(Fate.SETTLED) if one.decision.text is not None])

    def offer_words(self, written: Sequence[Carried], *, is_settled: bool = True) -> None:
        """Have words that were written, and stand nowhere now, copied."""
        if written:
            said, words = words_without_place(written, is_settled=is_settled)
            copy = Message("warn", "", said, tr("Copy your words"), lambda: _copy(words), _WORDS, "triangle-alert", stays=True)
            self._show(copy)

    def say_refused(self, settled: Settled, review: Review) -> None:
        """Say which decisions could not be carried out and why; words that were written for them can be copied."""
        written, said = [], []
        for one, why in settled.refused:
            conflict = review.conflict(one.conflict) if isinstance(one, Decision) else None
            said.append(f"{begun(place_words(conflict))}: {why}" if conflict else why)
            if isinstance(one, Decision) and conflict and one.text is not None:
                written.append(Carried(Fate.SETTLED, conflict, one))
        if said:
            words = words_without_place(written, is_settled=False)[1]
            button, act = (tr("Copy your words"), lambda: _copy(words)) if written else ("", None)
            self._show(Message("warn", tr("Still open"), " ".join(said), button, act, _WORDS, "triangle-alert", stays=True))

    def drop(self) -> None:
        """Say nothing of a merge any more."""
        strips = getattr(self._screen.window(), "strips", None)
        if isinstance(strips, Strips):
            strips.drop(_MERGE)

    def _show(self, message: Message) -> None:
        strips = getattr(self._screen.window(), "strips", None)
        if isinstance(strips, Strips):
            strips.show_message(message)
        else:
            self._screen.said.emit(message.text)


def merged_words(files: str, merged: Merged) -> str:
    """'3 files merged. 2 decisions carried out: …'; where some were not needed, that too."""
    words = [tr("{0} merged.").format(files)]
    if merged.settled.count:
        done = tr("{0} carried out: Undo takes them back first, then the merge.")
        words.append(done.format(counted(merged.settled.count, tr("decision"))))
    left = merged.decided - merged.settled.count - len(merged.settled.refused)
    if left and merged.failure is None:
        words.append(tr("{0} had nothing left to decide: another decision settled it.").format(counted(left, tr("decision"))))
    return " ".join(words)


def _holds(review: Review) -> str:
    if review.tally.again:
        return tr("To look at again: {0}.").format(counted(review.tally.again, tr("decision")))
    return tr("All you decided still holds: merge again.") if review.held else tr("Look at it, and merge again.")


def _copy(words: str) -> None:
    QGuiApplication.clipboard().setText(words)
