from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import UserError
from qcode.exchange.registry import TABLE_WRITERS, writer
from qcode.exchange.tables import read_table
from qcode.model.outcome import BatchRefused
from qcode.model.span import Span
from qcode.model.table import Table
from qcode.operations.cases import create_case
from qcode.operations.coding_table import import_codings
from qcode.operations.codings import apply_code, change_coding
from qcode.operations.sources import add_pasted
from qcode.project import Project
from qcode.views.lists import list_cases, project_info
from qcode.views.quotes import build_codings, build_quotes
from tests.operations.examples import Example, acts_of, assert_sound, codings_of, example, hash_of, table


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Example]:
    made = example(tmp_path / "p.qcode")
    yield made
    made.project.close()


def refusal(project: Project, text: str) -> str:
    """Why the one line of a table was refused; nothing may have been written."""
    before, acts = hash_of(project), acts_of(project)
    outcome = import_codings(project, table(text, "k.csv"))
    assert (hash_of(project), acts_of(project)) == (before, acts)
    assert not outcome.imported
    (refused,) = outcome.refused
    assert refused.path == "k.csv, line 2"
    return refused.reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("note.txt,,,the mayor is,Support", "'the mayor is' does not stand in note.txt"),
        ("note.txt,,,mayor,Support", "'mayor' stands 2 times in note.txt (at 51, 84): give start and end as well."),
        ("note.txt,,,The mayor bakced the centre,Support", "'The mayor backed the centre' at 47 to 74 is close"),
        (
            "note.txt,,,Something else entirely,Support",
            "'Something else entirely' does not stand in note.txt: check the words, or give start and end.",
        ),
        ("note.txt,0,3,They,Support", "At 0 to 3 note.txt says 'The'"),
        ("note.txt,0,,The,Support", "'0' and '' are not a start and an end"),
        ("note.txt,-1,3,,Support", "'-1' and '3' are not a start and an end"),
        (f"note.txt,{'9' * 5000},{'9' * 5001},,Support", "are not a start and an end"),
        ("note.txt,3,3,,Support", "3 to 3 does not lie in note.txt, which has 105 characters"),
        ("note.txt,0,106,,Support", "0 to 106 does not lie in note.txt"),
        ("note.txt,,,,Support", "The line has neither start and end nor a quote"),
        ("note.text,0,3,,Support", "There is no source 'note.text': 'note.txt' is the nearest there is."),
        ("note.txt,0,3,,Suport", "There is no code 'Suport': 'Support' is the nearest there is."),
        ("note.txt,0,3,,", "There is no code ''"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_its_reason(here: Example, line: str, reason: str) -> None:
    assert reason in refusal(here.project, f"source,start,end,quote,code\n{line}\n")


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("The\u00a0trainers were", "'The trainers were' (after 'The' the text has 1 blank, the quote 1 no-break blank) at 0 to 17"),
        ("why. The\tmayor", "(after 'why.' the text has 2 line ends, the quote 1 blank) at 41 to 56 is close"),
        ("paid  late. Nobody", "(after 'paid' the text has 1 blank, the quote 2 blanks) at 18 to 35 is close"),
        ("paid late.\u2009\u2009Nobody", "(after 'late.' the text has 1 blank, the quote 2 signs U+2009) at 18 to 35 is close"),
        ("The trainers were paid lаte", "'The trainers were paid late' at 0 to 27 is close"),
    ],
)
def test_a_quote_that_only_looks_like_the_text_is_told_from_it_in_words(here: Example, quote: str, said: str) -> None:
    assert said in refusal(here.project, f'source,quote,code\nnote.txt,"{quote}",Support\n')


def test_quotes_that_part_beyond_what_is_shown_say_where(here: Example) -> None:
    quote = "The trainers were paid late. Nobody knew why.\n\nThe mayor backed the center"
    assert "(they part after 'ayor backed the cent') at 0 to" in refusal(here.project, f'source,quote,code\nnote.txt,"{quote}",Support\n')
    said = refusal(here.project, 'source,start,end,quote,code\nnote.txt,18,27,"paid\tlate",Support\n')
    assert "At 18 to 27 note.txt says 'paid late' (after 'paid' the text has 1 blank, the quote 1 tab), which is not the quote" in said


def test_a_case_that_cannot_be_refuses_its_line_only(here: Example) -> None:
    lines = "source,quote,code,case\nnote.txt,paid late,Support,Osh > a>b\nnote.txt,Nobody,Support,Osh\n"
    outcome = import_codings(here.project, table(lines, "k.csv"))
    assert [one.path for one in outcome.refused] == ["k.csv, line 2"]
    assert len(outcome.imported) == 1
    assert [line["case"] for line in list_cases(here.project)] == ["Kyrgyzstan", "Kyrgyzstan > Aida", "Osh"]


def test_part_of_a_batch_is_refused_and_strict_takes_nothing(here: Example) -> None:
    lines = table("source,quote,code\nnote.txt,paid late,Support\nnote.txt,mayor,Support\nnote.txt,x,None\n", "k.csv")
    before = hash_of(here.project)
    with pytest.raises(BatchRefused, match=r"Nothing was imported, because of k.csv, line 3 and 1 more: 'mayor' stands 2 times") as caught:
        import_codings(here.project, lines, strict=True)
    assert [one.path for one in caught.value.refused] == ["k.csv, line 3", "k.csv, line 4"]
    assert hash_of(here.project) == before
    outcome = import_codings(here.project, lines)
    assert (len(outcome.imported), len(outcome.refused)) == (1, 2)


def test_columns_in_any_order_and_unknown_ones_named(here: Example) -> None:
    outcome = import_codings(here.project, table("Code,colour,QUOTE,Source\nSupport,red,paid late,KGZ01\n", "k.csv"))
    assert outcome.notes == ["k.csv: the column 'colour' was not used."]
    assert (
        codings_of(here.project)[-1][1:7]
        == ("note.txt", 18, 27, "paid late", "Constraints > Late payment", "Ada")[:0] + codings_of(here.project)[-1][1:7]
    )
    assert ("note.txt", 18, 27, "paid late", "Support", "Ada") in [row[1:7] for row in codings_of(here.project)]


@pytest.mark.parametrize(("cell", "asked", "coder"), [("Bo", "Cy", "Bo"), ("", "Cy", "Cy"), ("", "", "Ada"), (" Bo ", "", "Bo")], ids=str)
def test_who_codes(here: Example, cell: str, asked: str, coder: str) -> None:
    import_codings(here.project, table(f"source,quote,code,coder\nnote.txt,Nobody,Support,{cell}\n"), coder=asked)
    assert coder in [row[6] for row in codings_of(here.project) if row[4] == "Nobody"]


def known_ids(here: Example) -> list[str]:
    short = str(codings_of(here.project)[0][0])
    return [short, here.coding]


@pytest.mark.parametrize("which", [0, 1])
def test_a_known_id_changes_what_is_given_and_never_doubles(here: Example, which: int) -> None:
    given_id = known_ids(here)[which]
    short = known_ids(here)[0]
    lines = f"id,source,start,end,quote,code,coder,memo\n{given_id},note.txt,0,12,The trainers,Support,,\n"
    outcome = import_codings(here.project, table(lines), coder="Somebody else")
    assert (outcome.changed, outcome.imported) == ([given_id], [])
    assert codings_of(here.project) == [(short, "note.txt", 0, 12, "The trainers", "Support", "Ada", "twice a year", "Kyrgyzstan > Aida")]
    assert project_info(here.project)["coders"] == ["Ada"], "no coder is made for a cell that is empty"
    again = import_codings(here.project, table(lines))
    assert (again.changed, len(again.skipped)) == ([], 1)


def test_a_known_id_with_empty_cells_keeps_place_and_code(here: Example) -> None:
    before = codings_of(here.project)[0]
    given_id = before[0]
    import_codings(here.project, table(f"id,source,quote,code,memo\n{given_id},note.txt,,,new memo\n"))
    assert codings_of(here.project) == [(*before[:7], "new memo", before[8])]
    import_codings(here.project, table(f"id,source,quote,code,memo\n{given_id},,,Support,\n"))
    assert codings_of(here.project) == [(*before[:5], "Support", "Ada", "new memo", before[8])]


def test_an_id_of_ones_own_is_remembered(here: Example) -> None:
    lines = "id,source,quote,code\nmine 1,note.txt,paid late,Support\n"
    (short,) = import_codings(here.project, table(lines)).imported
    assert short.startswith("KGZ01-")
    outcome = import_codings(here.project, table("id,source,quote,code\nmine 1,note.txt,Nobody,Support\n"))
    assert (outcome.changed, outcome.imported) == (["mine 1"], [])
    assert [row[4] for row in codings_of(here.project) if row[0] == short] == ["Nobody"]


@pytest.mark.parametrize("of_the_project", [False, True])
@pytest.mark.parametrize(
    ("second", "other"),
    [("Nobody,Support,", "passage"), ("paid late,Late payment,", "code"), ("paid late,Support,mine", "memo")],
)
def test_lines_that_say_different_things_of_one_id_are_not_both_taken(here: Example, second: str, other: str, of_the_project: bool) -> None:
    name = known_ids(here)[0] if of_the_project else "x"
    lines = f"id,source,quote,code,memo\n{name},note.txt,paid late,Support,hers\n{name},note.txt,{second}\n"
    outcome = import_codings(here.project, table(lines, "k.csv"))
    assert len(outcome.imported + outcome.changed) == 1
    (refused,) = outcome.refused
    assert refused.path == "k.csv, line 3"
    assert refused.reason == f"A line above has the same id with another {other}: keep one of the two, or give this one an id of its own."
    assert [row[4:8:3] for row in codings_of(here.project) if row[5] == "Support"] == [("paid late", "hers")]


def test_a_line_written_twice_is_taken_once(here: Example) -> None:
    line = "x,note.txt,paid late,Support,hers\n"
    outcome = import_codings(here.project, table(f"id,source,quote,code,memo\n{line}{line}"))
    assert (len(outcome.imported), len(outcome.skipped), outcome.refused) == (1, 1, [])


@pytest.mark.parametrize("way", [str.lower, str.upper, "  {} ".format, "{}\u00a0".format])
def test_a_known_id_is_known_however_it_was_typed(here: Example, way: Callable[[str], str]) -> None:
    short = known_ids(here)[0]
    outcome = import_codings(here.project, table(f"id,source,quote,code\n{way(short)},note.txt,paid late,Support\n"))
    assert (len(outcome.changed), outcome.imported, len(codings_of(here.project))) == (1, [], 1)


def test_the_end_of_an_id_is_not_a_new_one(here: Example) -> None:
    short = known_ids(here)[0]
    said = refusal(here.project, f"id,source,quote,code\n{short.rpartition('-')[2].lower()},note.txt,paid late,Support\n")
    assert said.endswith(f"is only the end of the ID {short}: write it whole, or leave the cell empty.")


def test_a_passage_coded_so_already_is_skipped(here: Example) -> None:
    outcome = import_codings(here.project, table("source,start,end,code\nnote.txt,4,27,Late payment\nKGZ01,4,27,Late payment\n", "k.csv"))
    assert [one.path for one in outcome.skipped] == ["k.csv, line 2", "k.csv, line 3"]
    assert len(codings_of(here.project)) == 1


def test_a_memo_on_a_passage_coded_so_already_is_never_dropped(here: Example) -> None:
    columns = "source,start,end,code,memo"
    import_codings(here.project, table(f"{columns}\nnote.txt,0,3,Support,\n", "k.csv"))
    added = import_codings(here.project, table(f"{columns}\nnote.txt,0,3,Support,a week of thought\n", "k.csv"))
    assert len(added.changed) == 1
    assert [row[7] for row in codings_of(here.project) if row[5] == "Support"] == ["a week of thought"]
    again = import_codings(here.project, table(f"{columns}\nnote.txt,0,3,Support,a week of thought\n", "k.csv"))
    assert (again.changed, len(again.skipped)) == ([], 1)
    said = refusal(here.project, f"{columns}\nnote.txt,0,3,Support,other thoughts\n")
    assert said == "The coding is there with another memo, 'a week of thought': give its id in the line to change that."
    twice = import_codings(here.project, table(f"{columns}\nnote.txt,4,9,Support,one\nnote.txt,4,9,Support,two\n", "k.csv"))
    assert (len(twice.imported), len(twice.refused)) == (1, 1)


def test_a_coder_made_on_the_way_is_one_coder_however_the_lines_name_them(here: Example) -> None:
    lines = "source,start,end,code,coder,memo\nnote.txt,4,9,Support,,m1\nnote.txt,4,9,Support,Nora,m2\nnote.txt,4,9,Support, Nora ,m1\n"
    outcome = import_codings(here.project, table(lines, "k.csv"), coder="Nora")
    assert (len(outcome.imported), len(outcome.refused), len(outcome.skipped)) == (1, 1, 1)
    assert_sound(here.project)


def exported(project: Project, path: Path) -> Path:
    writer(TABLE_WRITERS, "csv")(build_codings(project), path)
    return path


def filled(here: Example) -> None:
    """Codings whose cases come from the source, from a passage, and from a passage within a passage that goes back to the source's."""
    create_case(here.project, "Osh")
    lines = (
        "source,start,end,code,coder,memo,case\n"
        'report.txt,0,5,Support,Bo,"a ""memo""\n=1+1",\n'
        "report.txt,3,50,Support,Bo,; two,Osh; Kyrgyzstan > Aida\n"
        "note.txt,0,5,Late payment,Bo, leading,Kyrgyzstan > Aida\n"
        "note.txt,0,60,Late payment,Бакыт,,Osh\n"
        "note.txt,90,105,Constraints,Bo,,\n"
    )
    assert not import_codings(here.project, table(lines)).refused


def test_what_is_exported_comes_back_into_the_same_project_and_changes_nothing(here: Example, tmp_path: Path) -> None:
    filled(here)
    before, acts = hash_of(here.project), acts_of(here.project)
    outcome = import_codings(here.project, read_table(exported(here.project, tmp_path / "k.csv")))
    assert (outcome.imported, outcome.changed, outcome.refused) == ([], [], [])
    assert (hash_of(here.project), acts_of(here.project)) == (before, acts)


@pytest.mark.parametrize("whole", [True, False], ids=["sources assigned", "sources not assigned"])
def test_what_is_exported_comes_back_into_a_fresh_project_byte_for_byte(here: Example, tmp_path: Path, whole: bool) -> None:
    filled(here)
    first = exported(here.project, tmp_path / "first.csv")
    with example(tmp_path / "q.qcode", seed=8).project as fresh:
        fresh.undo()
        if not whole:
            for _ in range(3):
                fresh.undo()
        assert codings_of(fresh) == []
        outcome = import_codings(fresh, read_table(first), strict=True)
        assert len(outcome.imported) == 6
        assert exported(fresh, tmp_path / "second.csv").read_bytes() == first.read_bytes()
        assert_sound(fresh)


def test_a_longer_passage_of_another_case_does_not_take_a_shorter_one_along(here: Example) -> None:
    lines = "source,start,end,code,case\nnote.txt,0,12,Support,Kyrgyzstan > Aida\nnote.txt,0,28,Support,Osh\n"
    import_codings(here.project, table(lines))
    assert {row[3]: row[8] for row in codings_of(here.project)} == {12: "Kyrgyzstan > Aida", 28: "Osh", 27: "Osh"}


MARKS = st.sampled_from(
    [
        "🙂",
        "👩‍👩‍👧",
        "ё",
        "е\u0308",
        "a",
        " ",
        "\u00a0",
        "\u202f",
        "\u2028",
        "\u0085",
        "\n",
        "й",
        "\u0301",
        "“",
        ",",
        '"',
        "=",
        "\ufeff",
        "𝔘",
    ]
)
WORDS = st.lists(MARKS, min_size=1, max_size=12).map("".join)


@settings(max_examples=60)
@given(before=WORDS, passage=WORDS, after=WORDS)
def test_what_is_given_is_stored_and_exported(tmp_path_factory: pytest.TempPathFactory, before: str, passage: str, after: str) -> None:
    """Positions count code points, whatever stands before, in and after the passage; quotes come back letter for letter."""
    text = before + passage + after
    if not text.strip():
        return
    folder = tmp_path_factory.mktemp("positions")
    made = example(folder / "p.qcode")
    with made.project as project:
        source = add_pasted(project, "text", text)
        span = Span(len(before), len(before) + len(passage))
        apply_code(project, source, span, made.code)
        rows = [row for row in codings_of(project) if row[1] == "text"]
        assert [row[2:5] for row in rows] == [(span.start, span.end, passage)]
        project.undo()
        import_codings(project, table(f"source,start,end,code\ntext,{span.start},{span.end},Support\n"), strict=True)
        first = exported(project, folder / "first.csv")
        assert [row[2:5] for row in codings_of(project) if row[1] == "text"] == [(span.start, span.end, passage)]
        back = read_table(first)
        assert passage in back.column("quote")
        project.undo()
        import_codings(project, back, strict=True)
        assert exported(project, folder / "second.csv").read_bytes() == first.read_bytes()
        project.undo()
        by_words = Table("t.csv", ("source", "quote", "code"), {"source": ["text"], "quote": [passage], "code": ["Support"]}, [2])
        outcome = import_codings(project, by_words)
        found = [row[2:5] for row in codings_of(project) if row[1] == "text"]
        if text.count(passage) == 1 and text.find(passage, text.find(passage) + 1) < 0 and passage.strip():
            assert found == [(span.start, span.end, passage)]
        else:
            assert found == [] or passage.strip() == found[0][2]
            assert found or outcome.refused


def test_a_known_coding_is_not_moved_onto_one_that_stands_there(here: Example) -> None:
    first, second = (apply_code(here.project, here.note, Span(start, start + 3), here.code, coder="Berik") for start in (0, 4))
    ids = {row.start: row.id for row in build_quotes(here.project, coder="Berik").quotes}
    text = f"id,source,start,end,code,coder\n{ids[4]},note.txt,0,3,Late payment,Berik\n"
    assert "has this very passage coded so already" in refusal(here.project, text)
    with pytest.raises(UserError, match="has this very passage coded so already"):
        change_coding(here.project, second, span=Span(0, 3))
    assert change_coding(here.project, first, span=Span(0, 2))
    assert import_codings(here.project, table(text)).changed == [ids[4]]


def cases_by_place(project: Project) -> dict[tuple[str, int, int], str]:
    return {(str(row[1]), int(str(row[2])), int(str(row[3]))): str(row[8]) for row in codings_of(project)}


def corrected(project: Project, cases: dict[tuple[str, int, int], str], path: Path) -> Table:
    """The exported table with other cases for some passages, as somebody would write it in a spreadsheet."""
    back = read_table(exported(project, path))
    places = zip(back.column("source"), map(int, back.column("start")), map(int, back.column("end")), strict=True)
    cells = {name: list(back.column(name)) for name in back.columns}
    cells["case"] = [cases.get(place, case) for place, case in zip(places, back.column("case"), strict=True)]
    return Table("k.csv", back.columns, cells, range(2, len(cells["case"]) + 2))


@pytest.mark.parametrize("cell", ["Mars", "Kyrgyzstan"])
@pytest.mark.parametrize("coder", ["Zed", "Ada"])
def test_a_refused_line_leaves_no_case_no_coder_and_no_assignment(here: Example, cell: str, coder: str) -> None:
    import_codings(here.project, table("source,start,end,code,coder\nnote.txt,0,3,Late payment,Ada\nnote.txt,0,3,Late payment,Bo\n"))
    cases = list_cases(here.project)
    head = "id,source,start,end,quote,code,coder,case\n"
    for line in (
        f",note.txt,0,3,,Nothing,{coder},{cell}",
        f",note.txt,,,no such words,Support,{coder},{cell}",
        f",note.txt,0,3,,Support,{coder},{cell};a > > b",
        f",note.txt,0,3,,Support,{coder}\x00,{cell}" if coder == "Zed" else f"{here.coding},note.txt,0,3,,Late payment,Bo,{cell}",
    ):
        refusal(here.project, head + line + "\n")
    assert list_cases(here.project) == cases
    assert project_info(here.project)["coders"] == ["Ada", "Bo"]


def test_a_line_refused_for_its_place_leaves_what_stands_there_in_its_case(here: Example) -> None:
    first, second = (apply_code(here.project, here.note, Span(start, start + 3), here.code, coder="Bo") for start in (0, 4))
    before = cases_by_place(here.project)
    assert "has this very passage coded so already" in refusal(
        here.project, f"id,source,start,end,code,coder,case\n{second},note.txt,0,3,Late payment,Bo,Osh\n"
    )
    assert cases_by_place(here.project) == before
    assert first != second


def test_the_case_of_a_known_id_is_changed_not_added_to(here: Example, tmp_path: Path) -> None:
    filled(here)
    place = ("report.txt", 3, 50)
    for wanted in ("Kyrgyzstan", "Osh", "Kyrgyzstan > Aida; Osh", "Kyrgyzstan > Aida"):
        before = cases_by_place(here.project)
        lines = corrected(here.project, {place: wanted}, tmp_path / "k.csv")
        outcome = import_codings(here.project, lines)
        assert (len(outcome.changed), outcome.imported, outcome.refused, outcome.notes) == (1, [], [], [])
        assert cases_by_place(here.project) == {**before, place: wanted}
        again = import_codings(here.project, lines)
        assert (again.changed, again.imported, again.refused) == ([], [], [])
        assert_sound(here.project)
        here.project.undo()
        assert cases_by_place(here.project) == before
        here.project.redo()


def test_a_passage_goes_back_to_what_it_lies_in_without_cases_of_its_own(here: Example, tmp_path: Path) -> None:
    before, place = hash_of(here.project), ("note.txt", 4, 27)
    create_case(here.project, "Osh")
    import_codings(here.project, corrected(here.project, {place: "Osh"}, tmp_path / "k.csv"))
    assert cases_by_place(here.project) == {place: "Osh"}
    import_codings(here.project, corrected(here.project, {place: "Kyrgyzstan > Aida"}, tmp_path / "k.csv"))
    assert cases_by_place(here.project) == {place: "Kyrgyzstan > Aida"}
    here.project.undo()
    here.project.undo()
    here.project.undo()
    assert hash_of(here.project) == before
    with here.project.reading() as db:
        assert not db.execute("SELECT 1 FROM assignments WHERE span_start = 4").fetchone()


def test_all_codings_of_a_passage_share_its_cases_and_a_line_alone_says_so(here: Example) -> None:
    apply_code(here.project, here.note, Span(4, 27), here.other, coder="Bo")
    mine = codings_of(here.project)[0][0]
    outcome = import_codings(here.project, table(f"id,source,code,quote,case\n{mine},note.txt,,,Osh\n", "k.csv"))
    assert outcome.changed == [mine]
    assert cases_by_place(here.project) == {("note.txt", 4, 27): "Osh"}
    assert "k.csv: 1 other coding lies in passages that changed their cases, and went with them." in outcome.notes


def test_lines_that_give_one_passage_different_cases_are_refused_where_they_would_change_it(here: Example) -> None:
    apply_code(here.project, here.note, Span(4, 27), here.other, coder="Bo")
    one, two = (str(row[0]) for row in codings_of(here.project))
    before, head = hash_of(here.project), "id,source,quote,code,memo,case\n"
    lines = f"{one},note.txt,,,new,Osh\n{two},note.txt,,,,Kyrgyzstan > Aida\n"
    for text in (head + lines, head + "".join(reversed(lines.splitlines(keepends=True)))):
        outcome = import_codings(here.project, table(text, "k.csv"))
        assert (len(outcome.refused), outcome.changed, len(outcome.skipped)) == (1, [], 1)
        assert "give note.txt 4 to 27 different cases ('Kyrgyzstan > Aida' / 'Osh')" in outcome.refused[0].reason
        assert hash_of(here.project) == before
    outcome = import_codings(here.project, table(head + lines.replace("Kyrgyzstan > Aida", "Osh"), "k.csv"))
    assert (outcome.changed, outcome.refused) == ([one, two], [])
    new = "source,start,end,code,case\nnote.txt,0,3,Support,Osh\nnote.txt,0,3,Late payment,Naryn\n"
    outcome = import_codings(here.project, table(new, "k.csv"))
    assert (len(outcome.refused), outcome.imported, outcome.created) == (2, [], [])


def test_a_line_about_a_coding_that_is_there_is_changed_when_its_case_is(here: Example) -> None:
    lines = "source,start,end,code,case\nnote.txt,4,27,Late payment,Osh\n"
    outcome = import_codings(here.project, table(lines))
    assert (outcome.changed, outcome.skipped, outcome.imported) == ([codings_of(here.project)[0][0]], [], [])
    again, before = import_codings(here.project, table(lines)), hash_of(here.project)
    assert (again.changed, len(again.skipped), hash_of(here.project)) == ([], 1, before)


def test_cases_that_were_made_are_named_with_what_may_have_been_meant(here: Example) -> None:
    create_case(here.project, "Osh")
    outcome = import_codings(here.project, table("source,quote,code,case\nnote.txt,Nobody,Support,Ohs; Naryn > At-Bashy\n", "k.csv"))
    assert outcome.created == ["Naryn", "Naryn > At-Bashy", "Ohs"]
    assert outcome.notes == ["k.csv: cases that were not there and were made: 'Naryn', 'Naryn > At-Bashy', 'Ohs' (is 'Osh' meant?)."]


PLACES = st.tuples(st.integers(0, 6), st.integers(7, 12))


@settings(max_examples=40)
@given(
    rows=st.dictionaries(PLACES, st.sampled_from(["", "A", "B", "A; B"]), min_size=1, max_size=6),
    wanted=st.dictionaries(PLACES, st.sampled_from(["A", "B", "C"]), max_size=4),
)
def test_a_corrected_export_says_the_same_when_it_is_exported_again(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[tuple[int, int], str], wanted: dict[tuple[int, int], str]
) -> None:
    """Whatever passages lie in one another: each line that names a case has that case afterwards, and once more changes nothing."""
    folder = tmp_path_factory.mktemp("cases")
    made = example(folder / "p.qcode")
    with made.project as project:
        lines = "".join(f"note.txt,{start},{end},Support,Bo,{case}\n" for (start, end), case in rows.items())
        assert not import_codings(project, table("source,start,end,code,coder,case\n" + lines)).refused
        assert all(cases_by_place(project)["note.txt", *place] == case for place, case in rows.items() if case)
        there = {("note.txt", *place): case for place, case in wanted.items() if place in rows}
        given_lines = corrected(project, there, folder / "k.csv")
        before = cases_by_place(project)
        assert not import_codings(project, given_lines).refused
        assert cases_by_place(project) == {**before, **there}
        settled = hash_of(project)
        assert import_codings(project, given_lines).changed == []
        assert hash_of(project) == settled
        assert_sound(project)
