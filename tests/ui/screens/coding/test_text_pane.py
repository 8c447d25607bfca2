from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qcode.model.source import Source
from qcode.model.span import Span
from qcode.text.structure import find_blocks
from qcode.views.coding_codes import CodeList
from qcode.views.coding_document import Coding, CodingDocument, Patch
from ui.document.document_edit import DocumentEdit, LongDocumentEdit, Placed
from ui.screens.coding import text_pane
from ui.screens.coding.text_pane import TextPane
from ui.screens.coding.washes import Lines
from ui.theme import Theme
from ui.workspace import Workspace

PIECES = [
    "word",
    " ",
    "Ещё",
    "é",
    "e\u0301",
    "😀",
    "👩‍🌾",
    "\u00a0",
    "\u2028",
    "\u2029",
    "\n",
    "\n\n",
    "?",
    "𝔸",
    "\t",
    "ўз",
    "\ufffc",
    "\r",
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=2, max_size=25).map("".join)


def coding_of(uuid: str, start: int, end: int, code: str) -> Coding:
    return Coding(uuid, start, end, code, "Anna", "", False, False, f"A-{uuid}", "hand")


def document_of(text: str, spans: Sequence[tuple[int, int]] = (), code: str = "") -> CodingDocument:
    source = Source(1, "s", "a.txt", "A", "A", "en", "txt", "0", len(text), "")
    codings = [coding_of(f"c{number}", start, end, code) for number, (start, end) in enumerate(spans)]
    return CodingDocument(source, text, find_blocks(text), [], codings)


@pytest.fixture
def codes(workspace: Workspace) -> CodeList:
    return CodeList(workspace.project)


@pytest.fixture
def pane(theme: Theme, codes: CodeList, qtbot: QtBot) -> TextPane:
    made = TextPane(theme, codes)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def code_of(codes: CodeList, name: str) -> str:
    return next(code.uuid for code in codes.codes.values() if code.name == name)


def words_of(pane: TextPane) -> str:
    span = pane.selection()
    return span.of(pane.text) if span else ""


def ink_of(placed: Placed) -> set[int]:
    """The units of a block that show something."""
    text = placed.block.text().encode("utf-16-le", "surrogatepass")
    letters = [text[place : place + 2].decode("utf-16-le", "surrogatepass") for place in range(0, len(text), 2)]
    shown = [unit for unit, letter in enumerate(letters) if not letter.isspace()]
    lines = Lines(placed.block)
    return {unit for unit in shown if any(right - left > 0.5 for left, _, right, _ in lines.rects(unit, unit + 1))}


def painted(pane: TextPane) -> set[int]:
    """The units behind which something is painted, one by one; blanks, which have no ink, left out."""
    found = set()
    for placed in pane.editor.visible():
        lines = Lines(placed.block)
        washes = [rect for rect, _ in pane.page.washes._of(placed.block, pane.editor.viewport().width()).grounds]
        for unit in range(placed.block.length() - 1):
            for left, top, right, bottom in lines.rects(unit, unit + 1):
                middle = QPointF((left + right) / 2, (top + bottom) / 2)
                if unit in ink_of(placed) and any(wash.contains(middle) for wash in washes):
                    found.add(placed.block.position() + unit)
    return found


def units_with_ink(pane: TextPane) -> set[int]:
    return {placed.block.position() + unit for placed in pane.editor.visible() for unit in ink_of(placed)}


@given(text=TEXTS, data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_selected_is_what_is_stored_is_what_is_painted(pane: TextPane, codes: CodeList, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    pane.show_document(document_of(text))
    assert pane.editor.document().characterCount() == len(text.encode("utf-16-le")) // 2 + 1
    pane.select(Span(start, end))
    chosen = pane.selection()
    assert chosen is not None
    assert chosen == pane.whole(Span(start, end))
    assert chosen.contains(Span(start, end))
    start, end = chosen.start, chosen.end
    assert pane.owner.passage_as_data().text() == text[start:end]
    coding = Coding("c", start, end, code_of(codes, "Late money"), "Anna", "", False, False, "A-1", "hand")
    assert pane._document is not None
    pane._document.codings["c"] = coding
    pane.patch(Patch(((None, coding),)))
    pane.grab()
    units = range(pane.shown.positions.to_units(start), pane.shown.positions.to_units(end))
    assert painted(pane) == units_with_ink(pane) & set(units)


@given(text=TEXTS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_caret_never_stands_inside_a_character_and_shift_arrows_select_stored_text(pane: TextPane, text: str) -> None:
    pane.show_document(document_of(text))
    pane.put_caret(0)
    before = 0
    for _ in range(4):
        QTest.keyClick(pane.editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        span = pane.selection()
        now = span.end if span else 0
        assert pane.shown.positions.to_units(now) == pane.editor.textCursor().position()
        assert now >= before
        before = now


def test_a_drag_with_the_mouse_selects_the_letters_under_it(pane: TextPane, qtbot: QtBot) -> None:
    text = "😀 The \u00a0 money came\u2028late. Nobody knew why."
    pane.show_document(document_of(text))
    pane.grab()
    start, end = text.index("money"), text.index("late.") + 5
    places = []
    for place in (start, end):
        cursor = QTextCursor(pane.editor.document())
        cursor.setPosition(pane.shown.positions.to_units(place))
        places.append(pane.editor.cursorRect(cursor).center())
    port = pane.editor.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=places[0])
    qtbot.mouseMove(port, places[1])
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=places[1])
    span = pane.selection()
    assert span is not None
    assert span.of(text) == "money came\u2028late."


def test_double_click_selects_a_word_and_a_third_the_sentence(pane: TextPane, qtbot: QtBot) -> None:
    text = "One is here. Two words stand here. Three."
    pane.show_document(document_of(text))
    cursor = QTextCursor(pane.editor.document())
    cursor.setPosition(text.index("words") + 2)
    point, port = pane.editor.cursorRect(cursor).center(), pane.editor.viewport()
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=point)
    assert words_of(pane) == "words"
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=point)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=point)
    assert words_of(pane) == "Two words stand here."


def test_a_click_in_the_gutter_selects_the_paragraph(pane: TextPane, qtbot: QtBot) -> None:
    text = "Why?\n\nBecause it came late.\nSo it is."
    pane.show_document(document_of(text))
    pane.grab()
    second = list(pane.editor.visible())[2]
    qtbot.mouseClick(pane.gutter, Qt.MouseButton.LeftButton, pos=QPoint(10, int(second.y) + 8))
    assert words_of(pane) == "Because it came late."


def test_stripes_lie_in_lanes_and_labels_do_not_meet(pane: TextPane, codes: CodeList) -> None:
    text = "A long sentence that is coded five times over and over again. " * 3
    code = code_of(codes, "Late money")
    pane.show_document(document_of(text, [(0, 120), (0, 60), (5, 50), (10, 40), (15, 30)], code))
    pane.grab()
    stripes = {stripe.uuid: stripe for stripe in pane.stripes.shown}
    assert [stripes[f"c{number}"].x for number in range(5)] == sorted({stripe.x for stripe in stripes.values()})
    heights = [label.y for label in pane.stripes.labels]
    assert len(heights) == 5
    assert all(below - above >= 17 for above, below in pairwise(heights))


def test_two_short_codings_in_one_line_have_a_stripe_each_that_can_be_clicked(pane: TextPane, codes: CodeList, qtbot: QtBot) -> None:
    text = "Short words here, and others there, all in one line."
    pane.show_document(document_of(text, [(0, 5), (22, 28), (36, 39)], code_of(codes, "Late money")))
    pane.grab()
    assert len({stripe.x for stripe in pane.stripes.shown}) == 3
    for stripe in pane.stripes.shown:
        with qtbot.waitSignal(pane.chosen, check_params_cb=lambda uuid, wanted=stripe.uuid: uuid == wanted):
            qtbot.mouseClick(pane.stripes, Qt.MouseButton.LeftButton, pos=QPoint(int(stripe.x) + 2, int(stripe.top + stripe.bottom) // 2))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("width", [500, 900])
def test_no_stripe_lies_on_another_wherever_one_reads(pane: TextPane, codes: CodeList, seed: int, width: int) -> None:
    chance = random.Random(seed)
    text = "\n".join("words that are read and coded over and over again " * chance.randint(1, 12) for _ in range(30))
    starts = [chance.randrange(len(text) - 200) for _ in range(80)]
    spans = [(start, start + chance.choice([1, 5, 20, 90, 200])) for start in starts]
    pane.resize(width, 600)
    pane.show_document(document_of(text, spans, code_of(codes, "Late money")))
    lanes: dict[str, float] = {}
    bar = pane.editor.verticalScrollBar()
    for value in range(0, bar.maximum() + 1, max(1, bar.maximum() // 9)):
        bar.setValue(value)
        pane.grab()
        sight = QRectF(pane.stripes.rect())
        shown = [(stripe, stripe.rect(5) & sight) for stripe in pane.stripes.shown if stripe.rect(5).intersects(sight)]
        assert not [1 for at, (_, one) in enumerate(shown) for _, other in shown[:at] if one.intersects(other)]
        for stripe, _ in shown:
            assert lanes.setdefault(stripe.uuid, stripe.x) == stripe.x, "a stripe stays in its lane while one reads on"


def test_a_stripe_is_clicked_and_its_end_dragged_to_a_word(pane: TextPane, codes: CodeList, qtbot: QtBot) -> None:
    text = "First line stands here.\nSecond line stands here.\nThird line stands here."
    pane.show_document(document_of(text, [(0, 23)], code_of(codes, "Late money")))
    pane.grab()
    stripe = pane.stripes.shown[0]
    point = QPoint(int(stripe.x) + 2, int(stripe.top + stripe.bottom) // 2)
    with qtbot.waitSignal(pane.chosen, check_params_cb=lambda uuid: uuid == "c0"):
        qtbot.mouseClick(pane.stripes, Qt.MouseButton.LeftButton, pos=point)
    pane.marks.select("c0")
    pane.grab()
    below = list(pane.editor.visible())[2]
    with qtbot.waitSignal(pane.ends_moved) as moved:
        qtbot.mousePress(pane.stripes, Qt.MouseButton.LeftButton, pos=QPoint(int(stripe.x) + 2, int(stripe.bottom)))
        qtbot.mouseMove(pane.stripes, QPoint(int(stripe.x) + 2, int(below.y) + 10))
        qtbot.mouseRelease(pane.stripes, Qt.MouseButton.LeftButton, pos=QPoint(int(stripe.x) + 2, int(below.y) + 10))
    assert moved.args == ["c0", 0, len(text)]


def test_one_coding_more_paints_only_its_own_blocks_anew(pane: TextPane, codes: CodeList) -> None:
    text = "\n".join(f"Paragraph {number} stands here." for number in range(30))
    pane.show_document(document_of(text, [(0, 5)], code_of(codes, "Late money")))
    pane.grab()
    kept = dict(pane.page.washes._kept)
    coding = Coding("new", 40, 50, code_of(codes, "Participation"), "Anna", "", False, False, "A-9", "hand")
    assert pane._document is not None
    pane._document.codings["new"] = coding
    pane.patch(Patch(((None, coding),)))
    assert kept.keys() - pane.page.washes._kept.keys() == {1}


def test_overlapping_codes_have_a_line_each_three_at_most(pane: TextPane, codes: CodeList) -> None:
    names = ["Late money", "Participation", "Staff turnover", "Technical expertise"]
    document = document_of("Four codes lie over these words.", [(0, 20), (0, 18), (0, 16), (0, 14)])
    codings = [(key, name) for key, name in zip(list(document.codings), names, strict=True)]
    for key, name in codings:
        old = document.codings[key]
        document.codings[key] = Coding(old.uuid, old.start, old.end, code_of(codes, name), "Anna", "", False, False, key, "hand")
    pane.show_document(document)
    pane.grab()
    found = pane.page.washes._of(pane.editor.document().firstBlock(), pane.editor.viewport().width())
    colours = pane.marks.colours
    assert [colour for _, colour in found.lines[:3]] == [colours(code_of(codes, name)).solid for name in names[::-1][:3]]
    assert found.grounds[0][1] == colours(code_of(codes, names[3])).wash_overlap
    assert found.grounds[-1][1] == colours(code_of(codes, names[0])).wash
    pane.marks.raise_one(2)
    assert pane.marks.segments(2, 3)[0].names[0] == "c0"


def test_long_texts_use_the_plainer_editor_with_the_same_marks(pane: TextPane, codes: CodeList, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_pane, "LONG", 10)
    text = "A text beyond the limit 😀.\nIts second line."
    pane.show_document(document_of(text, [(2, 6), (27, 30)], code_of(codes, "Late money")))
    pane.grab()
    assert isinstance(pane.editor, LongDocumentEdit)
    pane.select(Span(24, 30))
    assert pane.owner.passage_as_data().text() == text[24:30]
    assert len(pane.stripes.shown) == 2
    assert painted(pane) == {2, 3, 4, 5, 28, 29, 30}
    pane.show_document(document_of("short"))
    assert isinstance(pane.editor, DocumentEdit)


def test_the_passage_in_sight_is_well_inside(pane: TextPane) -> None:
    text = "\n\n".join(f"Paragraph {number} has some words in it, as paragraphs have." for number in range(300))
    pane.show_document(document_of(text))
    for number in (250, 3, 299, 120):
        place = text.index(f"Paragraph {number} ")
        pane.go_to(place)
        rect = pane.rect_of(Span(place, place + 5))
        port = pane.editor.viewport()
        assert port.mapToGlobal(port.rect().topLeft()).y() <= rect.top() <= port.mapToGlobal(port.rect().bottomLeft()).y() - 20
        assert any(placed.block.position() == place for placed in pane.editor.visible())


def test_another_theme_and_size_keep_place_and_marks(pane: TextPane, codes: CodeList, theme: Theme) -> None:
    pane.show_document(document_of("Some words stand here.", [(0, 4)], code_of(codes, "Late money")))
    pane.select(Span(5, 10))
    pane.set_text_scale(1.5)
    theme.set_scale(1.2)
    pane.grab()
    assert pane.selection() == Span(5, 10)
    assert painted(pane) == {0, 1, 2, 3}


def test_foreign_data_is_not_taken(pane: TextPane) -> None:
    pane.show_document(document_of("Some words."))
    data = QMimeData()
    data.setText("words of another program")
    assert not pane.owner.take_drop(data, QPoint(5, 5), True)
    assert not pane.editor.canInsertFromMimeData(data)
