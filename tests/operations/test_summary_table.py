from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.exchange.registry import TABLE_WRITERS, writer
from qcode.exchange.tables import read_table
from qcode.model.outcome import BatchRefused
from qcode.model.summary import Status, SummaryPlace
from qcode.operations.codings import remove_codings
from qcode.operations.purge import purge_source
from qcode.operations.sources import change_source
from qcode.operations.summaries import write_summary
from qcode.operations.summary_table import import_summaries
from qcode.views.summaries import build_summaries, summaries_of
from tests.operations.examples import Example, acts_of, assert_sound, example, hash_of, table

LINES = """row,column,text,status,empty
Late payment,Kyrgyzstan,Paid late [#KGZ01-HQ65EA].,reviewed,
Constraints > Late payment,,Everywhere.,,
,Kyrgyzstan,All in all.,draft,
Support,Kyrgyzstan,,,not asked
"""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Example]:
    made = example(tmp_path / "p.qcode")
    yield made
    made.project.close()


def test_cells_rows_columns_and_reasons_come_in_as_one_act(here: Example) -> None:
    before, acts = hash_of(here.project), acts_of(here.project)
    outcome = import_summaries(here.project, table(LINES))
    titles = ["Late payment × Kyrgyzstan", "Late payment × all columns", "All codes × Kyrgyzstan", "Support × Kyrgyzstan"]
    assert (outcome.imported, outcome.refused, acts_of(here.project)) == (titles, [], acts + 1)
    found = summaries_of(here.project)
    assert found[SummaryPlace(here.code, here.country)].status is Status.REVIEWED
    assert found[SummaryPlace(here.other, here.country)].empty == "not asked"
    assert {one.text for one in found.values()} == {"Paid late [#KGZ01-HQ65EA].", "Everywhere.", "All in all.", ""}
    here.project.undo()
    assert hash_of(here.project) == before
    assert_sound(here.project)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_comes_back_equal_and_touches_nothing(here: Example, tmp_path: Path, form: str) -> None:
    import_summaries(here.project, table(LINES))
    for column in ("note.txt",):
        import_summaries(here.project, table(f"row,column,text\nSupport,{column},Of the note.\n"), "source")
    import_summaries(here.project, table("row,column,text\nSupport,South,Of the south.\n"), "region")
    remove_codings(here.project, [here.coding])
    stale = {place: one.stale for place, one in summaries_of(here.project).items()}
    assert sum(map(bool, stale.values())) == 3
    report = build_summaries(here.project)
    writer(TABLE_WRITERS, form)(report, tmp_path / f"s.{form}")
    acts = acts_of(here.project)
    outcome = import_summaries(here.project, read_table(tmp_path / f"s.{form}"))
    assert (outcome.imported, outcome.changed, outcome.refused, outcome.notes) == ([], [], [], [])
    assert (len(outcome.skipped), acts_of(here.project)) == (6, acts)
    assert {place: one.stale for place, one in summaries_of(here.project).items()} == stale


def test_an_empty_cell_changes_nothing_and_a_status_alone_reviews(here: Example) -> None:
    import_summaries(here.project, table(LINES))
    remove_codings(here.project, [here.coding])
    outcome = import_summaries(here.project, table("row,column,text,status\nLate payment,,,reviewed\n,Kyrgyzstan,,\n"))
    assert (outcome.changed, len(outcome.skipped)) == (["Late payment × all columns"], 1)
    found = summaries_of(here.project)[SummaryPlace(here.code)]
    assert (found.status, found.text, found.stale) == (Status.REVIEWED, "Everywhere.", ())


REFUSED = {
    "Support,Uzbekistan,x,,": "There is no case 'Uzbekistan': check the spelling.",
    "Suport,Kyrgyzstan,x,,": "There is no code 'Suport': 'Support' is the nearest there is.",
    "Support,Kyrgyzstan,x,finished,": "'finished' is not a status: write draft or reviewed.",
    "Support,Kyrgyzstan,x,,not asked": "The line has a text and a reason why the cell is empty: keep one of the two.",
    "Support,Kyrgyzstan,x [#KGZ01-AAAAAA],,": "There is no quote '[#KGZ01-AAAAAA]': check the spelling.",
    ",,x,,": "Neither a row nor a column is named: give a code, a column, or both.",
    "Support,Kyrgyzstan,,reviewed,": "One of the cells has no summary to review: write one first.",
    "Late payment,Kyrgyzstan,,,not asked": "The cell has 1 quote, so it is not empty: write a summary of it.",
}


@pytest.mark.parametrize("line", REFUSED)
def test_a_bad_line_is_refused_in_one_sentence_and_the_rest_goes_in(here: Example, line: str) -> None:
    outcome = import_summaries(here.project, table(f"row,column,text,status,empty\n{line}\nConstraints,,Good.,,\n"))
    assert [(one.path, one.reason) for one in outcome.refused] == [("table.csv, line 2", REFUSED[line])]
    assert outcome.imported == ["Constraints × all columns"]


def test_a_cell_that_stands_twice_is_refused_the_second_time(here: Example) -> None:
    lines = "row,column,text\nSupport,Kyrgyzstan,One.\nSupport,Kyrgyzstan,Two.\n"
    outcome = import_summaries(here.project, table(lines))
    assert [one.reason for one in outcome.refused] == ["The cell stands in line 2 as well: keep one of the two."]
    acts = acts_of(here.project)
    with pytest.raises(BatchRefused):
        import_summaries(here.project, table(lines.replace("One", "Three")), strict=True)
    assert acts_of(here.project) == acts


def test_a_table_without_its_columns_is_refused(here: Example) -> None:
    with pytest.raises(UserError, match=r"table\.csv has no column column, text, so no summaries were imported"):
        import_summaries(here.project, table("row\nSupport\n"))


def test_a_language_is_a_column_without_anybody_having_made_the_attribute(here: Example) -> None:
    change_source(here.project, here.note, language="ru")
    before = hash_of(here.project)
    outcome = import_summaries(here.project, table("row,column,text\nLate payment,ru,In Russian [#KGZ01-HQ65EA].\n"), "language")
    assert outcome.imported == ["Late payment × ru"]
    (found,) = summaries_of(here.project).values()
    assert not found.is_stale
    change_source(here.project, here.note, language="ky")
    (found,) = summaries_of(here.project).values()
    assert found.stale == ("#KGZ01-HQ65EA no longer counts here: its language is ky now",)
    here.project.undo()
    here.project.undo()
    assert hash_of(here.project) == before


def test_a_purged_quote_can_be_typed_again_by_what_is_left_of_its_id(here: Example) -> None:
    place = SummaryPlace(here.code, here.country)
    write_summary(here.project, place, "Paid late [#KGZ01-HQ65EA].")
    purge_source(here.project, here.note)
    (found,) = summaries_of(here.project).values()
    assert write_summary(here.project, place, f"{found.text} So they said.")
    (found,) = summaries_of(here.project).values()
    assert (found.text, found.stale) == ("Paid late [#HQ65EA]. So they said.", ())
