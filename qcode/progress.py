"""How long work tells how far it is, and learns that it should stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TypeVar

from qcode.errors import Cancelled

T = TypeVar("T")
Report = Callable[[str, int, int], None]


class Progress:
    """Given to long work by whoever waits for it. Safe to use from several threads."""

    def __init__(self, report: Report | None = None) -> None:
        self._report = report
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next step, and its transaction is rolled back."""
        self._stop.set()

    def step(self, what: str, done: int, total: int) -> None:
        """Say that `done` of `total` are finished. Raises Cancelled when the work has been asked to stop."""
        if self._stop.is_set():
            raise Cancelled(what)
        if self._report:
            self._report(what, done, total)

    def over(self, what: str, items: Iterable[T], every: int = 1) -> Iterator[T]:
        """The items one by one, with a step before each `every`-th."""
        total = len(items) if isinstance(items, Sized) else 0
        for number, item in enumerate(items):
            if number % every == 0:
                self.step(what, number, total)
            yield item
        self.step(what, total, total)
