from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.text.structure import find_blocks
from ui.document.shown_text import Look, ShownText

LETTERS = "aZя?.: \n\t\u2028\u2029\r\u00a0\u0301😀\ufdd0\ufffc"
TEXTS = st.lists(st.sampled_from([*LETTERS, "Q: ", "\n\n", "Why?", "Respondent: yes"]), max_size=30).map("".join)


@given(TEXTS)
def test_what_is_shown_has_every_character_in_its_place(text: str) -> None:
    shown = ShownText(text, find_blocks(text))
    assert len(shown.shown) == len(text)
    assert len(shown.shown.encode("utf-16-le")) == len(text.encode("utf-16-le"))
    assert "".join(run.text for run in shown.runs()) == shown.shown
    assert not set(shown.shown) & set("\r\u2029\ufdd0\ufffc")


def test_lines_of_one_paragraph_flow_and_speakers_are_set_apart() -> None:
    text = "Q: Why?\n\nR2: Because of\nthe money."
    blocks = find_blocks(text)
    shown = ShownText(text, [blocks[0], type(blocks[1])(9, len(text), blocks[1].kind, 0, "R2")])
    assert [(run.look, run.text) for run in shown.runs()] == [
        (Look.SPEAKER, "Q:"),
        (Look.QUESTION, " Why?\n"),
        (Look.BLANK, "\n"),
        (Look.SPEAKER, "R2:"),
        (Look.PARAGRAPH, " Because of the money."),
    ]
    assert [shown.speaker(number) for number in (0, 1)] == ["Q", "R2"]
    assert [shown.paragraph_at(place) for place in (0, 8, 9)] == [0, 0, 1]
    assert (shown.first_in(0, 9), shown.first_in(1, 9), shown.first_in(9, 20)) == (0, -1, 1)
