"""The two kinds of failure: one a user can act on, one that is ours to mend."""

from __future__ import annotations


class UserError(Exception):
    """A request that cannot be met.

    The message is one sentence in plain English, for the person at the screen: what happened, where, and what to do.
    Nothing has been written when it is raised.
    """


class NotSaved(UserError):
    """An act that was right could not be written (the disk is full, or cannot be written to): done again later, it may be."""


class BegunApart(UserError):
    """A file to merge shares no history with the project, so it must be said first what is the same in both. `name` is the file's."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has no history in common with this project: it was begun apart, so say first what is the same in both.")
        self.name = name


class PlanOutdated(UserError):
    """What a merge would do is not what its plan said: the files, or the project, are other ones by now."""

    def __init__(self) -> None:
        super().__init__("The files or the project changed after the plan was made, so nothing was merged: look at the plan again.")


class DecisionRefused(UserError):
    """One of several decisions cannot be carried out; `decision` is which."""

    def __init__(self, decision: object, why: str) -> None:
        super().__init__(why)
        self.decision = decision


class Cancelled(Exception):
    """The person stopped a long act; its transaction has been rolled back."""


class BugError(Exception):
    """Something that must not happen did: for the report, never for the user to solve."""
