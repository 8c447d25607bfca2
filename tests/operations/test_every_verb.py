"""Every verb: done, taken back and done again it leaves the same content; refused it leaves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.cases import assign_source, create_case, import_assignments, import_cases, move_source, name_level, set_value
from qcode.operations.codebook import import_codebook
from qcode.operations.codes import change_code, create_code, delete_codes, move_code
from qcode.operations.coding_table import import_codings
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.operations.readings import mark_reading, mark_readings
from qcode.operations.sources import (
    Belonging,
    add_pasted,
    change_source,
    delete_sources,
    import_files,
    import_source_table,
)
from tests.operations.examples import Example, acts_of, assert_sound, example, hash_of, table

Verb = Callable[[Example], object]

VERBS: dict[str, Verb] = {
    "create_code": lambda e: create_code(e.project, "Staff turnover", e.top, definition="People leave."),
    "change_code": lambda e: change_code(e.project, e.code, name="Late pay", definition="x", include="y", exclude="z", example="e"),
    "move_code": lambda e: move_code(e.project, e.code, None),
    "move_code below another": lambda e: move_code(e.project, e.code, e.other, 0.5),
    "delete_codes": lambda e: delete_codes(e.project, [e.top]),
    "delete two codes": lambda e: delete_codes(e.project, [e.code, e.other]),
    "import_codebook": lambda e: import_codebook(e.project, table("code,parent,definition\nSupport,,Help.\nMoney,Support,\n")),
    "create_case": lambda e: create_case(e.project, "Tajikistan > Khatlon > Farrukh"),
    "set_value": lambda e: set_value(e.project, e.country, "region", "north"),
    "name_level": lambda e: name_level(e.project, 1, "Country"),
    "set_value of a new attribute": lambda e: set_value(e.project, e.person, "gender", "woman"),
    "take a value away": lambda e: set_value(e.project, e.country, "region", ""),
    "assign_source": lambda e: assign_source(e.project, e.country, e.note),
    "assign a passage": lambda e: assign_source(e.project, e.person, e.report, Span(10, 20)),
    "move_source": lambda e: move_source(e.project, e.note, "Kyrgyzstan"),
    "import_cases": lambda e: import_cases(e.project, table("case,parent,year\nAida,Kyrgyzstan,2021\nOsh,Kyrgyzstan,2022\n")),
    "import_assignments": lambda e: import_assignments(e.project, table("case,source,start,end\nAida,report.txt,3,9\nAida,report.txt,,\n")),
    "import_files": lambda e: import_files(
        e.project, [e.project.path.parent / "notes"], Belonging(case_from="folder", values=[("year", "2021")])
    ),
    "add_pasted": lambda e: add_pasted(e.project, "pasted", "One line.\n\nAnother.", Belonging(case="Kyrgyzstan", language="en")),
    "change_source": lambda e: change_source(e.project, e.note, name="n.txt", title="Ministry", label="KGZ02", language="en"),
    "delete_sources": lambda e: delete_sources(e.project, [e.note]),
    "delete two sources": lambda e: delete_sources(e.project, [e.note, e.report]),
    "import_source_table": lambda e: import_source_table(e.project, table("source,case,title,label,year\nKGZ01,Osh,Ministry,OSH,2020\n")),
    "mark_reading": lambda e: mark_reading(e.project, e.report, ReadingStatus.READING, "Baktygul"),
    "mark_reading again": lambda e: mark_reading(e.project, e.note, ReadingStatus.UNREAD),
    "mark_readings": lambda e: mark_readings(e.project, ["KGZ01", "report.txt"], ReadingStatus.FINISHED, "Baktygul"),
    "apply_code": lambda e: apply_code(e.project, e.note, Span(0, 3), e.other, coder="Baktygul", memo="m"),
    "change_coding": lambda e: change_coding(e.project, e.coding, memo="", code=e.other, span=Span(1, 2), important=True, contradicts=True),
    "remove_codings": lambda e: remove_codings(e.project, [e.coding]),
    "import_codings": lambda e: import_codings(
        e.project,
        table("id,source,quote,code,coder,case\nX1,note.txt,Nobody knew why.,Support,Bo,Osh\nX2,report.txt,ёлка,Late payment,,\n"),
    ),
}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Example]:
    notes = tmp_path / "notes" / "Kyrgyzstan"
    notes.mkdir(parents=True)
    (notes / "one.txt").write_text("One.\n", encoding="utf-8")
    (notes / "two.md").write_text("# Two\n\nThree.\n", encoding="utf-8")
    made = example(tmp_path / "p.qcode")
    yield made
    made.project.close()


@pytest.mark.parametrize("name", VERBS)
def test_done_taken_back_and_done_again(here: Example, name: str) -> None:
    project = here.project
    before, acts = hash_of(project), acts_of(project)
    VERBS[name](here)
    after = hash_of(project)
    assert after != before
    assert acts_of(project) == acts + 1, "one verb is one act"
    assert_sound(project)
    assert project.undo() is not None
    assert hash_of(project) == before
    assert_sound(project)
    assert project.redo() is not None
    assert hash_of(project) == after
    assert_sound(project)


@pytest.mark.parametrize("name", [name for name in VERBS if name not in ("add_pasted", "create_code")])
def test_the_same_again_changes_nothing_and_leaves_no_act(here: Example, name: str) -> None:
    VERBS[name](here)
    before, acts = hash_of(here.project), acts_of(here.project)
    VERBS[name](here)
    assert (hash_of(here.project), acts_of(here.project)) == (before, acts)


REFUSED: dict[str, tuple[Verb, str]] = {
    "a code twice": (lambda e: create_code(e.project, "Support"), "There is a code 'Support' at this place already"),
    "a code with >": (lambda e: create_code(e.project, "a > b"), "holds '>', which separates the names of a path"),
    "a code without name": (lambda e: create_code(e.project, "  "), "A code needs a name"),
    "a code on two lines": (lambda e: create_code(e.project, "a\nb"), "on one line"),
    "a colour that is none": (lambda e: create_code(e.project, "New", colour="reddish"), "'reddish' is not a colour"),
    "a name that is taken": (lambda e: change_code(e.project, e.other, name="Constraints"), "There is a code 'Constraints' at this place"),
    "below itself": (lambda e: move_code(e.project, e.top, e.code), "'Constraints' cannot stand below itself"),
    "to a place with its name": (
        lambda e: (create_code(e.project, "Late payment"), e.project.undo(), e.project.redo(), move_code(e.project, e.code, None)),
        "There is a code 'Late payment' at that place already",
    ),
    "a case with ;": (lambda e: create_case(e.project, "Osh > a;b"), "holds ';', which separates cases in tables"),
    "a case with > in its name": (lambda e: create_case(e.project, "Osh > a>b"), "The case name 'a>b' holds '>'"),
    "a level called case": (lambda e: name_level(e.project, 1, "Case"), "An attribute cannot be called 'Case'"),
    "a level called as an attribute": (lambda e: name_level(e.project, 1, "Region"), "There is an attribute 'Region' already"),
    "a level that no case can have": (lambda e: name_level(e.project, 0, "World"), "Cases have no level 0"),
    "an attribute called case": (lambda e: set_value(e.project, e.country, "Case", "x"), "An attribute cannot be called 'Case'"),
    "a span outside": (lambda e: apply_code(e.project, e.note, Span(5, 5000), e.code), "5 to 5000 does not lie in the source"),
    "a coding that is gone": (lambda e: change_coding(e.project, "00000000-0000-7000-8000-000000000000", memo="x"), "no longer there"),
    "a moved span outside": (lambda e: change_coding(e.project, e.coding, span=Span(5, 5000)), "5 to 5000 does not lie in the source"),
    "a coder without name": (lambda e: apply_code(e.project, e.note, Span(0, 3), e.code, coder=" "), "A coder needs a name"),
    "an unknown source": (
        lambda e: mark_readings(e.project, ["KGZ01", "KGZ1"], ReadingStatus.READING),
        "There is no source 'KGZ1': 'KGZ01'",
    ),
    "a pasted name twice": (lambda e: add_pasted(e.project, "note.txt", "x"), "There is a source 'note.txt' already"),
    "a pasted nothing": (lambda e: add_pasted(e.project, "new", " \n"), "There is no text to keep"),
    "a pasted NUL": (lambda e: add_pasted(e.project, "new", "a\x00b"), "The pasted text holds characters that are none"),
    "a pasted half of a pair": (lambda e: add_pasted(e.project, "new", "a\ud83d"), "The pasted text holds characters that are none"),
    "a pasted text without name": (lambda e: add_pasted(e.project, " ", "x"), "' ' cannot be the name of a source"),
    "a label that is taken": (
        lambda e: change_source(e.project, e.report, label="KGZ01"),
        "'KGZ01' is the name or label of another source, note.txt",
    ),
    "a label with blanks": (lambda e: change_source(e.project, e.report, label="K G"), "'K G' cannot be a label"),
    "no label": (lambda e: change_source(e.project, e.report, label=""), "'' cannot be a label"),
    "no name": (lambda e: change_source(e.project, e.report, name=""), "'' cannot be the name of a source"),
    "a case of all sources that cannot be": (
        lambda e: import_files(e.project, [e.project.path.parent / "notes"], Belonging(case="a;b")),
        "The case name 'a;b' holds ';'",
    ),
    "an attribute of all sources that cannot be": (
        lambda e: import_files(e.project, [e.project.path.parent / "notes"], Belonging(values=[("coder", "x")])),
        "An attribute cannot be called 'coder'",
    ),
    "an anonymous code table": (lambda e: import_codebook(e.project, table("name\nx\n", "b.csv")), "b.csv has no column code"),
    "a source table without source": (lambda e: import_source_table(e.project, table("case\nx\n", "s.csv")), "s.csv has no column source"),
    "a case table without case": (lambda e: import_cases(e.project, table("parent\nx\n", "c.csv")), "c.csv has no column case"),
    "an assignment without source": (lambda e: import_assignments(e.project, table("case\nx\n", "a.csv")), "a.csv has no column source"),
    "codings without code": (lambda e: import_codings(e.project, table("source,quote\nx,y\n", "k.csv")), "k.csv has no column code"),
    "codings without place": (
        lambda e: import_codings(e.project, table("source,code\nx,y\n", "k.csv")),
        "k.csv has no column quote, and not both start and end",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_sentence_and_nothing_written(here: Example, name: str) -> None:
    verb, sentence = REFUSED[name]
    before, acts = hash_of(here.project), acts_of(here.project)
    with pytest.raises(UserError) as caught:
        verb(here)
    said = str(caught.value)
    assert sentence in said
    assert said.endswith(".")
    assert "\n" not in said
    if name != "to a place with its name":
        assert (hash_of(here.project), acts_of(here.project)) == (before, acts)


def test_a_value_that_does_not_fit_is_refused_for_all_sources(here: Example) -> None:
    set_value(here.project, here.country, "year", "2021")
    before, acts = hash_of(here.project), acts_of(here.project)
    with pytest.raises(UserError, match="'soon' is not a value of 'year', which is a number"):
        import_files(here.project, [here.project.path.parent / "notes"], Belonging(values=[("year", "soon")]))
    assert (hash_of(here.project), acts_of(here.project)) == (before, acts)


def test_labels_of_pasted_texts_are_their_own(here: Example) -> None:
    add_pasted(here.project, "KGZ01 again", "x")
    with here.project.reading() as db:
        labels = [label for (label,) in db.execute("SELECT label FROM sources ORDER BY label")]
    assert labels == ["KGZ01", "KGZ01-2", "REPORT"]
