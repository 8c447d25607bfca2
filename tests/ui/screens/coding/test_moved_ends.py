"""Ends of passages, moved in every way there is: a letter as people see it is never cut."""

from __future__ import annotations

from itertools import accumulate, count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from qcode.model.span import Span
from qcode.operations.codings import apply_code
from qcode.operations.sources import add_pasted
from qcode.views.coding_document import Coding
from tests.ui.screens.coding.driver import ALT, CTRL, NONE, SHIFT, Driver

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PRESS, MOVE, RELEASE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease
DOUBLE = QEvent.Type.MouseButtonDblClick
FAMILIES = ["👩\u200d👩\u200d👧", "👩\u200d🌾", "🇰🇬", "👍🏽", "1\ufe0f\u20e3"]
LETTERS = ["e\u0301", "a\u0308", "и\u0306", *FAMILIES, "क्षि", "한", "\u1112\u1161\u11ab", "ў", "x"]
GAPS = [" ", " ", "\u00a0", "\u2028", ". ", "\n\n", ", ", "-", "\u0301"]
MARK = "\u0301"
PIECES = st.lists(st.sampled_from([*LETTERS, *GAPS]), min_size=4, max_size=30).filter(lambda pieces: len(set(pieces) & set(LETTERS)) > 0)
NUMBERS = count()


def edges(pieces: list[str]) -> set[int]:
    """The code points at which letters begin and end in a text made of these: an accent belongs to what stands before it in its line."""
    letters: list[str] = []
    for piece in pieces:
        if piece == MARK and letters and letters[-1] not in ("\n", "\u2028"):
            letters[-1] += piece
        else:
            letters += [piece] if piece in LETTERS else list(piece)
    return {0, *accumulate(len(letter) for letter in letters)}


def show(driver: Driver, text: str) -> None:
    source = add_pasted(driver.screen.project, f"Letters {next(NUMBERS)}", text)
    driver.until(lambda: any(line.uuid == source for line in driver.screen.source_list.lines))
    driver.screen.open_source(source)


def coded(driver: Driver, span: Span) -> Coding:
    """A passage coded, and selected in the margin."""
    uuid = apply_code(driver.screen.project, driver.screen.document.source.uuid, span, driver.code("Participation"))
    driver.until(lambda: driver.screen.text.marks.coding(uuid) is not None)
    driver.screen.selected.choose(uuid)
    driver.screen.text.grab()
    return driver.screen.text.marks.coding(uuid)


def point_of(driver: Driver, place: int, aside: int = 0) -> QPoint:
    """Where a code point begins, in pixels of the viewport."""
    text = driver.screen.text
    cursor = QTextCursor(text.editor.document())
    cursor.setPosition(text.shown.positions.to_units(place))
    return text.editor.cursorRect(cursor).center() + QPoint(aside, 0)


def send(widget: QWidget, kind: QEvent.Type, point: QPoint | QPointF, held: Qt.MouseButton, modifiers: Qt.KeyboardModifier = NONE) -> None:
    place = QPointF(point)
    button = NO_BUTTON if kind is MOVE else LEFT
    QApplication.sendEvent(widget, QMouseEvent(kind, place, widget.mapToGlobal(place), button, held, modifiers))


def drag_end(driver: Driver, coding: Coding, start: bool, point: QPoint, modifiers: Qt.KeyboardModifier) -> Span | None:
    """Drag an end to a point of the viewport; what was shown as selected before it was let go."""
    text = driver.screen.text
    text.grab()
    stripe = next(one for one in text.stripes.shown if one.uuid == coding.uuid)
    there = QPointF(text.stripes.mapFromGlobal(text.editor.viewport().mapToGlobal(point)))
    send(text.stripes, PRESS, QPointF(stripe.x + 2, stripe.top if start else stripe.bottom), LEFT, modifiers)
    send(text.stripes, MOVE, there, LEFT, modifiers)
    shown = text.selection()
    send(text.stripes, RELEASE, there, NO_BUTTON, modifiers)
    return shown


def step_end(driver: Driver, start: bool, arrows: list[tuple[Qt.Key, Qt.KeyboardModifier]]) -> Span | None:
    driver.key("[" if start else "]")
    for arrow, modifiers in arrows:
        driver.key(arrow, modifiers)
    shown = driver.screen.text.selection()
    driver.key(Qt.Key.Key_Return)
    return shown


ARROWS = st.lists(st.tuples(st.sampled_from([Qt.Key.Key_Left, Qt.Key.Key_Right]), st.sampled_from([NONE, SHIFT])), min_size=1, max_size=5)


@given(pieces=PIECES, data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_letter_is_cut_whichever_way_an_end_is_moved(driver: Driver, pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    show(driver, text)
    pane, whole = driver.screen.text, sorted(edges(pieces))
    start, end = sorted(data.draw(st.lists(st.sampled_from(whole), min_size=2, max_size=2, unique=True)))
    coding = coded(driver, Span(start, end))
    for _ in range(3):
        at_start = data.draw(st.booleans())
        if data.draw(st.booleans()):
            place = point_of(driver, data.draw(st.integers(0, len(text))), data.draw(st.integers(-14, 14)))
            shown = drag_end(driver, coding, at_start, place, data.draw(st.sampled_from([NONE, ALT])))
        else:
            shown = step_end(driver, at_start, data.draw(ARROWS))
        driver.until(lambda expected=shown: pane.marks.coding(coding.uuid).span == expected)
        stored = pane.marks.coding(coding.uuid).span
        assert {stored.start, stored.end} <= set(whole), ascii(stored.of(text))
        pane.select(None)


@given(pieces=PIECES, data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_letter_is_cut_whichever_way_a_passage_is_selected(driver: Driver, pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    show(driver, text)
    pane, port, whole = driver.screen.text, driver.screen.text.editor.viewport(), edges(pieces)
    places = st.tuples(st.integers(0, len(text)), st.integers(-14, 14)).map(lambda one: point_of(driver, *one))
    way = data.draw(st.sampled_from(["drag", "double", "shift", "words", "sentence", "paragraph", "found"]))
    if way == "found":
        begin = data.draw(st.integers(0, len(text) - 1))
        pane.select(Span(begin, begin + 1))
    else:
        begin = data.draw(places)
        send(port, PRESS, begin, LEFT)
        if way == "drag":
            send(port, MOVE, data.draw(places), LEFT)
        send(port, RELEASE, begin, NO_BUTTON)
    if way == "double":
        send(port, DOUBLE, begin, LEFT)
        send(port, MOVE, data.draw(places), LEFT)
        send(port, RELEASE, begin, NO_BUTTON)
    elif way == "shift":
        there = data.draw(places)
        send(port, PRESS, there, LEFT, SHIFT)
        send(port, RELEASE, there, NO_BUTTON, SHIFT)
    elif way == "words":
        for key in data.draw(st.lists(st.sampled_from([Qt.Key.Key_Left, Qt.Key.Key_Right]), min_size=1, max_size=4)):
            driver.key(key, CTRL | SHIFT)
    elif way in ("sentence", "paragraph"):
        {"sentence": driver.screen.acts.sentence, "paragraph": driver.screen.acts.paragraph}[way]()
    selected = driver.screen.acts.passage()
    if selected is None:
        return
    assert {selected.start, selected.end} <= whole, f"{way}: {selected.of(text)!a}"
    driver.screen.acts.apply(driver.code("Late money"))
    driver.until(lambda: any(one.span == selected for one in driver.codings))


def acts(driver: Driver) -> int:
    with driver.screen.project.reading() as db:
        return int(db.execute("SELECT count(*) FROM operations").fetchone()[0])


@pytest.mark.parametrize("modifiers", [NONE, ALT])
@pytest.mark.parametrize("start", [True, False])
def test_an_end_dropped_where_it_stood_is_no_act(driver: Driver, modifiers: Qt.KeyboardModifier, start: bool) -> None:
    show(driver, "one twothree four. And more words behind it")
    coding = coded(driver, Span(6, 15))
    before = acts(driver)
    text = driver.screen.text
    stripe = next(one for one in text.stripes.shown if one.uuid == coding.uuid)
    handle = QPoint(round(stripe.x) + 2, round(stripe.top if start else stripe.bottom))
    on_handle = text.editor.viewport().mapFromGlobal(text.stripes.mapToGlobal(handle))
    for point in (on_handle, point_of(driver, 6 if start else 15)):
        assert drag_end(driver, coding, start, point, modifiers) == Span(6, 15)
    assert text.marks.coding(coding.uuid).span == Span(6, 15)
    assert acts(driver) == before


@pytest.mark.parametrize(("start", "place", "left"), [(True, 24, "three."), (False, 0, "two")])
def test_an_end_taken_past_the_other_one_leaves_a_whole_word(driver: Driver, start: bool, place: int, left: str) -> None:
    text = "one two and three. four five"
    show(driver, text)
    coding = coded(driver, Span(4, 18))
    shown = drag_end(driver, coding, start, point_of(driver, place), NONE)
    assert shown is not None
    assert shown.of(text) == left
    driver.until(lambda: driver.made()[0][1] == left)
    arrow = Qt.Key.Key_Right if start else Qt.Key.Key_Left
    assert step_end(driver, start, [(arrow, NONE)] * 3) == shown
