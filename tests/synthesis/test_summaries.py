from __future__ import annotations

import pytest

from qcode.synthesis.evidence import Seen
from qcode.synthesis.summaries import Stale, Why, staleness

HERE = Seen("pay", "note", "text 1", 0, 4, ("Osh",))
TEXTS = {"text 1": "late late", "text 2": "late pay", "text 3": "soon soon"}


def words_of(seen: Seen) -> str:
    return TEXTS[seen.text][seen.start : seen.end]


def said(now: dict[str, Seen], cited: tuple[str, ...] = ("K",), seen: dict[str, Seen] | None = None) -> list[tuple[Why, str, bool]]:
    found = staleness({"K": HERE} if seen is None else seen, now, cited, words_of)
    return [(one.why, one.coding, one.cited) for one in found]


def test_what_is_as_it_was_is_fresh() -> None:
    assert said({"K": HERE}) == []


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (None, [Why.REMOVED]),
        (HERE._replace(code="staff"), [Why.RECODED]),
        (HERE._replace(code="staff", cases=None), [Why.RECODED]),
        (HERE._replace(cases=None), [Why.MOVED]),
        (HERE._replace(cases=("Batken", "Osh")), [Why.MOVED]),
        (HERE._replace(start=1), [Why.EDITED]),
        # The same words at another place of the same text are another passage.
        (HERE._replace(start=5, end=9), [Why.EDITED]),
        (HERE._replace(text="text 2"), [Why.REREAD]),
        (HERE._replace(text="text 3"), [Why.EDITED]),
        (HERE._replace(text="text 2", cases=()), [Why.MOVED, Why.REREAD]),
        (HERE._replace(code="staff", end=3), [Why.EDITED, Why.RECODED]),
    ],
)
def test_what_happened_is_told(now: Seen | None, why: list[Why]) -> None:
    found = said({} if now is None else {"K": now})
    assert sorted(one for one, _, _ in found) == sorted(why)
    assert {(key, cited) for _, key, cited in found} == {("K", True)}


def test_what_the_summary_does_not_name_counts_too_and_comes_after() -> None:
    now = {"K": HERE._replace(code="staff"), "N": HERE}
    seen = {"A": HERE, "K": HERE}
    assert said(now, seen=seen) == [(Why.RECODED, "K", True), (Why.REMOVED, "A", False), (Why.NEW, "N", False)]


def test_an_empty_cell_is_stale_when_a_quote_comes() -> None:
    assert said({"N": HERE}, cited=(), seen={}) == [(Why.NEW, "N", False)]


def test_what_was_cited_from_elsewhere_is_not_missed_here() -> None:
    elsewhere = HERE._replace(code="staff", cases=None)
    assert said({"K": elsewhere}, seen={"K": elsewhere}) == []
    assert said({"K": HERE}, seen={"K": elsewhere}) == [(Why.RECODED, "K", True)]


def test_what_it_rests_on_may_not_be_readable() -> None:
    assert staleness(None, {"K": HERE}, ("K",), words_of) == (Stale(Why.UNKNOWN, "", False, None),)
