from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.errors import UserError
from qcode.exchange.exporters.csv_rows import write_csv
from tests.exchange.exporters.reports import HOSTILE

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)


def read(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_exact_bytes(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ["code", "n"], [["a,b", 1], ['"', None], ["=1+1", 0.25]])
    assert (tmp_path / "a.csv").read_bytes() == b'\xef\xbb\xbfcode,n\r\n"a,b",1\r\n"""",\r\n=1+1,0.25\r\n'


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(TEXTS, max_size=5))
def test_what_is_written_comes_back_equal(tmp_path: Path, rows: list[list[str]]) -> None:
    write_csv(tmp_path / "a.csv", ["one", "two"], rows)
    assert read(tmp_path / "a.csv") == [["one", "two"], *rows]


def test_hostile_cells_stay_as_they_are(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ["words", "n"], [(word, 1) for word in HOSTILE])
    assert [row[0] for row in read(tmp_path / "a.csv")[1:]] == list(HOSTILE)


def test_an_error_in_the_rows_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError):
        write_csv(path, ["n"], ([1 // n] for n in (1, 0)))
    assert path.read_text() == "old"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_csv(tmp_path / "none" / "a.csv", ["n"], [])
