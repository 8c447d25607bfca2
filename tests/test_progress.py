from __future__ import annotations

import pytest

from qcode.errors import Cancelled
from qcode.progress import Progress, Watched


def test_watched_items_tell_how_many_were_asked_for_and_stop() -> None:
    told: list[tuple[str, int, int]] = []
    progress = Progress(lambda what, done, total: told.append((what, done, total)))
    items = Watched(range(250), progress, "Write")
    assert (len(items), list(items)) == (250, list(range(250)))
    assert told == [], "to go through all of them is not to write them"
    for at in [*range(250), *range(60)]:
        assert items[at] == at
    assert told == [("Write", done, 250) for done in (0, 100, 200, 250)]
    progress.cancel()
    with pytest.raises(Cancelled):
        [items[0] for _ in range(100)]
