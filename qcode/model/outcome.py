"""What became of a batch: what went in, what was there already, and what was refused for which reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from qcode.errors import UserError


@dataclass(frozen=True, slots=True)
class Refusal:
    """One item of a batch that was not taken: where it stands (a path, or 'codings.csv, line 7') and why, as one sentence."""

    path: str
    reason: str


class BatchRefused(UserError):
    """Nothing of a batch was taken, because something in it was refused and it was asked for whole."""

    def __init__(self, sentence: str, refused: list[Refusal]) -> None:
        super().__init__(sentence)
        self.refused = refused


@dataclass(slots=True)
class Outcome:
    """What a batch did, by names. `created` are cases that came into being with what was imported; `notes` are sentences about what
    went in but deserves a look."""

    imported: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    skipped: list[Refusal] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, path: str, reason: str) -> None:
        """Note that the item at `path` is not taken."""
        self.refused.append(Refusal(path, reason))

    def insist(self, strict: bool) -> None:
        """Raise BatchRefused, which takes the whole batch back, when `strict` and something was refused."""
        if strict and self.refused:
            first = self.refused[0]
            more = f" and {len(self.refused) - 1} more" if len(self.refused) > 1 else ""
            raise BatchRefused(f"Nothing was imported, because of {first.path}{more}: {first.reason}", self.refused)
