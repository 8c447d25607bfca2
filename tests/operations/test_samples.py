from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.errors import UserError
from qcode.model.reading import ReadingStatus
from qcode.opening import open_project
from qcode.operations.cases import assign_source, create_case
from qcode.operations.handout import handout
from qcode.operations.merging import merge_files
from qcode.operations.readings import mark_reading
from qcode.operations.samples import draw, draw_sample, reveal_sample
from qcode.operations.sources import add_pasted
from qcode.project import Project
from qcode.views.history import read_history
from qcode.views.lists import list_sources
from qcode.views.team import handed_out_copies, headway, list_samples
from tests.operations.examples import assert_sound, new_project

SIZES = {"Kyrgyzstan": 6, "Tajikistan": 3, "Uzbekistan": 1, "": 2}


def filled(path: Path) -> Project:
    """Sources of three countries, some of people below the country, and two of none."""
    project = new_project(path)
    for country, size in SIZES.items():
        for number in range(size):
            source = add_pasted(project, f"{country or 'Nowhere'} {number}.txt", f"Note {number} of {country}.\n")
            if country:
                assign_source(project, create_case(project, f"{country} > Person {number}" if number % 2 else country), source)
    return project


def countries_of(project: Project, drawn: list[str]) -> list[str]:
    with project.reading() as db:
        names = dict(db.execute("SELECT uuid, name FROM sources").fetchall())
    return [names[source].split()[0] for source in drawn]


def test_each_country_gives_its_share_and_at_least_one(tmp_path: Path) -> None:
    with filled(tmp_path / "p.qcode") as project:
        drawn = draw_sample(project, "Round 1", count=6, seed=4, coders=["Aida", "Bek"])
        counts = countries_of(project, drawn)
        assert {country: counts.count(country) for country in sorted(set(counts))} == {
            "Kyrgyzstan": 3,
            "Nowhere": 1,
            "Tajikistan": 1,
            "Uzbekistan": 1,
        }
        (sample,) = list_samples(project)
        assert (sample.name, sample.seed, sample.revealed, sample.coders, sample.finished) == ("Round 1", 4, False, ("Aida", "Bek"), 0)
        assert sorted(sample.sources) == sorted(drawn)
        assert len(draw_sample(project, "Round 2", share=0.1)) == 4
        assert len(draw_sample(project, "Round 3", share=0.5)) == 6
        assert len(draw_sample(project, "All", share=1)) == 12
        assert_sound(project)
        assert [act.label for act in read_history(project)][-1] == "Draw the sample All"


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    with filled(tmp_path / "p.qcode") as project:
        first = draw_sample(project, "One", count=6, seed=4)
        assert draw_sample(project, "Two", count=6, seed=4) == first
        assert any(draw_sample(project, f"Seed {seed}", count=6, seed=seed) != first for seed in range(5, 9))


@given(
    sizes=st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 40), min_size=1),
    part=st.floats(0, 1),
    seed=st.integers(0, 99),
    shuffled=st.randoms(),
)
def test_whatever_the_order_of_rows(sizes: dict[str, int], part: float, seed: int, shuffled: object) -> None:
    countries = {country: [f"{country}{number}" for number in range(size)] for country, size in sizes.items()}
    wanted = round(len(sizes) + part * (sum(sizes.values()) - len(sizes)))
    drawn = draw(countries, wanted, seed)
    assert len(set(drawn)) == len(drawn) == wanted
    assert {source[0] for source in drawn} == set(sizes)
    for country, size in sizes.items():
        of_country = sum(source[0] == country for source in drawn)
        share = wanted * size / sum(sizes.values())
        assert of_country == 1 or abs(of_country - share) < max(2, len(sizes))
    for sources in countries.values():
        shuffled.shuffle(sources)  # type: ignore[attr-defined]
    assert draw(dict(reversed(countries.items())), wanted, seed) == drawn


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"count": 3}, "ask for 4 to 12"),
        ({"count": 13}, "ask for 4 to 12"),
        ({"share": 0.0}, r"above 0 and up to 1"),
        ({"share": 1.5}, r"above 0 and up to 1"),
    ],
)
def test_what_cannot_be_drawn_is_said(tmp_path: Path, asked: dict[str, float], sentence: str) -> None:
    with filled(tmp_path / "p.qcode") as project:
        with pytest.raises(UserError, match=sentence):
            draw_sample(project, "Round 1", **asked)  # type: ignore[arg-type]
        draw_sample(project, "Round 1", count=4)
        with pytest.raises(UserError, match="There is a sample 'Round 1' already"):
            draw_sample(project, "Round 1", count=4)
        with pytest.raises(UserError, match="has no name"):
            draw_sample(project, " ", count=4)
    with new_project(tmp_path / "empty.qcode") as project, pytest.raises(UserError, match="no source to draw"):
        draw_sample(project, "Round 1", count=4)


def test_a_round_of_blind_double_coding(tmp_path: Path) -> None:
    """Drawn, handed out blind, read by both, merged, revealed."""
    with filled(tmp_path / "p.qcode") as project:
        drawn = draw_sample(project, "Round 1", count=4, seed=2, coders=["Aida", "Bek"])
        sample = list_samples(project)[0].uuid
        for coder in ("Aida", "Bek"):
            handout(project, coder, tmp_path / f"{coder}.qcode", sources=drawn, blind=True, locked=True)
        with project.reading() as db:
            assert db.execute("SELECT count(*) FROM allocations").fetchone() == (8,)
        assert [(one.coder, one.locked, one.blind, one.partial) for one in handed_out_copies(project)] == [
            ("Bek", True, True, True),
            ("Aida", True, True, True),
        ]
        for coder, finished in (("Aida", 4), ("Bek", 3)):
            with open_project(tmp_path / f"{coder}.qcode") as copy:
                assert len(list_sources(copy)) == 4
                for source in drawn[:finished]:
                    mark_reading(copy, source, ReadingStatus.FINISHED)
                for source in drawn[finished:]:
                    mark_reading(copy, source, ReadingStatus.READING)
        merge_files(project, [tmp_path / "Aida.qcode", tmp_path / "Bek.qcode"])
        lines = [(line.coder, line.assigned, line.finished, line.begun) for line in headway(project, sample)]
        assert lines == [("Aida", 4, 4, 0), ("Bek", 4, 3, 1)]
        assert [line.assigned for line in headway(project)] == [4, 4]
        assert list_samples(project)[0].finished == 3
        assert reveal_sample(project, sample) is True
        assert reveal_sample(project, sample) is False
        assert list_samples(project)[0].revealed is True
        with pytest.raises(UserError, match="not in the project any more"):
            reveal_sample(project, "nothing")
