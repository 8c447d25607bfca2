from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.model.document import Block, BlockKind
from qcode.text.structure import find_blocks

HEADING, PARAGRAPH, QUESTION, TURN = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.QUESTION, BlockKind.TURN
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

PARTS = "Findings|1.2 Scope|# Title|Respondent:|R2: yes|Why?|- item|and so on"
SIGNS = "\u2028|\u0085|\u00a0|😊|Модератор: да?|\x1c|\ufeff|e\u0301|.|:|?|\v|\f"
PIECES = st.sampled_from([*PARTS.split("|"), *SIGNS.split("|"), "word " * 20, " ", "\t", "\n", "\n\n"])
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200)


def obey_laws(text: str, blocks: tuple[Block, ...]) -> None:
    covered = set()
    at = 0
    for block in blocks:
        assert at <= block.start < block.end <= len(text)
        words = text[block.start : block.end]
        assert words == words.strip()
        covered.update(range(block.start, block.end))
        at = block.end
    assert all(position in covered for position, character in enumerate(text) if not character.isspace())


@given(TEXTS)
def test_blocks_hold_every_character_once(text: str) -> None:
    obey_laws(text, find_blocks(text))


def kinds(text: str) -> list[tuple[str, BlockKind, int, str]]:
    return [(text[block.start : block.end], block.kind, block.level, block.speaker) for block in find_blocks(text)]


def test_only_a_line_feed_ends_a_paragraph() -> None:
    text = "  😊 one\u2028still one\u0085 and\v here \nзначит, two\u00a0\n\n"
    assert [words for words, *_ in kinds(text)] == ["😊 one\u2028still one\u0085 and\v here", "значит, two"]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Key findings", 2),
        ("KEY FINDINGS", 1),
        ("1. Context", 1),
        ("2.3 Effectiveness", 2),
        ("II.1 Implementing partners", 2),
        ("Основные выводы", 2),
        ("### Results", 3),
        ("# 2021", 1),
    ],
)
def test_headings_stand_alone_without_a_stop(line: str, level: int) -> None:
    text = f"The beginning of it all.\n\n{line}\n\nThe words below the heading, which end with a stop.\n"
    assert kinds(text)[1] == (line, HEADING, level, "")


@pytest.mark.parametrize(
    "line", ["It ends here.", "- a bullet", "small letters", "Efficiency ...... 12", "I. CONTEXT (7)", "12", "word " * 15, "A, b,"]
)
def test_other_short_lines_are_no_headings(line: str) -> None:
    text = f"The beginning.\n\n{line}\n\nThe words below it."
    assert kinds(text)[1][1] is PARAGRAPH


def test_a_list_of_short_lines_holds_no_headings() -> None:
    text = "Sources.\n\n" + "\n\n".join(["Document review", "Survey", "Interviews", "Focus groups"]) + "\n\nThen words follow."
    assert {kind for _, kind, *_ in kinds(text)} == {PARAGRAPH}


def test_a_heading_needs_something_below_it() -> None:
    assert kinds("Some words here.\n\nThe end")[-1][1] is PARAGRAPH


@pytest.mark.parametrize(
    ("line", "kind", "speaker"),
    [
        ("Respondent: Two of us.", TURN, "Respondent"),
        ("R2: We left.", TURN, "R2"),
        ("Модератор: Спасибо.", TURN, "Модератор"),
        ("Модератор: Почему?", QUESTION, "Модератор"),
        ("Интервьюер: Расскажите.", QUESTION, "Интервьюер"),
        ("Вопрос: Почему", QUESTION, "Вопрос"),
        ("Question\u00a0: Pourquoi ?", QUESTION, "Question"),
        ("Q: Tell me.", QUESTION, "Q"),
        ("**Interviewer:** Tell me.", QUESTION, "Interviewer"),
        ("[00:01:02] Respondent 3 (woman, 34): Yes.", TURN, "Respondent 3"),
        ("Respondent: What could I say?", TURN, "Respondent"),
        ("What changed after 2020?", QUESTION, ""),
        ("«Что изменилось?»", QUESTION, ""),
        ("Events + + ?", PARAGRAPH, ""),
        ("Note: nobody came.", PARAGRAPH, ""),
        ("Aigul: only once.", PARAGRAPH, ""),
        ("http://example.org: a page", PARAGRAPH, ""),
        ("At 12:30 we met.", PARAGRAPH, ""),
    ],
)
def test_questions_and_turns(line: str, kind: BlockKind, speaker: str) -> None:
    extra = "R2: Again.\n" if line.startswith("R2") else ""
    assert kinds(f"{extra}{line}")[-1] == (line, kind, 0, speaker)


def test_a_name_that_opens_two_turns_is_a_speaker_and_a_label_is_not() -> None:
    text = "Aigul: One.\nTable 1: a\nTable 1: b\nsome words: a\nsome words: b\nM : Two.\nAigul: Three.\nM : Four."
    assert [speaker for *_, speaker in kinds(text)] == ["Aigul", "", "", "", "", "M", "Aigul", "M"]


def wrapped(width: int, paragraphs: int) -> str:
    words = "the inspectors visit every enterprise in the region once a year although their number has not grown since then "
    return "\n\n".join(textwrap.fill(words * 4, width) + "." for _ in range(paragraphs))


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_lines_wrapped_at_a_margin_are_one_block(width: int) -> None:
    text = wrapped(width, 5)
    blocks = find_blocks(text)
    assert len(blocks) == 5
    obey_laws(text, blocks)


def test_bullets_and_speakers_begin_anew_in_wrapped_text() -> None:
    text = wrapped(72, 4) + "\n- a bullet that goes on\nRespondent: yes, I do think so.\n"
    assert [kind for _, kind, *_ in kinds(text)] == [PARAGRAPH] * 5 + [TURN]


def test_short_lines_of_their_own_stay_apart() -> None:
    text = "\n".join(f"The {n} inspectors went home early that day, and nobody asked them why." for n in range(30))
    assert len(find_blocks(text)) == 30


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the checkout")
def test_the_reports_of_the_corpus_obey_the_laws() -> None:
    for path in sorted(CORPUS.glob("*.txt")):
        text = path.read_text("utf-8")
        obey_laws(text, find_blocks(text))
