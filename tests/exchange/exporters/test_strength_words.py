from __future__ import annotations

from dataclasses import replace

import pytest

from qcode.exchange.exporters.wording import beneath, facts_of, legend_of, shown, strength_words
from qcode.model.matrix import Cell, Measure
from qcode.model.strength import PRESET, Evidence, Level, Rule
from qcode.synthesis.strength import judge
from qcode.views.matrix_screen import shown_value
from tests.exchange.exporters.reports import NOTHING, UNREAD, found, small_report

STRONG = Evidence(9, 5, 4, 2, 3, 0)
ASKS = "3 sources, 2 kinds, 2 stakeholder groups and nothing against"


def cell(evidence: Evidence, rule: Rule = PRESET) -> Cell:
    return replace(found(evidence.quotes, evidence.sources, 7, 6), strength=judge(rule, evidence))


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (STRONG, f"strong: 5 sources of 2 kinds and 3 stakeholder groups, nothing against; the rule asks for {ASKS}"),
        (
            Evidence(9, 5, 4, 1, 3, 0),
            f"moderate: 5 sources of 1 kind and 3 stakeholder groups, nothing against; strong asks for {ASKS}",
        ),
        (
            Evidence(9, 1, 4, 1, 1, 0),
            "weak: 1 source of 1 kind and 1 stakeholder group, nothing against; moderate asks for 2 sources and nothing against",
        ),
        (
            Evidence(9, 5, 4, 2, 3, 2),
            f"contested: 5 sources of 2 kinds and 3 stakeholder groups, 2 quotes against; strong asks for {ASKS}",
        ),
        (
            Evidence(9, 5, 4, None, 3, 0),
            "moderate: 5 sources of 3 stakeholder groups, nothing against; "
            f"strong asks for {ASKS}, but no attribute says the kind of a source",
        ),
        (
            Evidence(9, 5, 4, None, None, 0),
            "moderate: 5 sources, nothing against; "
            f"strong asks for {ASKS}, but no attribute says the kind of a source or the stakeholder group",
        ),
    ],
)
def test_the_level_comes_with_its_values_and_what_was_asked(evidence: Evidence, words: str) -> None:
    assert strength_words(judge(PRESET, evidence)) == words


def test_a_level_that_lets_quotes_against_stand_does_not_ask_for_none() -> None:
    rule = Rule((Level("firm", sources=2, cases=3, contradicted=True), Level("any", sources=0, contradicted=True)))
    assert strength_words(judge(rule, Evidence(1, 2, 3, 1, 1, 1))).endswith("1 quote against; the rule asks for 2 sources and 3 cases")


def test_a_cell_says_its_level_and_an_empty_one_never_does() -> None:
    strong = cell(STRONG)
    assert (shown(strong, Measure.STRENGTH), shown_value(strong, Measure.STRENGTH)) == ("strong", "strong")
    assert beneath(strong, Measure.STRENGTH) == "5 of 6 sources"
    assert facts_of(strong, Measure.STRENGTH).endswith(f"{ASKS}. 9 quotes from 5 of 6 sources read; 1 source not yet read")
    assert [shown(one, Measure.STRENGTH) for one in (NOTHING, UNREAD)] == ["0", "not yet read"]
    assert [one.value(Measure.STRENGTH) for one in (NOTHING, UNREAD, strong)] == ["0", "?", "strong"]


def test_levels_are_sorted_by_rank_and_not_by_letter() -> None:
    contested, weak = cell(Evidence(1, 1, 1, 1, 1, 1)), cell(Evidence(1, 1, 1, 1, 1, 0))
    sizes = [one.size(Measure.STRENGTH) for one in (UNREAD, contested, weak, cell(STRONG))]
    assert sizes == sorted(set(sizes))


def test_the_legend_explains_every_level() -> None:
    assert legend_of(small_report(Measure.STRENGTH).matrix)[:4] == (
        ("strong", f"at least {ASKS}"),
        ("moderate", "at least 2 sources and nothing against"),
        ("weak", "at least 1 source and nothing against"),
        ("contested", "a quote was marked as contradicting"),
    )
