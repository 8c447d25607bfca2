from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode import create_project
from qcode.agreement.differences import Kind
from qcode.agreement.figures import Silence
from qcode.agreement.units import Unit
from qcode.errors import UserError
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.coders import ensure_coder
from qcode.operations.codes import create_code
from qcode.operations.codings import add_coding
from qcode.operations.readings import mark_readings
from qcode.operations.samples import draw_sample, reveal_sample
from qcode.operations.sources import add_pasted
from qcode.project import Project
from qcode.store.journal import Act
from qcode.store.sources import read_sources
from qcode.views.agreement import AgreementQuestion, AgreementView, listed
from qcode.views.team import list_samples

TEXT = "One came. Two came late. Three left.\n\nFour stayed on. Five asked why.\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "p.qcode", coder="Anna") as made:
        yield made


def code(project: Project, source: str, coder: str, code: str, *words: str) -> None:
    def fill(act: Act) -> None:
        for quote in words:
            add_coding(act, source, Span(start := TEXT.index(quote), start + len(quote)), code, ensure_coder(act, coder), {})

    project.transact("fill", "Fill", fill)


def finish(project: Project, name: str, *coders: str) -> None:
    for coder in coders:
        mark_readings(project, [name], ReadingStatus.FINISHED, coder)


def filled(project: Project) -> tuple[str, str]:
    """Two sources that Anna and Bek finished, one that only Anna did; two codes, the second below the first."""
    delay = create_code(project, "Delay")
    staff = create_code(project, "Staff", delay)
    sources = [add_pasted(project, name, TEXT + name + " ends.\n") for name in ("one", "two", "three")]
    for source in sources:
        code(project, source, "Anna", delay, "One came", "Two came late")
    code(project, sources[0], "Bek", delay, "One", "came late", "Four")
    code(project, sources[1], "Bek", staff, "Two came late")
    code(project, sources[2], "Bek", delay, "One came")
    finish(project, "one", "Anna", "Bek")
    finish(project, "two", "Anna", "Bek", "Chinara")
    finish(project, "three", "Anna")
    return delay, staff


def ask(*coders: str, unit: Unit = Unit.SENTENCE, code: str = "") -> AgreementQuestion:
    return AgreementQuestion(coders, unit, code)


@pytest.mark.parametrize(("unit", "units", "coded"), [(Unit.SENTENCE, 12, 5), (Unit.PARAGRAPH, 6, 3), (Unit.SOURCE, 2, 2)])
def test_what_both_finished_is_counted(project: Project, unit: Unit, units: int, coded: int) -> None:
    filled(project)
    found = AgreementView(project).measure(ask("Anna", "Bek", unit=unit), draws=0)
    assert [one.path for one in found.codes] == ["Delay", "Delay > Staff"]
    assert found.agreement.sources == 2
    line = found.agreement.lines[0]
    assert (line.units, line.coded) == (units, coded)


def test_characters_are_those_of_the_texts(project: Project) -> None:
    filled(project)
    found = AgreementView(project).measure(ask("Anna", "Bek", unit=Unit.CHARACTER), draws=0).agreement
    assert found.lines[0].units == 2 * (len(TEXT) + len("one ends.\n"))
    assert found.lines[0].coded == len("One came" "Two came late" "Four") + len("One came" "Two came late")


def test_a_source_that_a_coder_has_not_finished_is_missing(project: Project) -> None:
    filled(project)
    found = AgreementView(project).measure(ask("Anna", "Bek", "Chinara"), draws=0).agreement
    assert (found.sources, found.finished_by_all) == (2, 1)
    assert found.lines[0].prevalence == (pytest.approx(4 / 12), pytest.approx(3 / 12), 0)


def test_a_code_made_after_the_reading_was_not_read(project: Project) -> None:
    filled(project)
    late = create_code(project, "Late")
    with project.reading() as db:
        source = db.execute("SELECT uuid FROM sources WHERE name = 'one'").fetchone()[0]
    code(project, source, "Anna", late, "Four stayed on")
    view = AgreementView(project)
    before, after = view.measure(ask("Anna", "Bek", code="Delay")), view.measure(ask("Anna", "Bek"))
    assert after.agreement.lines[2].silence is Silence.UNREAD
    assert after.agreement.overall == before.agreement.overall
    finish(project, "one", "Anna", "Bek")
    assert view.measure(ask("Anna", "Bek")).agreement.lines[2].coded == 1


def test_one_code_comes_with_those_below_it(project: Project) -> None:
    filled(project)
    view = AgreementView(project)
    assert [one.path for one in view.measure(ask("Anna", "Bek", code="Delay")).codes] == ["Delay", "Delay > Staff"]
    assert [one.path for one in view.measure(ask("Anna", "Bek", code="Staff")).codes] == ["Delay > Staff"]


def test_pairs_stand_in_the_order_of_the_coders(project: Project) -> None:
    filled(project)
    ensure = project.transact("coder", "Coder", lambda act: ensure_coder(act, "Dilshod"))
    assert ensure
    view = AgreementView(project)
    pairs = view.pairs(ask("Anna", "Bek", "Chinara", "Dilshod"))
    assert [(one.first, one.second) for one in pairs[:3]] == [("Anna", "Bek"), ("Anna", "Chinara"), ("Anna", "Dilshod")]
    assert [one.overall is None for one in pairs] == [False, False, True, False, True, True]
    alone = view.measure(ask("Bek", "Chinara"), draws=0).agreement.overall
    assert pairs[3].overall == alone


def test_differences_name_source_code_and_place(project: Project) -> None:
    filled(project)
    found = AgreementView(project).differences(ask("Anna", "Bek"))
    told = [(one.source.name, one.code.name, one.other and one.other.name, one.difference.kind, one.difference.counted) for one in found]
    assert told == [
        ("one", "Delay", None, Kind.ENDS, False),
        ("one", "Delay", None, Kind.ENDS, False),
        ("one", "Delay", None, Kind.ONLY_SECOND, True),
        ("two", "Delay", None, Kind.ONLY_FIRST, True),
        ("two", "Delay", "Staff", Kind.OTHER_CODE, True),
    ]
    assert [one.difference.paragraph for one in found] == [1, 1, 2, 1, 1]


def test_the_table_leaves_out_what_is_not_to_be_shown(project: Project) -> None:
    filled(project)
    view = AgreementView(project)
    report = view.report(view.measure(ask("Anna", "Bek", code="Delay")))
    lines = [dict(zip(report.columns, row, strict=True)) for row in report.rows]
    assert [line["code"] for line in lines] == ["Delay", "Delay > Staff", "All codes"]
    assert {line["unit"] for line in lines} == {"sentence"}
    assert (lines[0]["n"], lines[0]["coded"], lines[0]["note"]) == (12, 5, "too few to say")
    assert lines[0]["Krippendorff alpha"] == lines[0]["Cohen kappa"] == ""
    assert lines[0]["percent agreement"] == pytest.approx(9 / 12)
    assert (report.provenance.filters, report.provenance.layer) == ("code = Delay", "Anna and Bek")


def test_looking_again_gives_the_same_and_reads_no_text(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(project)
    view = AgreementView(project)
    first = view.measure(ask("Anna", "Bek"))
    monkeypatch.setattr("qcode.views.agreement.sentences_of", lambda *_: pytest.fail("the sentences were known"))
    assert view.measure(ask("Anna", "Bek")) == first


def test_what_was_coded_for_a_sample_is_compared_only_once_that_is_revealed(project: Project) -> None:
    filled(project)
    view, before = AgreementView(project), AgreementView(project).measure(ask("Anna", "Bek"))
    assert before.unrevealed == 0
    (drawn,) = draw_sample(project, "Round 1", count=1, coders=["Anna", "Bek"])
    with project.reading() as db:
        (name,) = [one.name for one in read_sources(db) if one.uuid == drawn]
    finish(project, name, "Anna", "Bek")
    measured = view.measure(ask("Anna", "Bek"))
    assert measured.unrevealed == 1
    assert "without 1 source of a sample that is not revealed yet" in view.report(measured).provenance.filters
    assert name not in {one.source.name for one in view.differences(ask("Anna", "Bek"))}
    draw_sample(project, "Round 2", share=1, coders=["Anna"])
    with pytest.raises(UserError, match=r"^What both Anna and Bek finished is \d sources? of a sample that is not revealed yet: reveal"):
        view.measure(ask("Anna", "Bek"))
    for sample in list_samples(project):
        reveal_sample(project, sample.uuid)
    measured = view.measure(ask("Anna", "Bek"))
    assert (measured.unrevealed, measured.agreement.sources) == (0, 3 if name == "three" else 2)


@pytest.mark.parametrize(
    ("coders", "said"),
    [
        (("Anna",), "two coders or more"),
        ((), "two coders or more"),
        (("Anna", "Anna"), "each named once"),
        (("Anna", "Beck"), "'Bek' is the nearest there is"),
        (("Bek", "Dilshod"), "no source that both Bek and Dilshod finished"),
        (("Eva", "Dilshod", "Faruh"), "no source that two of Eva, Dilshod and Faruh finished"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(project: Project, coders: tuple[str, ...], said: str) -> None:
    filled(project)
    for name in ("Dilshod", "Eva", "Faruh"):
        project.transact("coder", "Coder", lambda act, name=name: ensure_coder(act, name))
    with pytest.raises(UserError, match=said):
        AgreementView(project).measure(ask(*coders))


def test_differences_are_between_two(project: Project) -> None:
    filled(project)
    with pytest.raises(UserError, match="two coders, not 3"):
        AgreementView(project).differences(ask("Anna", "Bek", "Chinara"))


@pytest.mark.parametrize(("names", "said"), [(("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")])
def test_names_in_a_sentence(names: tuple[str, ...], said: str) -> None:
    assert listed(names) == said
