from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.exchange.importers.pdf_lines import Page, join_lines, settle_hyphens

WORDS = "the few inspectors of the region visit every enterprise once a year "


@pytest.mark.parametrize(
    ("broken", "elsewhere", "settled"),
    [
        ("develop\ufffement", "development", "development"),
        ("long\ufffeterm", "a long-term plan", "long-term"),
        ("long\ufffe\nterm", "how long is a term", "long-term"),
        ("раз\ufffeвитие", "Развитие идёт", "развитие"),
        ("medium\ufffesized", WORDS * 10, "medium-sized"),
        ("2015\ufffe2019", "", "2015-2019"),
        ("govern\x02ment", "government", "government"),
    ],
)
def test_a_hyphen_is_decided_by_the_rest_of_the_document(broken: str, elsewhere: str, settled: str) -> None:
    assert settle_hyphens([Page("1", broken), Page("2", elsewhere + "\n" * 99)])[0].text == settled


def test_a_document_full_of_hyphens_loses_those_it_cannot_judge() -> None:
    pages = [Page("1", "\n".join(f"some words, and ab{chr(97 + n)}\ufffexy{chr(97 + n)}" for n in range(20)))]
    assert "-" not in settle_hyphens(pages)[0].text


@given(st.lists(st.text(alphabet="ab .?:\n•1", max_size=80), max_size=5))
def test_joining_changes_blanks_only(texts: list[str]) -> None:
    text, starts = join_lines([Page(str(n), page) for n, page in enumerate(texts)])
    assert "".join(text.split()) == "".join("".join(texts).split())
    assert len(starts) == len(texts)
    assert starts == sorted(starts)


def test_bullets_titles_and_short_lines_end_a_paragraph() -> None:
    line = (WORDS * 2)[:70].strip()
    page = f"{line}\n• first\n• second\n{line}\nResults\n{line}\n{line}\nThe end.\nMore words."
    expected = f"{line}\n• first\n• second\n{line}\nResults\n{line} {line} The end.\nMore words."
    assert join_lines([Page("1", page)], {"Results"})[0] == expected


def test_a_blank_line_ends_a_paragraph_also_where_the_line_is_full() -> None:
    line = (WORDS * 2)[:70].strip()
    assert join_lines([Page("1", f"{line}\n{line}\n\n{line}"), Page("2", line)])[0] == f"{line} {line}\n{line} {line}"
