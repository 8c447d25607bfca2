"""Python's cyclic garbage collector, kept on the window's thread.

Left alone it runs on whichever thread allocates, and a worker that collects a forgotten QObject destroys it under the event loop that is
about to use it: one of some ten thousand background tasks ended the program so.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

_LOOK_EVERY_MS = 200
_WHOLE_EVERY_SECONDS = 30
_keepers = 0
_was_on = True


def keep_collector_here(owner: QObject) -> None:
    """From now on, as long as `owner` lives, garbage is collected between two events of this thread and nowhere else."""
    global _keepers, _was_on
    if not _keepers:
        _was_on = gc.isenabled()
    _keepers += 1
    gc.disable()
    timer = _Collector(owner)
    timer.start(_LOOK_EVERY_MS)
    owner.destroyed.connect(_release)


def _release() -> None:
    global _keepers
    _keepers -= 1
    if not _keepers and _was_on:
        gc.enable()


class _Collector(QTimer):
    """Collects as Python would by its own thresholds; everything, which takes longest, at most twice a minute."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._whole_at = time.monotonic()
        self.timeout.connect(self._collect)

    def _collect(self) -> None:
        counts, limits = gc.get_count(), gc.get_threshold()
        now = time.monotonic()
        if counts[2] > limits[2] and now - self._whole_at > _WHOLE_EVERY_SECONDS:
            self._whole_at = now
            gc.collect()
        elif counts[1] > limits[1]:
            gc.collect(1)
        elif counts[0] > limits[0]:
            gc.collect(0)
