from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qcode.exchange.exporters.wording import (
    attribution,
    base_of,
    belonging,
    beneath,
    cell_sentence,
    counted,
    day_of,
    ended,
    legend_of,
    moment_of,
    noun_of,
    percent,
    place_of,
    provenance_facts,
    provenance_line,
    shown,
)
from qcode.model.matrix import Cell, Column, Measure, Presence, Row
from tests.exchange.exporters.reports import EMPTY, NOTHING, PARTLY, PROVENANCE, UNREAD, found, quote, small_report

ROW = Row("r", "Constraints > Staff turnover", "Constraints > Staff turnover")
COLUMN = Column("k", "Kyrgyzstan", 21, 19)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (found(9, 6, 21, 19), "9 quotes from 6 of 19 sources read; 2 sources not yet read"),
        (found(1, 1, 1, 1), "1 quote from 1 of 1 source"),
        (found(3, 3, 4, 1), "3 quotes from 3 of 4 sources; 3 sources not yet read"),
        (NOTHING, "nothing found in 18 sources, all read"),
        (PARTLY, "nothing so far in 6 of 11 sources; 5 sources not yet read"),
        (UNREAD, "not yet read, 0 of 11 sources"),
        (EMPTY, "no sources"),
    ],
)
def test_a_cell_says_all_in_one_sentence(cell: Cell, words: str) -> None:
    assert cell_sentence(ROW, COLUMN, cell, Measure.CODINGS) == f"Staff turnover, Kyrgyzstan: {words}"


def test_cases_and_coverage_say_what_they_count() -> None:
    cell = found(9, 6, 6, 6, 0.042)
    assert cell_sentence(ROW, COLUMN, cell, Measure.CASES).endswith(": 1 case, 9 quotes from 6 of 6 sources")
    assert cell_sentence(ROW, COLUMN, cell, Measure.COVERAGE).endswith(": 4.2 % of the text, 9 quotes from 6 of 6 sources")


@pytest.mark.parametrize(
    ("cell", "measure", "text", "second"),
    [
        (found(1204, 6, 21, 19), Measure.CODINGS, "1,204", "6 of 19 sources"),
        (found(9, 6, 21, 19), Measure.SOURCES, "6", "9 quotes"),
        (found(9, 6, 21, 19), Measure.PRESENCE, "+", "9 quotes"),
        (found(9, 6, 21, 19, 0.1), Measure.COVERAGE, "10.0 %", "9 quotes"),
        (Cell(9, 6, 0, Presence.FOUND, 9, 9), Measure.CASES, "0 cases", "9 quotes"),
        (NOTHING, Measure.CODINGS, "0", "nothing in 18 read"),
        (NOTHING, Measure.COVERAGE, "0", "nothing in 18 read"),
        (PARTLY, Measure.CODINGS, "0 so far, 5 not read", ""),
        (PARTLY, Measure.PRESENCE, "?", "0 so far, 5 not read"),
        (UNREAD, Measure.CODINGS, "not yet read", "0 of 11 for this code"),
        (UNREAD, Measure.PRESENCE, "?", "not yet read"),
        (EMPTY, Measure.CODINGS, "no sources", ""),
    ],
)
def test_zero_is_never_shown_for_what_nobody_read(cell: Cell, measure: Measure, text: str, second: str) -> None:
    assert (shown(cell, measure), beneath(cell, measure)) == (text, second)


def test_a_base_is_never_smaller_than_what_stands_on_it() -> None:
    assert base_of(found(3, 3, 2, 1)) == "3 of 3 sources"


def test_small_words() -> None:
    assert [counted(1, "quote"), counted(1204, "quote")] == ["1 quote", "1,204 quotes"]
    assert [percent(0), percent(0.0001), percent(0.0421)] == ["0.0 %", "< 0.1 %", "4.2 %"]
    assert [day_of("2022-04-14T08:00:00+06:00"), day_of("unknown")] == ["14 Apr 2022", "unknown"]


def test_the_legend_names_the_marks_that_occur() -> None:
    assert [mark for mark, _ in legend_of(small_report().matrix)] == ["0", "0 so far, n not read", "not yet read", "no sources"]
    assert [mark for mark, _ in legend_of(small_report(Measure.PRESENCE).matrix)] == ["+", "0", "?"]
    matrix = replace(small_report().matrix, cells=((NOTHING,),), row_totals=(NOTHING,), column_totals=(NOTHING,), total=NOTHING)
    assert [mark for mark, _ in legend_of(matrix)] == ["0", "not yet read"]


def test_provenance_says_what_was_left_open() -> None:
    line = provenance_line(replace(PROVENANCE, layer=""))
    assert line == ("Made with qcode 0.2 from central_asia.qcode, last act 14 Jun 2022, layer: any coder, filter: none, content 7f3a 91c2.")
    assert dict(provenance_facts(PROVENANCE))["Content"] == PROVENANCE.content_hash


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-06-14T16:20:00.5+02:00", datetime(2022, 6, 14, 14, 20, tzinfo=UTC)),
        ("2022-06-14", datetime(2022, 6, 14, tzinfo=UTC)),
        ("", datetime(2000, 1, 1, tzinfo=UTC)),
    ],
)
def test_file_properties_carry_the_last_act(text: str, moment: datetime) -> None:
    assert moment_of(replace(PROVENANCE, last_act=text)) == moment


def test_a_quote_names_its_place() -> None:
    assert place_of(quote(0, "x", page="3")) == "KGZ01, Ministry of Labour, page 3"
    assert place_of(quote(0, "x", source="a.txt", source_label="", source_title="a.txt")) == "a.txt"
    assert place_of(quote(0, "x", source_title="\u202ex", page="3")) == "KGZ01, \u202ex\u202c, page 3"
    assert attribution(quote(0, "x", cases=("A > B", "C"))) == "A > B; C"


@pytest.mark.parametrize(
    ("each", "words"),
    [
        ("Country", "5 countries"),
        ("Agency", "5 agencies"),
        ("Survey", "5 surveys"),
        ("Branch", "5 branches"),
        ("UN agency", "5 UN agencies"),
        ("Страна", "5 columns"),
        ("column", "5 columns"),
    ],
)
def test_what_somebody_called_the_columns_stands_in_a_sentence(each: str, words: str) -> None:
    assert counted(5, noun_of(each)) == words


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        (("Kyrgyzstan > Ministry of Labour",), "Kyrgyzstan"),
        (("Kyrgyzstan > Ministry of Labour", "Kyrgyzstan > Union"), "Kyrgyzstan; Kyrgyzstan > Union"),
        (("Kyrgyzstan > Ministry of Labour", "Kyrgyzstan"), "Kyrgyzstan"),
        (("Ministry of Labour",), "Ministry of Labour"),
        ((), ""),
    ],
)
def test_a_case_that_is_the_sources_title_is_not_said_twice(cases: tuple[str, ...], words: str) -> None:
    assert belonging(quote(1, "Words.", cases=cases)) == words


@pytest.mark.parametrize(("words", "sentence"), [("Decided by Anna L.", "Decided by Anna L."), ("Decided by Ada", "Decided by Ada.")])
def test_a_sentence_has_one_full_stop_whoever_is_named_last(words: str, sentence: str) -> None:
    assert ended(words) == sentence
