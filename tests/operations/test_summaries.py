"""Writing, reviewing and clearing summaries, and what becomes of them when others act on what they stand at."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.model.merging import Decision
from qcode.model.span import Span
from qcode.model.summary import Status, SummaryPlace
from qcode.opening import open_project
from qcode.operations.codes import create_code, delete_codes
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.operations.conflicts import resolve
from qcode.operations.handout import hand_in, handout
from qcode.operations.joining import join_codes
from qcode.operations.merging import merge_files
from qcode.operations.purge import purge_source
from qcode.operations.sources import delete_sources
from qcode.operations.summaries import clear_summaries, give_empty_reason, review_summaries, write_summary
from qcode.project import Project
from qcode.views.conflicts import open_conflicts
from qcode.views.summaries import CellSummary, summaries_of, summary_of
from tests.operations.examples import Example, acts_of, assert_sound, codings_of, example, hash_of

Verb = Callable[[Example, SummaryPlace], object]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Example]:
    made = example(tmp_path / "p.qcode")
    yield made
    made.project.close()


@pytest.fixture
def place(here: Example) -> SummaryPlace:
    """The cell 'Late payment × Kyrgyzstan', which has one quote."""
    return SummaryPlace(code=here.code, case=here.country)


def cited(here: Example) -> str:
    return f"Money comes late [#{codings_of(here.project)[0][0]}]."


def shown(project: Project, place: SummaryPlace) -> CellSummary:
    found = summary_of(project, place)
    assert found is not None
    return found


VERBS: dict[str, Verb] = {
    "write": lambda e, place: write_summary(e.project, place, cited(e)),
    "write a reviewed one": lambda e, place: write_summary(e.project, place, "Late.", Status.REVIEWED),
    "write the synthesis of a row": lambda e, _: write_summary(e.project, SummaryPlace(code=e.code), "Late.\r\nEverywhere."),
    "write the synthesis of a column": lambda e, _: write_summary(e.project, SummaryPlace(case=e.country), "Late."),
    "write at a source": lambda e, _: write_summary(e.project, SummaryPlace(e.code, source=e.note), "Late."),
    "give an empty reason": lambda e, _: give_empty_reason(e.project, SummaryPlace(e.other, e.country), " not asked "),
}
VERBS_ON_ONE: dict[str, Verb] = {
    "write anew": lambda e, place: write_summary(e.project, place, "Other words."),
    "review": lambda e, place: review_summaries(e.project, [place]),
    "clear": lambda e, place: clear_summaries(e.project, [place]),
    "delete the code": lambda e, _: delete_codes(e.project, [e.code]),
    "join the code": lambda e, _: e.project.transact("join", "Join", lambda act: join_codes(act, e.code, e.other)),
}


@pytest.mark.parametrize("name", [*VERBS, *VERBS_ON_ONE])
def test_done_taken_back_and_done_again(here: Example, place: SummaryPlace, name: str) -> None:
    if name in VERBS_ON_ONE:
        write_summary(here.project, place, cited(here))
    verb = {**VERBS, **VERBS_ON_ONE}[name]
    before, acts, said = hash_of(here.project), acts_of(here.project), summaries_of(here.project)
    verb(here, place)
    after, done = hash_of(here.project), summaries_of(here.project)
    assert (after != before, acts_of(here.project)) == (True, acts + 1)
    assert_sound(here.project)
    here.project.undo()
    assert (hash_of(here.project), summaries_of(here.project)) == (before, said)
    assert_sound(here.project)
    here.project.redo()
    assert (hash_of(here.project), summaries_of(here.project)) == (after, done)


@pytest.mark.parametrize("name", VERBS)
def test_the_same_again_changes_nothing_and_leaves_no_act(here: Example, place: SummaryPlace, name: str) -> None:
    VERBS[name](here, place)
    before, acts = hash_of(here.project), acts_of(here.project)
    assert VERBS[name](here, place) is False
    assert (hash_of(here.project), acts_of(here.project)) == (before, acts)


REFUSED: dict[str, tuple[Verb, str]] = {
    "no cell": (lambda e, _: write_summary(e.project, SummaryPlace(), "x"), "A summary stands in one row and one column"),
    "two columns": (lambda e, _: write_summary(e.project, SummaryPlace(e.code, e.country, e.note), "x"), "A summary stands in one row"),
    "a code that is gone": (lambda e, _: write_summary(e.project, SummaryPlace("x"), "x"), "The code of this cell is not in the project"),
    "no words": (lambda e, place: write_summary(e.project, place, " \n "), "The summary has no words"),
    "a NUL": (lambda e, place: write_summary(e.project, place, "a\x00"), "The text holds characters that are none"),
    "an unknown quote": (lambda e, place: write_summary(e.project, place, "x [#KGZ01-HQ65EB]"), "There is no quote '[#KGZ01-HQ65EB]': '"),
    "a review of nothing": (lambda e, place: review_summaries(e.project, [place]), "One of the cells has no summary to review"),
    "a reason where there are quotes": (lambda e, place: give_empty_reason(e.project, place, "not asked"), "The cell has 1 quote, so"),
    "no reason": (lambda e, _: give_empty_reason(e.project, SummaryPlace(e.other, e.country), " "), "The reason for an empty cell is one"),
    "a reason on two lines": (
        lambda e, _: give_empty_reason(e.project, SummaryPlace(e.other, e.country), "a\nb"),
        "The reason for an empty cell is one line",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_sentence_and_nothing_written(here: Example, place: SummaryPlace, name: str) -> None:
    verb, sentence = REFUSED[name]
    before, acts = hash_of(here.project), acts_of(here.project)
    with pytest.raises(UserError) as caught:
        verb(here, place)
    assert str(caught.value).startswith(sentence)
    assert str(caught.value).endswith(".")
    assert (hash_of(here.project), acts_of(here.project)) == (before, acts)


def test_a_reason_does_not_replace_words(here: Example) -> None:
    empty = SummaryPlace(here.other, here.country)
    write_summary(here.project, empty, "Nobody was asked.")
    with pytest.raises(UserError, match="The cell has a summary, so it is not empty"):
        give_empty_reason(here.project, empty, "not asked")
    clear_summaries(here.project, [empty])
    assert give_empty_reason(here.project, empty, "not asked")
    assert shown(here.project, empty).empty == "not asked"
    assert write_summary(here.project, empty, "Nobody was asked.")
    assert shown(here.project, empty).empty == ""


def test_the_story_of_a_recoded_quote(here: Example, place: SummaryPlace) -> None:
    project = here.project
    write_summary(project, place, cited(here), Status.REVIEWED)
    assert not shown(project, place).is_stale
    change_coding(project, here.coding, code=here.other)
    (why,) = shown(project, place).stale
    assert why == "#KGZ01-HQ65EA is no longer coded here: recoded to Support by Ada, 1 Jun 2022"
    review_summaries(project, [place])
    assert not shown(project, place).is_stale
    project.undo()
    project.undo()
    assert (shown(project, place).status, shown(project, place).stale) == (Status.REVIEWED, ())


def test_a_chip_of_a_quote_that_is_gone_stays_and_can_be_written_again(here: Example, place: SummaryPlace) -> None:
    words = cited(here)
    write_summary(here.project, place, words)
    remove_codings(here.project, [here.coding])
    found = shown(here.project, place)
    assert found.text == words
    assert [(chip.short_id, chip.is_there) for chip in found.chips] == [("KGZ01-HQ65EA", False)]
    assert write_summary(here.project, place, f"{found.text} Or so.")
    assert shown(here.project, place).stale == ()


def test_who_wrote_and_who_reviewed(here: Example, place: SummaryPlace) -> None:
    write_summary(here.project, place, "Late.")
    path = here.project.path
    here.project.close()
    with open_project(path, coder="Bo") as project:
        review_summaries(project, [place])
        found = shown(project, place)
        assert (found.author, found.reviewer, found.status) == ("Ada", "Bo", Status.REVIEWED)
        review_summaries(project, [place], Status.DRAFT)
        assert (shown(project, place).author, shown(project, place).reviewer) == ("Ada", "")
    here.project = open_project(path)


def test_joining_codes_moves_a_summary_and_adds_to_one_that_is_there(here: Example, place: SummaryPlace) -> None:
    project = here.project
    target, row = SummaryPlace(here.other, here.country), SummaryPlace(here.code)
    write_summary(project, place, "Paid late.", Status.REVIEWED)
    write_summary(project, target, "Helped.")
    write_summary(project, row, "Everywhere.", Status.REVIEWED)
    project.transact("join", "Join", lambda act: join_codes(act, here.code, here.other))
    found = summaries_of(project)
    assert {(one.place, one.text, one.status.value) for one in found.values()} == {
        (target, "Helped.\n\nPaid late.", "draft"),
        (SummaryPlace(here.other), "Everywhere.", "reviewed"),
    }
    assert found[target].stale == ("#KGZ01-HQ65EA, which it does not name, was recoded to Support by Ada, 1 Jun 2022",)
    assert_sound(project)


def test_joining_keeps_the_reasons_of_two_empty_cells(here: Example) -> None:
    project = here.project
    one, other = (create_code(project, name) for name in ("Pay", "Wages"))
    for code, reason in ((one, "not asked"), (other, "no data")):
        give_empty_reason(project, SummaryPlace(code, here.country), reason)
    project.transact("join", "Join", lambda act: join_codes(act, one, other))
    assert shown(project, SummaryPlace(other, here.country)).empty == "no data; not asked"


def test_a_deleted_source_takes_along_what_was_written_of_it(here: Example) -> None:
    at = SummaryPlace(here.code, source=here.note)
    write_summary(here.project, at, "Late.")
    delete_sources(here.project, [here.note])
    assert summary_of(here.project, at) is None
    here.project.undo()
    assert shown(here.project, at).text == "Late."


@pytest.fixture
def copies(here: Example, tmp_path: Path) -> tuple[Path, Path]:
    """The project twice, closed."""
    here.project.close()
    path, copy = here.project.path, tmp_path / "copy.qcode"
    shutil.copyfile(path, copy)
    here.project = open_project(path)
    here.project.close()
    return path, copy


def merged(path: Path, copy: Path) -> Project:
    project = open_project(path, coder="Ada")
    merge_files(project, [copy])
    assert_sound(project)
    return project


def test_two_people_who_write_a_cell_apart_make_a_conflict_and_nothing_is_lost(place: SummaryPlace, copies: tuple[Path, Path]) -> None:
    for path, coder, words in zip(copies, ("Ada", "Bo"), ("Ada says so.", "Bo says so."), strict=True):
        with open_project(path, coder=coder) as project:
            write_summary(project, place, words)
    with merged(*copies) as project:
        (conflict,) = open_conflicts(project)
        assert (conflict.title, conflict.field) == ("Late payment × Kyrgyzstan", "words")
        said = {said.coder: said.words for said in conflict.values}
        assert said == {"Ada": "Ada says so. (draft, over 1 quote)", "Bo": "Bo says so. (draft, over 1 quote)"}
        resolve(project, [Decision(conflict.id, text="Both say so [#KGZ01-HQ65EA].")])
        assert (open_conflicts(project), shown(project, place).text) == ([], "Both say so [#KGZ01-HQ65EA].")
        assert_sound(project)


def test_what_counts_of_two_texts_has_the_evidence_of_its_own_writer(here: Example, place: SummaryPlace, copies: tuple[Path, Path]) -> None:
    """A text over one quote with the evidence of two would hide that its writer had not seen the second."""
    with open_project(copies[0], coder="Ada") as project:
        write_summary(project, place, "One quote.")
    with open_project(copies[1], coder="Bo") as project:
        apply_code(project, here.report, Span(0, 10), here.code)
        write_summary(project, place, "Two quotes.", Status.REVIEWED)
    with merged(*copies) as project:
        (conflict,) = open_conflicts(project)
        for said in conflict.values:
            resolve(project, [Decision(conflict.id, take=conflict.values.index(said))])
            found = shown(project, place)
            fresh = {"Two quotes.": (Status.REVIEWED, 0), "One quote.": (Status.DRAFT, 1)}
            assert (found.status, len(found.stale)) == fresh[found.text]
            project.undo()


def test_a_review_of_the_old_words_does_not_review_the_new_ones(place: SummaryPlace, copies: tuple[Path, Path]) -> None:
    with open_project(copies[0], coder="Ada") as project:
        write_summary(project, place, "Old.")
    shutil.copyfile(*copies)
    with open_project(copies[0], coder="Ada") as project:
        write_summary(project, place, "New.")
    with open_project(copies[1], coder="Bo") as project:
        review_summaries(project, [place])
    with merged(*copies) as project:
        (conflict,) = open_conflicts(project)
        assert sorted(said.words for said in conflict.values) == ["New. (draft, over 1 quote)", "Old. (reviewed, over 1 quote)"]
        found = shown(project, place)
        assert (found.text, found.status) in [("New.", Status.DRAFT), ("Old.", Status.REVIEWED)]


def test_two_reviews_of_the_same_over_the_same_are_no_conflict(place: SummaryPlace, copies: tuple[Path, Path]) -> None:
    with open_project(copies[0], coder="Ada") as project:
        write_summary(project, place, "Old.")
    shutil.copyfile(*copies)
    for path, coder in zip(copies, ("Ada", "Bo"), strict=True):
        with open_project(path, coder=coder) as project:
            review_summaries(project, [place])
    with merged(*copies) as project:
        assert open_conflicts(project) == []
        assert shown(project, place).status is Status.REVIEWED


def test_a_code_that_is_deleted_there_and_summarised_here_stays_and_is_listed(here: Example, copies: tuple[Path, Path]) -> None:
    at = SummaryPlace(here.other, here.country)
    with open_project(copies[0], coder="Ada") as project:
        write_summary(project, at, "Nothing yet.")
    with open_project(copies[1], coder="Bo") as project:
        delete_codes(project, [here.other])
    with merged(*copies) as project:
        assert shown(project, at).text == "Nothing yet."
        assert [(one.kind, one.table) for one in open_conflicts(project)] == [("deleted here, used there", "codes")]


def test_a_blind_copy_has_no_summaries_and_writes_none(here: Example, place: SummaryPlace, tmp_path: Path) -> None:
    write_summary(here.project, place, "Nobody may know.")
    handout(here.project, "Bo", tmp_path / "blind.qcode", blind=True)
    assert b"Nobody may know" not in (tmp_path / "blind.qcode").read_bytes()
    with open_project(tmp_path / "blind.qcode") as copy:
        assert summaries_of(copy) == {}
        with pytest.raises(UserError, match="handed out without the work of the others"):
            write_summary(copy, place, "Unseen.")
        apply_code(copy, here.note, Span(0, 3), here.other)
        assert_sound(copy)
    merge_files(here.project, [tmp_path / "blind.qcode"])
    assert shown(here.project, place).text == "Nobody may know."


def test_a_partial_copy_has_only_summaries_that_rest_on_what_is_in_it(here: Example, place: SummaryPlace, tmp_path: Path) -> None:
    project = here.project
    write_summary(project, place, "Of the note [#KGZ01-HQ65EA].")
    other = SummaryPlace(here.other, here.country)
    apply_code(project, here.report, Span(0, 10), here.other)
    write_summary(project, other, "Of the report.")
    handout(project, "Bo", tmp_path / "part.qcode", sources=[here.report])
    assert b"Of the note" not in (tmp_path / "part.qcode").read_bytes()
    with open_project(tmp_path / "part.qcode") as copy:
        assert [(one.text, one.stale) for one in summaries_of(copy).values()] == [("Of the report.", ())]
        with pytest.raises(UserError, match="rests on sources withheld from this copy"):
            write_summary(copy, place, "Unseen.")
        assert write_summary(copy, other, "Of the report, by Bo.")
        assert write_summary(copy, SummaryPlace(here.top, here.country), "A new cell.")
        assert_sound(copy)
    merge_files(project, [tmp_path / "part.qcode"])
    assert {one.text for one in summaries_of(project).values()} == {"Of the note [#KGZ01-HQ65EA].", "Of the report, by Bo.", "A new cell."}
    assert open_conflicts(project) == []
    assert_sound(project)


def test_a_partial_copy_may_write_what_a_merge_brought_it(here: Example, place: SummaryPlace, tmp_path: Path) -> None:
    write_summary(here.project, place, "Of the note.")
    handout(here.project, "Bo", tmp_path / "part.qcode", sources=[here.report])
    with open_project(tmp_path / "part.qcode") as copy:
        merge_files(copy, [here.project.path])
        assert write_summary(copy, place, "Seen by Bo.")


def test_summaries_come_back_in_a_change_file_that_older_programs_refuse(here: Example, place: SummaryPlace, tmp_path: Path) -> None:
    handout(here.project, "Bo", tmp_path / "copy.qcode")
    with open_project(tmp_path / "copy.qcode") as copy:
        apply_code(copy, here.note, Span(0, 3), here.other)
        hand_in(copy, tmp_path / "one.qchange")
        write_summary(copy, place, "By Bo [#KGZ01-HQ65EA].")
        hand_in(copy, tmp_path / "two.qchange")
    forms = [json.loads(gzip.decompress((tmp_path / name).read_bytes()).splitlines()[0])[1] for name in ("one.qchange", "two.qchange")]
    assert forms == [1, 2]
    merge_files(here.project, [tmp_path / "two.qchange"])
    found = shown(here.project, place)
    assert (found.text, found.author) == ("By Bo [#KGZ01-HQ65EA].", "Bo")


def test_a_purge_leaves_no_words_and_says_that_the_quote_is_gone(here: Example, place: SummaryPlace, tmp_path: Path) -> None:
    project = here.project
    write_summary(project, place, "Money comes late [#KGZ01-HQ65EA].", Status.REVIEWED)
    write_summary(project, SummaryPlace(here.code, source=here.note), "About the withdrawn one.")
    purge_source(project, here.note)
    (found,) = summaries_of(project).values()
    assert found.text == "Money comes late [#HQ65EA]."
    assert found.stale == ("#HQ65EA is no longer coded here: it is gone",)
    assert_sound(project)
    project.settle()
    content = project.path.read_bytes()
    assert b"trainers" not in content
    assert b"About the withdrawn one" not in content
    assert b"KGZ01" not in content


def test_evidence_that_cannot_be_read_is_said(here: Example, place: SummaryPlace) -> None:
    write_summary(here.project, place, "Late.")
    here.project.transact("foreign", "Foreign", lambda act: act.update("summaries", place.uuid, {"evidence": "[", "status": "done"}))
    found = shown(here.project, place)
    assert (found.stale, found.status) == (("what it rests on cannot be read",), Status.DRAFT)
    review_summaries(here.project, [place])
    assert not shown(here.project, place).is_stale
