"""What can be done on the team screen, as data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.actions import Action
from ui.screens.team.review_page import PANE
from ui.screens.team.wording import tr

if TYPE_CHECKING:
    from ui.screens.team.screen import TeamScreen


def team_actions(screen: TeamScreen) -> tuple[Action, ...]:
    """The actions in the order of the menu."""
    page, menu = screen.page, tr("Team")

    def no_review() -> str:
        return "" if screen.is_reviewing else tr("Nothing is being reviewed: merge files, or decide what is open.")

    def no_plan() -> str:
        return "" if screen.plan is not None else tr("Choose files to merge first.")

    def no_merge() -> str:
        return "" if screen.overview.number and not screen.is_reviewing else tr("Choose a merge in the list first.")

    def no_work() -> str:
        merge = screen.overview.merge
        if no_merge() or merge is None:
            return no_merge()
        if merge.taken_back:
            return tr("This merge is taken back: there is nothing of it to take out.")
        return "" if merge.plan.contributions else tr("Nobody's work came in with this merge.")

    def no_sample() -> str:
        return tr("Go back to the team first.") if screen.is_reviewing else screen.overview.rounds.why_not_reveal()

    def make(name: str, title: str, run: Callable[[], None], keys: tuple[str, ...] = (), why: Callable[[], str] = lambda: "") -> Action:
        return Action(f"team.{name}", title, run, keys, menu=menu, why_not=why)

    def choice(number: int, title: str) -> Action:
        return Action(f"team.take{number}", title, lambda: page.choose(number), (str(number),), menu=menu, pane=PANE, why_not=no_review)

    return (
        make("merge", tr("Merge files…"), screen.choose_files, ("Ctrl+M",), screen.why_not_write),
        make("out", tr("Hand out a copy…"), screen.handing.ask, (), screen.why_not_write),
        make("in", tr("Hand in your work…"), screen.handing.hand_in),
        make("sample", tr("Draw a sample…"), screen.sampling.ask, (), screen.why_not_write),
        make("reveal", tr("Reveal a sample…"), screen.overview.rounds.reveal_current, (), lambda: no_sample() or screen.why_not_write()),
        make("do", tr("Do the merge"), screen.merge, ("Ctrl+Shift+M",), lambda: no_plan() or screen.why_not_merge()),
        make("save", tr("Save the plan or the report…"), screen.save_report, (), lambda: "" if screen.plan is not None else no_merge()),
        make("leave", tr("Leave the review"), screen.leave, ("Esc",), no_review),
        make("open", tr("Decide what is open"), screen.review_open, ("Ctrl+D",), screen.why_not_review),
        make("back", tr("Take this merge back…"), screen.ask_to_take_back, (), lambda: no_merge() or screen.why_not_write()),
        make("takeOut", tr("Take out what one person did…"), screen.ask_to_take_out, (), lambda: no_work() or screen.why_not_write()),
        make("next", tr("Next open one"), lambda: page.step(1), ("F8",), no_review),
        make("before", tr("Open one before"), lambda: page.step(-1), ("Shift+F8",), no_review),
        choice(1, tr("First choice: mine")),
        choice(2, tr("Second choice: theirs")),
        choice(3, tr("Third choice: both")),
        choice(4, tr("Fourth choice: write")),
        Action("team.undecided", tr("Undecided again"), page.reopen, ("0",), menu=menu, pane=PANE, why_not=no_review),
        make("write", tr("Write the result"), page.write, (), no_review),
    )
