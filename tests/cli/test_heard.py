from __future__ import annotations

import pytest

from tests.cli.desk import Desk


@pytest.fixture
def heard(desk: Desk) -> Desk:
    desk.write("people.csv", "case,parent,people,women,men,gender\nMinistry,Kyrgyzstan,3,2,1,\n")
    assert desk("cases import P.qcode people.csv").code == 0
    return desk


def test_the_table_and_the_sentence(heard: Desk) -> None:
    answer = heard("heard P.qcode")
    assert answer.err.startswith("1 talk with 3 people (2 women and 1 man)")
    assert answer.out.splitlines()[-1].split() == ["all", "all", "1", "1", "3", "2", "1", "0"]


def test_one_document_says_it_all(heard: Desk) -> None:
    document = heard("heard P.qcode --json").json
    assert list(document) == ["sentence", "total", "groups", "methods", "partners", "not_counted"]
    assert document["total"] == {"partners": 1, "sources": 1, "people": 3, "women": 2, "men": 1, "not_said": 0}
    assert document["groups"][0]["country"] == "Kyrgyzstan"
    assert document["partners"][0]["name"] == "Kyrgyzstan > Ministry"
    assert "Kyrgyzstan/KGZ02 Union.txt" in document["not_counted"]


@pytest.mark.parametrize("kind", ["md", "html", "docx", "xlsx", "csv"])
def test_every_format_is_written_and_the_same_again(heard: Desk, kind: str) -> None:
    assert heard(f"heard P.qcode -o one.{kind}").code == 0
    assert heard(f"heard P.qcode -o two.{kind}").code == 0
    assert (heard.folder / f"one.{kind}").read_bytes() == (heard.folder / f"two.{kind}").read_bytes()


def test_nothing_to_count_is_said(heard: Desk) -> None:
    assert heard("heard P.qcode --where case=Tajikistan").err == "Nobody was heard yet, as far as cases and sources say.\n"
    assert heard("heard P.qcode --where case=Nowhere").code == 1
