from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.agreement.alpha import cohen_kappa, fleiss_kappa, krippendorff_alpha
from qcode.agreement.figures import Agreement, Basis, Line, Silence
from qcode.agreement.measuring import ReadSource, between, measure_agreement
from qcode.agreement.units import Unit
from tests.agreement.made import CODE, Raw, judged_characters, raw_sources, with_units

CODES = (0, 1)
UNITS = st.sampled_from(list(Unit))
SOURCES = st.integers(2, 4).flatmap(lambda coders: st.tuples(st.just(coders), st.lists(raw_sources(coders), min_size=1, max_size=4)))
PAIRS = st.lists(raw_sources(2), min_size=1, max_size=4)


def measure(coders: int, raw: list[Raw], unit: Unit, **options: int) -> Agreement:
    names = ["Anna", "Bek", "Chinara", "Dilshod"][:coders]
    return measure_agreement(names, CODES, [with_units(unit, *one) for one in raw], unit, **{"draws": 0, **options})


def of_rows(*rows: str) -> Line:
    return measure_agreement(["Anna", "Bek", "Chinara"][: len(rows)], [CODE], [judged_characters(*rows)], Unit.CHARACTER, draws=0).lines[0]


def values_of(line: Line) -> tuple[float | None, ...]:
    return tuple(one.value for one in (line.percent, line.cohen, line.fleiss, line.alpha, line.f1))


def alike(one: tuple[float | None, ...], other: tuple[float | None, ...]) -> bool:
    return all(a == b if a is None or b is None else a == pytest.approx(b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("rows", "cohen", "alpha"),
    [
        pytest.param(("0100000010", "1110010000"), None, 0.095, id="Krippendorff 2011, A"),
        pytest.param(("1" * 25 + "0" * 25, "1" * 20 + "0" * 5 + "1" * 10 + "0" * 15), 0.40, None, id="Cohen, 20, 5, 10, 15"),
        pytest.param(("010110001111", "010100001101", "011001001000"), None, 0.234, id="Krippendorff, Content Analysis, 12.3.4.1"),
        pytest.param(("001111111100001111110000", "000011110000000110000000"), 0.385, 0.329, id="Krippendorff 1995, A"),
        pytest.param(("1" * 18 + "0" * 6, "1" * 10 + "0" * 14), 0.385, 0.329, id="Krippendorff 1995, B"),
        pytest.param(("001111110011001111001100", "110011110011110011001100"), 0.314, 0.329, id="Krippendorff 1995, C"),
    ],
)
def test_published_examples(rows: tuple[str, ...], cohen: float | None, alpha: float | None) -> None:
    line = of_rows(*rows)
    assert cohen is None or line.cohen.value == pytest.approx(cohen, abs=0.0005)
    assert alpha is None or line.alpha.value == pytest.approx(alpha, abs=0.0005)


def test_agreement_of_the_atlas_ti_manual() -> None:
    line = of_rows("1100000000", "0110010100")
    assert line.percent.value == pytest.approx(0.60)
    assert line.alpha.value == pytest.approx(0.095, abs=0.0005)


def test_pi_of_krippendorff_1995_is_fleiss_for_two() -> None:
    assert of_rows("001111111100001111110000", "000011110000000110000000").fleiss.value == pytest.approx(0.314, abs=0.0005)


def slowly(coders: int, raw: list[Raw], unit: Unit, code: int) -> list[list[bool | None]]:
    """Unit by unit, one row for each coder: coded or not, None where not judged; units that fewer than two judged left out."""
    columns = []
    for length, bounds, judges, marks in raw:
        every = {Unit.CHARACTER: [(at, at + 1) for at in range(length)], Unit.SOURCE: [(0, length)]}.get(unit, bounds)
        for start, end in every:
            column = [
                any(by == coder and of == code and first < end and start < last for of, by, first, last in marks)
                if judges[code] >> coder & 1
                else None
                for coder in range(coders)
            ]
            if coders - column.count(None) > 1:
                columns.append(column)
    return [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in range(coders)]


@given(SOURCES, UNITS, st.sampled_from(CODES))
def test_counting_by_lengths_is_counting_unit_by_unit(made: tuple[int, list[Raw]], unit: Unit, code: int) -> None:
    coders, raw = made
    rows = slowly(coders, raw, unit, code)
    columns = list(zip(*rows, strict=True))
    line = measure(coders, raw, unit).lines[code]
    assert (line.units, line.coded) == (len(columns), sum(True in column for column in columns))
    pairs = [one == other for column in columns for at, one in enumerate(column) for other in column[:at] if None not in (one, other)]
    whole = [column for column in columns if None not in column]
    assert (line.whole.units, line.whole.coded) == (len(whole), sum(True in column for column in whole))
    cohen = cohen_kappa([[columns.count((a, b)) for b in (True, False)] for a in (True, False)]) if coders == 2 else None
    expected = (
        sum(pairs) / len(pairs) if pairs else None,
        cohen,
        fleiss_kappa([[column.count(True), column.count(False)] for column in whole]) if whole else None,
        krippendorff_alpha(rows),
    )
    assert alike(values_of(line)[:4], expected)
    prevalence = [[value for value in row if value is not None] for row in rows]
    assert alike(line.prevalence, tuple(sum(row) / len(row) if row else None for row in prevalence))
    assert (line.alpha.value is None) is (line.silence is not None)


@given(SOURCES, UNITS)
def test_the_whole_is_the_judgements_of_all_codes_that_were_used(made: tuple[int, list[Raw]], unit: Unit) -> None:
    coders, raw = made
    tables = [rows for rows in (slowly(coders, raw, unit, code) for code in CODES) if any(True in row for row in rows)]
    together = [[value for rows in tables for value in rows[coder]] for coder in range(coders)]
    overall = measure(coders, raw, unit).overall
    assert overall.units == len(together[0])
    assert alike((overall.alpha.value,), (krippendorff_alpha(together),))


@given(PAIRS, UNITS)
def test_the_order_of_two_coders_does_not_matter(raw: list[Raw], unit: Unit) -> None:
    def turned(one: Raw) -> Raw:
        length, bounds, judges, marks = one
        both = {code: (bits >> 1) | (bits & 1) << 1 for code, bits in judges.items()}
        return length, bounds, both, [(code, 1 - coder, start, end) for code, coder, start, end in marks]

    one, other = measure(2, raw, unit), measure(2, [turned(source) for source in raw], unit)
    for line, turned_line in zip((*one.lines, one.overall), (*other.lines, other.overall), strict=True):
        assert alike(values_of(line), values_of(turned_line))
        assert line.prevalence == turned_line.prevalence[::-1]


@given(SOURCES, UNITS, st.randoms(use_true_random=False))
def test_the_order_of_sources_does_not_matter(made: tuple[int, list[Raw]], unit: Unit, chance: object) -> None:
    coders, raw = made
    mixed = sorted(raw, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert alike(values_of(measure(coders, raw, unit).overall), values_of(measure(coders, mixed, unit).overall))


@given(PAIRS, UNITS)
def test_coders_who_do_the_same_agree_wholly(raw: list[Raw], unit: Unit) -> None:
    same = [
        (length, bounds, dict.fromkeys(judges, 3), [(code, coder, *place) for code, _, *place in marks for coder in (0, 1)])
        for length, bounds, judges, marks in raw
    ]
    found = measure(2, same, unit, draws=20)
    for line in (*found.lines, found.overall):
        assert line.percent.value in (None, 1)
        assert {one.value for one in (line.cohen, line.fleiss, line.alpha)} == ({None} if line.silence else {1})
        assert line.f1.value == (None if line.silence is Silence.NOBODY and not line.f1.value else 1) or line.units == 0


@given(PAIRS, UNITS, st.data())
def test_a_coding_within_what_its_coder_coded_changes_nothing(raw: list[Raw], unit: Unit, data: st.DataObject) -> None:
    def crowded(one: Raw) -> Raw:
        length, bounds, judges, marks = one
        more = []
        for code, coder, start, end in marks:
            first = data.draw(st.integers(start, end - 1))
            more.append((code, coder, first, data.draw(st.integers(first + 1, end))))
        return length, bounds, judges, [*marks, *more]

    assert measure(2, [crowded(one) for one in raw], unit, unitising=True) == measure(2, raw, unit, unitising=True)


@given(PAIRS, UNITS)
def test_what_an_unread_code_holds_counts_for_nothing(raw: list[Raw], unit: Unit) -> None:
    bare = [(length, bounds, judges, [mark for mark in marks if judges[mark[0]] == 3]) for length, bounds, judges, marks in raw]
    assert measure(2, raw, unit) == measure(2, bare, unit)


@given(SOURCES, UNITS)
def test_two_of_several_are_measured_as_if_alone(made: tuple[int, list[Raw]], unit: Unit) -> None:
    _, raw = made
    shared = [between(with_units(unit, *one), 1, 0) for one in raw]
    alone = [
        (length, bounds, {code: (bits >> 1 & 1) | (bits & 1) << 1 for code, bits in judges.items()}, [
            (code, 1 - coder, start, end) for code, coder, start, end in marks if coder < 2
        ])
        for length, bounds, judges, marks in raw
    ]
    assert measure_agreement(("B", "A"), CODES, shared, unit, draws=0).lines == measure(2, alone, unit).lines


def test_nobody_and_everybody_everywhere_have_no_kappa() -> None:
    nobody, everybody = of_rows("0" * 12, "0" * 12), of_rows("1" * 12, "1" * 12)
    assert (nobody.silence, everybody.silence) == (Silence.NOBODY, Silence.EVERYWHERE)
    assert values_of(nobody) == (1, None, None, None, None)
    assert values_of(everybody) == (1, None, None, None, 1)


def test_a_code_that_was_not_read_says_so() -> None:
    line = measure_agreement(["A", "B"], [CODE], [replace(judged_characters("1", "1"), judges={CODE: 1})], Unit.CHARACTER).lines[0]
    assert (line.silence, line.units, line.sources) == (Silence.UNREAD, 0, 0)
    assert values_of(line) == (None,) * 5


@pytest.mark.parametrize(("judges", "silence"), [(3, Silence.NONE), (1, Silence.UNREAD)])
def test_all_codes_together_say_nobody_coded_only_where_two_finished(judges: int, silence: Silence) -> None:
    read = replace(judged_characters("0" * 12, "0" * 12), judges={CODE: judges, 8: judges})
    overall = measure_agreement(["A", "B"], [CODE, 8], [read], Unit.CHARACTER).overall
    assert (overall.silence, overall.units) == (silence, 0)


@pytest.mark.parametrize(("coded", "too_few"), [(9, True), (10, False)])
def test_under_ten_coded_units_are_too_few(coded: int, too_few: bool) -> None:
    assert of_rows("1" * coded + "0" * 90, "0" * (coded + 90)).too_few is too_few


def test_what_rests_on_one_source_has_no_interval_and_says_on_how_little_it_rests() -> None:
    pair = judged_characters("1" * 20 + "0" * 30, "1" * 18 + "0" * 32, "0" * 50)
    alone = judged_characters("1" + "0" * 29, "0" * 30, "0" * 30)
    two = replace(pair, judges={CODE: 3}, marks=[mark for mark in pair.marks if mark[1] < 2])
    line = measure_agreement(["A", "B", "C"], [CODE], [two, two, alone], Unit.CHARACTER).lines[0]
    assert (line.sources, line.units, line.coded) == (3, 130, 41)
    assert line.whole == Basis(1, 30, 1)
    assert line.whole.too_few
    assert not line.too_few
    assert line.fleiss.value is not None
    assert (line.fleiss.low, line.fleiss.high) == (None, None)
    assert line.alpha.low is not None


def test_codes_nobody_used_do_not_raise_the_whole() -> None:
    source = judged_characters("110100", "011100")
    wide = replace(source, judges={CODE: 3, 8: 3})
    one = measure_agreement(["A", "B"], [CODE], [source], Unit.CHARACTER, unitising=True)
    more = measure_agreement(["A", "B"], [8, CODE], [wide], Unit.CHARACTER, unitising=True)
    assert one.overall == more.overall
    assert values_of(one.overall) == values_of(one.lines[0]) == values_of(more.lines[1])
    assert more.lines[1].unitised == one.lines[0].unitised


def test_passages_compare_by_their_overlap() -> None:
    marks = [(CODE, 0, 0, 10), (CODE, 1, 0, 6), (CODE, 0, 20, 30), (CODE, 1, 28, 38), (CODE, 1, 50, 60)]
    source = replace(judged_characters("0" * 99, "0" * 99), marks=marks)
    f1 = {
        enough: measure_agreement(["A", "B"], [CODE], [source], Unit.CHARACTER, enough=enough).lines[0].f1.value
        for enough in (0.05, 0.5, 0.9)
    }
    assert f1 == {0.05: pytest.approx(4 / 5), 0.5: pytest.approx(2 / 5), 0.9: 0}


def test_three_coders_f1_is_over_all_pairs() -> None:
    marks = [(CODE, 0, 0, 10), (CODE, 1, 0, 10), (CODE, 2, 50, 60)]
    source: ReadSource = replace(judged_characters("0" * 99, "0" * 99, "0" * 99), marks=marks)
    assert measure_agreement(["A", "B", "C"], [CODE], [source], Unit.CHARACTER).lines[0].f1.value == pytest.approx(1 / 3)


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="two coders"):
        measure_agreement(["A"], [CODE], [], Unit.CHARACTER)
    with pytest.raises(ValueError, match="overlap"):
        measure_agreement(["A", "B"], [CODE], [], Unit.CHARACTER, enough=0)


def test_no_sources_give_no_figures() -> None:
    found = measure_agreement(["A", "B"], [CODE], [], Unit.SOURCE)
    assert (found.sources, found.draws, found.overall.silence) == (0, 0, Silence.UNREAD)
