"""How long work tells how far it is, and learns that it should stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from typing import TypeVar, overload

from qcode.errors import Cancelled

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Report = Callable[[str, int, int], None]
_EVERY = 100


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


class Watched(Sequence[T_co]):
    """Items of which it is told how many were asked for by their place, so that whoever writes them one by one need not know of progress.

    To ask for one raises Cancelled when the work has been asked to stop. To go through all of them tells nothing.
    """

    def __init__(self, items: Sequence[T_co], progress: Progress, what: str) -> None:
        self._items, self._progress, self._what = items, progress, what
        self._asked = 0

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._items)

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | Sequence[T_co]:
        if self._asked % _EVERY == 0:
            # What stands in two cells is asked for twice.
            self._progress.step(self._what, min(self._asked, len(self)), len(self))
        self._asked += 1
        return self._items[index]
