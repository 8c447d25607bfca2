"""The coding screen with real keys and a real mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.codes import change_code, delete_codes
from qcode.operations.codings import apply_code
from qcode.operations.purge import purge_source
from qcode.operations.sources import add_pasted, delete_sources
from tests.ui.screens.coding.driver import ALT, CTRL, NONE, SHIFT, Driver, drop
from ui.screens.coding.keys import by_place
from ui.screens.coding.mime import CODE, PASSAGE
from ui.workspace import Place


def test_keys_only_select_code_memo_undo(driver: Driver) -> None:
    driver.caret_at("Nobody")
    driver.key("l")
    assert driver.words() == "Nobody had asked us before."
    driver.key(Qt.Key.Key_Space)
    driver.type("turn")
    driver.pick(Qt.Key.Key_Return)
    driver.until(lambda: ("Staff turnover", "Nobody had asked us before.") in driver.made())
    assert not driver.screen.picker.isVisible()
    assert driver.screen.acts.current() is not None
    driver.key("m")
    QTest.keyClicks(driver.screen.inspector.memo, "Compare the union.")
    QTest.keyClick(driver.screen.inspector.memo, Qt.Key.Key_Escape)
    driver.screen.inspector.save_memo()
    driver.until(lambda: any(one.memo == "Compare the union." for one in driver.codings))
    driver.screen.project.undo()
    driver.until(lambda: all(one.memo != "Compare the union." for one in driver.codings))
    driver.screen.project.undo()
    driver.until(lambda: "Staff turnover" not in dict(driver.made()))
    driver.screen.project.redo()
    driver.until(lambda: "Staff turnover" in dict(driver.made()))


def test_space_without_a_selection_takes_the_sentence_and_tab_adds_another_code(driver: Driver) -> None:
    driver.caret_at("had asked")
    driver.key(Qt.Key.Key_Space)
    driver.type("tech")
    driver.pick(Qt.Key.Key_Tab)
    driver.until(lambda: ("Technical expertise", "Nobody had asked us before.") in driver.made())
    assert driver.screen.picker.isVisible()
    assert driver.words() == "Nobody had asked us before."
    driver.pick(Qt.Key.Key_1, ALT)
    driver.type("late")
    driver.until(lambda: not driver.screen.picker.isVisible())


def test_the_picker_never_covers_the_passage(driver: Driver) -> None:
    for words in ("They came", "Very late"):
        start = driver.screen.text.text.index(words)
        driver.screen.text.select(Span(start, start + len(words)))
        driver.key(Qt.Key.Key_Space)
        span = driver.screen.text.selection()
        assert span is not None
        assert not driver.screen.picker.geometry().intersects(driver.screen.text.rect_of(span))
        driver.pick(Qt.Key.Key_Escape)
        driver.screen.picker.hide()


def test_a_new_code_is_made_and_applied_as_one_act(driver: Driver) -> None:
    driver.screen.codebook.show_current(driver.code("Late money"))
    driver.caret_at("Nobody")
    driver.key("n")
    driver.type("Being asked")
    driver.pick(Qt.Key.Key_Return, CTRL)
    driver.until(lambda: ("Being asked", "Nobody had asked us before.") in driver.made())
    made = next(code for code in driver.screen.codes.codes.values() if code.name == "Being asked")
    assert made.path == "Constraints > Being asked"
    driver.screen.project.undo()
    driver.until(lambda: all(code.name != "Being asked" for code in driver.screen.codes.codes.values()))
    assert ("Being asked", "Nobody had asked us before.") not in driver.made()


def test_sentence_and_paragraph_grow_with_each_press(driver: Driver) -> None:
    driver.caret_at("They")
    driver.key("l")
    driver.key("l")
    assert driver.words() == "They came to us before the law was written. Nobody had asked us before."
    driver.screen.text.select(None)
    driver.caret_at("Nobody")
    driver.key("p")
    driver.key("p")
    assert driver.words() == driver.screen.text.text.strip()


def test_repeat_recode_flags_and_remove(driver: Driver) -> None:
    driver.caret_at("Very")
    driver.key(".")
    driver.screen.acts.recent = [driver.code("Late money")]
    driver.key(".")
    driver.until(lambda: ("Late money", "😀 Very late.") in driver.made())
    driver.key("i")
    driver.key("c")
    driver.until(lambda: any(one.important and one.contradicts for one in driver.codings))
    driver.key(Qt.Key.Key_Space, SHIFT)
    driver.type("staff")
    driver.pick(Qt.Key.Key_Return)
    driver.until(lambda: ("Staff turnover", "😀 Very late.") in driver.made())
    driver.key(Qt.Key.Key_Space, SHIFT)
    driver.type("staff")
    driver.pick(Qt.Key.Key_Return)
    assert driver.said[-1] == "Already coded Staff turnover"
    driver.key(Qt.Key.Key_Delete)
    driver.until(lambda: ("Staff turnover", "😀 Very late.") not in driver.made())
    assert driver.screen.inspector.coding == "" or driver.screen.acts.current() is not None


def test_how_many_codings_are_here_is_said_after_each_act(driver: Driver) -> None:
    said: list[str] = []
    driver.screen.status.connect(said.append)
    before = len(driver.codings)
    driver.caret_at("Very")
    driver.screen.acts.recent = [driver.code("Late money")]
    driver.key(".")
    driver.until(lambda: len(driver.codings) == before + 1)
    driver.until(lambda: said[-1].endswith(f"{before + 1} codings here"))
    driver.screen.project.undo()
    driver.until(lambda: said[-1].endswith(f"{before} codings here"))


def test_the_ends_are_moved_with_keys(driver: Driver) -> None:
    coding = next(one for one in driver.codings if driver.screen.codes.name(one.code) == "Participation")
    driver.screen.selected.go_to(coding.uuid)
    driver.key("]")
    driver.key(Qt.Key.Key_Left)
    driver.key(Qt.Key.Key_Left)
    driver.key(Qt.Key.Key_Return)
    driver.until(lambda: ("Participation", "They came to us before the law") in driver.made())
    driver.key("[")
    driver.key(Qt.Key.Key_Right)
    driver.key(Qt.Key.Key_Escape)
    assert ("Participation", "They came to us before the law") in driver.made()


def test_while_an_end_is_moved_undo_takes_its_moves_back(driver: Driver) -> None:
    screen = driver.screen
    coding = next(one for one in driver.codings if screen.codes.name(one.code) == "Participation")
    screen.selected.go_to(coding.uuid)
    assert not screen.step_back()
    driver.key("]")
    driver.key(Qt.Key.Key_Left)
    one_word_less = screen.text.selection()
    driver.key(Qt.Key.Key_Left)
    assert screen.step_back()
    assert screen.text.selection() == one_word_less
    assert screen.step_back()
    assert screen.text.selection() == coding.span
    assert screen.step_back()
    assert not screen.ends.is_taken
    assert not screen.step_back()
    assert ("Participation", coding.span.of(screen.text.text)) in driver.made()


@pytest.mark.parametrize("letter", ["e\u0301", "👩\u200d👩\u200d👧", "🇰🇬", "👍🏽", "क्षि"])
@pytest.mark.parametrize(("key", "arrow", "left"), [("]", Qt.Key.Key_Left, "b"), ("[", Qt.Key.Key_Right, "c")])
def test_ends_are_moved_by_whole_letters(driver: Driver, letter: str, key: str, arrow: Qt.Key, left: str) -> None:
    words = f"b{letter}" if key == "]" else f"{letter}c"
    source = add_pasted(driver.screen.project, "Letters", f"a {words} d")
    driver.until(lambda: any(line.uuid == source for line in driver.screen.source_list.lines))
    driver.screen.open_source(source)
    driver.screen.text.select(Span(2, 2 + len(words)))
    driver.screen.acts.apply(driver.code("Participation"))
    driver.until(lambda: ("Participation", words) in driver.made())
    driver.screen.selected.go_to(driver.codings[0].uuid)
    driver.key(key)
    driver.key(arrow, SHIFT)
    driver.key(Qt.Key.Key_Return)
    driver.until(lambda: ("Participation", left) in driver.made())


def test_a_passage_coded_so_already_is_not_claimed_as_an_act(driver: Driver) -> None:
    coding = next(one for one in driver.codings if driver.screen.codes.name(one.code) == "Participation")
    did: list[str] = []
    driver.screen.did.connect(did.append)
    driver.screen.acts.apply(coding.code, coding.span)
    assert driver.said[-1] == "Already coded Participation"
    assert did == []


def test_after_a_passage_that_was_coded_so_already_the_inspector_follows_the_caret(driver: Driver) -> None:
    one, other = sorted(driver.codings, key=lambda each: each.start)[0], sorted(driver.codings, key=lambda each: each.start)[-1]
    driver.screen.acts.apply(one.code, one.span)
    assert driver.screen.inspector.coding == one.uuid
    driver.screen.text.put_caret((other.start + other.end) // 2)
    at_caret = {each.uuid for each in driver.codings if each.start <= driver.screen.text.caret() < each.end}
    assert driver.screen.inspector.coding in at_caret
    driver.screen.text.setFocus()
    driver.key(Qt.Key.Key_Delete)
    driver.until(lambda: len(at_caret - {each.uuid for each in driver.codings}) == 1)
    assert one.uuid in {each.uuid for each in driver.codings}


def test_an_act_in_the_source_before_holds_nothing_up_in_the_next(driver: Driver) -> None:
    screen = driver.screen
    source = add_pasted(screen.project, "Next", "Nobody was paid. Nobody knew why.")
    driver.until(lambda: any(line.uuid == source for line in screen.source_list.lines))
    span = Span(0, 3)
    screen.acts.apply(driver.code("Participation"), span)
    screen.open_source(source)
    screen.acts.apply(driver.code("Participation"), Span(0, 6))
    driver.until(lambda: len(driver.codings) == 1)
    screen.text.put_caret(20)
    assert screen.inspector.coding == ""
    screen.text.put_caret(2)
    assert screen.inspector.coding == driver.codings[0].uuid


@pytest.mark.parametrize("away", ["withdrawn", "deleted"])
def test_the_source_that_is_open_goes_away(driver: Driver, away: str) -> None:
    """By a merge with the file of somebody who withdrew it, by an undo of the merge that had brought it, or by another's hand."""
    screen = driver.screen
    source = screen.document.source.uuid
    assert driver.codings
    before = len(screen.source_list.lines)
    if away == "withdrawn":
        purge_source(screen.project, source)
    else:
        delete_sources(screen.project, [source])
    driver.until(lambda: len(screen.source_list.lines) == before - 1)
    assert screen.document is None or screen.document.source.uuid != source
    assert source not in {line.uuid for line in screen.source_list.lines}
    assert screen.inspector.coding == ""
    if away == "deleted":
        screen.project.undo()
        driver.until(lambda: len(screen.source_list.lines) == before)


def test_an_end_that_may_not_stand_there_is_refused_in_words(driver: Driver) -> None:
    coding = next(one for one in driver.codings if driver.screen.codes.name(one.code) == "Participation")
    longer = Span(coding.start, coding.end - 5)
    apply_code(driver.screen.project, driver.screen.document.source.uuid, longer, coding.code, coder=coding.coder)
    driver.screen.selected.go_to(coding.uuid)
    driver.key("]")
    for _ in range(5):
        driver.key(Qt.Key.Key_Left, SHIFT)
    driver.key(Qt.Key.Key_Return)
    assert "has this very passage coded so already" in driver.said[-1]


def test_codings_are_walked_and_the_inspector_follows_the_caret(driver: Driver) -> None:
    driver.screen.text.put_caret(0)
    names = []
    for _ in range(2):
        driver.screen.acts.step(1)
        current = driver.screen.acts.current()
        assert current is not None
        names.append(driver.screen.codes.name(current.code))
    assert set(names) == {"Participation", "Late money"}
    driver.caret_at("Nobody")
    assert driver.screen.inspector.coding == ""
    driver.caret_at("came to us")
    assert driver.screen.inspector.coding != ""
    driver.screen.inspector.pin.setChecked(True)
    pinned = driver.screen.inspector.coding
    driver.caret_at("Nobody")
    assert driver.screen.inspector.coding == pinned


def test_the_mouse_only_select_click_code_stripe_and_remove(driver: Driver, qtbot: QtBot) -> None:
    text, port = driver.screen.text, driver.screen.text.editor.viewport()
    text.grab()
    points = []
    for place in (text.text.index("The money"), text.text.index("late. 😀")):
        cursor = QTextCursor(text.editor.document())
        cursor.setPosition(text.shown.positions.to_units(place))
        points.append(text.editor.cursorRect(cursor).center())
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=points[0])
    qtbot.mouseMove(port, points[1])
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=points[1])
    view = driver.screen.codebook.view
    index = driver.screen.codebook.model.index_of(driver.code("Participation"))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    driver.until(lambda: ("Participation", "The money came ") in driver.made())
    text.grab()
    new = next(one for one in driver.codings if one.span.of(text.text) == "The money came ")
    stripe = next(one for one in text.stripes.shown if one.uuid == new.uuid)
    text.put_caret(0)
    qtbot.mouseClick(text.stripes, Qt.MouseButton.LeftButton, pos=QPoint(int(stripe.x) + 2, int(stripe.top + stripe.bottom) // 2))
    assert driver.screen.inspector.coding == new.uuid
    qtbot.mouseClick(driver.screen.inspector.short_id, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == new.short_id
    qtbot.mouseClick(driver.screen.inspector.star, Qt.MouseButton.LeftButton)
    driver.until(lambda: any(one.important for one in driver.codings))
    qtbot.mouseClick(driver.screen.inspector.buttons["remove"], Qt.MouseButton.LeftButton)
    driver.until(lambda: ("Participation", "The money came ") not in driver.made())


def test_a_click_on_a_code_without_a_selection_goes_to_its_next_passage(driver: Driver, qtbot: QtBot) -> None:
    view, name = driver.screen.codebook.view, "Late money"
    driver.screen.text.put_caret(0)
    index = driver.screen.codebook.model.index_of(driver.code(name))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    current = driver.screen.acts.current()
    assert current is not None
    assert driver.screen.codes.name(current.code) == name
    assert driver.screen.text.marks.only == driver.code(name)
    driver.key(Qt.Key.Key_Escape)
    assert driver.screen.text.marks.only == ""


def test_text_is_dropped_on_a_code_and_a_code_on_text(driver: Driver) -> None:
    text, view = driver.screen.text, driver.screen.codebook.view
    text.grab()
    start = text.text.index("Nobody")
    text.select(Span(start, start + 6))
    index = driver.screen.codebook.model.index_of(driver.code("Late money"))
    assert drop(view.viewport(), text.owner.passage_as_data(), view.visualRect(index).center())
    driver.until(lambda: ("Late money", "Nobody") in driver.made())
    data = QMimeData()
    data.setData(CODE, QByteArray(driver.code("Technical expertise").encode()))
    text.select(None)
    cursor = QTextCursor(text.editor.document())
    cursor.setPosition(text.shown.positions.to_units(text.text.index("Very") + 2))
    assert drop(text.editor.viewport(), data, text.editor.cursorRect(cursor).center())
    driver.until(lambda: ("Technical expertise", "😀 Very late.") in driver.made())
    assert text.owner.passage_as_data().hasFormat(PASSAGE) is bool(text.selection())
    assert driver.screen.codebook.model.mimeData([index]).hasFormat(CODE)


def test_find_goes_round_and_says_how_many(driver: Driver) -> None:
    driver.screen.finding.open()
    bar = driver.screen.find_bar
    QTest.keyClicks(bar.field, "LATE")
    driver.until(lambda: bar.count.text() == "1 of 2")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert (bar.count.text(), driver.words()) == ("2 of 2", "late")
    driver.screen.finding.step(1)
    assert bar.count.text() == "1 of 2"
    QTest.keyClicks(bar.field, "zz")
    driver.until(lambda: bar.count.text() == "Not found")
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_finishing_goes_to_the_next_unread_source(driver: Driver) -> None:
    before = driver.screen.document
    assert before is not None
    driver.screen.finish()
    driver.until(lambda: (line := driver.screen.source_list.line(before.source.uuid)) is not None and line.status is ReadingStatus.FINISHED)
    assert driver.screen.document is not None
    assert driver.screen.document.source.label == "TJK01"
    driver.screen.open_neighbour(-1)
    assert driver.screen.document.source.label == "KGZ02"
    assert driver.screen.head.shown_status is ReadingStatus.FINISHED


def test_a_place_is_shown_with_its_coding(driver: Driver) -> None:
    line = next(line for line in driver.screen.source_list.lines if line.label == "TJK01")
    driver.screen.show_place(Place(line.uuid, 0, 34))
    assert driver.words() == "Специалист ответил в тот же вечер."
    assert driver.screen.acts.current() is not None


def test_what_others_do_is_shown(driver: Driver) -> None:
    screen = driver.screen
    assert screen.document is not None
    apply_code(screen.project, screen.document.source.uuid, Span(0, 4), driver.code("Late money"), coder="Berik")
    driver.until(lambda: ("Late money", "They") in driver.made())
    assert screen.codebook.model.counts(driver.code("Late money")) == (2, 2)
    change_code(screen.project, driver.code("Late money"), name="Money")
    driver.until(lambda: "Money" in dict(driver.made()))
    screen.toolbar._group.button(2).click()
    assert len(screen.text.marks.all()) == 1
    delete_codes(screen.project, [driver.code("Money")])
    driver.until(lambda: [name for name, _ in driver.made()] == ["Participation"])


def test_sources_are_filtered_by_words_and_status(driver: Driver) -> None:
    pane = driver.screen.sources
    QTest.keyClicks(pane.field, "kgz")
    driver.until(lambda: len(pane.model.sources()) == 2)
    QTest.keyClicks(pane.field, "zzz")
    driver.until(lambda: pane.nothing.isVisible())
    pane.nothing.asked.emit()
    assert len(pane.model.sources()) == 4
    pane._statuses.button(1).click()
    assert [line.label for uuid in pane.model.sources() if (line := driver.screen.source_list.line(uuid))] == ["UZB01"]


def test_codes_are_filtered_with_what_stands_above_them(driver: Driver) -> None:
    pane = driver.screen.codebook
    QTest.keyClicks(pane.field, "late")
    driver.until(lambda: len(pane.model.all_keys()) == 2)
    QTest.keyClick(pane.field, Qt.Key.Key_Escape)
    driver.until(lambda: len(pane.model.all_keys()) == 6)


def test_models_keep_qts_rules(driver: Driver, qtmodeltester: object) -> None:
    for model in (driver.screen.sources.model, driver.screen.codebook.model, driver.screen.picker.model):
        qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_every_control_has_a_name_and_no_two_actions_share_a_key(driver: Driver) -> None:
    controls = [*driver.screen.findChildren(QAbstractButton), *driver.screen.findChildren(QLineEdit)]
    unnamed = [one for one in controls if not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))]
    assert [(one, one.parent()) for one in unnamed] == []
    keys = [key for action in driver.screen.actions_of() for key in action.keys]
    assert len(keys) == len(set(keys))


def test_letters_go_by_their_place_on_other_layouts(driver: Driver) -> None:
    driver.caret_at("Nobody")
    event = QKeyEvent(QKeyEvent.Type.KeyPress, 0x0414, NONE, 46, 0, 0, "д")
    QApplication.sendEvent(driver.screen.text.editor, event)
    assert driver.words() == "Nobody had asked us before."
    assert [by_place(58, 0, "linux"), by_place(0, 0x4D, "win32"), by_place(1, 46, "darwin")] == ["M", "M", "M"]
    assert [by_place(34, 0, "linux"), by_place(0, 0xDB, "win32"), by_place(1, 33, "darwin")] == ["[", "[", "["]


def test_a_memo_being_written_is_saved_when_another_source_is_opened(driver: Driver) -> None:
    coding = next(one for one in driver.codings if driver.screen.codes.name(one.code) == "Participation")
    driver.screen.selected.go_to(coding.uuid)
    driver.screen.inspector.write_memo()
    QTest.keyClicks(driver.screen.inspector.memo, "Not lost")
    driver.open("TJK01")
    driver.open("KGZ02")
    driver.until(lambda: any(one.memo == "Not lost" for one in driver.codings))


def test_in_a_narrow_window_every_pane_is_a_tab(driver: Driver) -> None:
    screen = driver.screen
    screen.resize(1000, 640)
    driver.until(lambda: not screen.inspector.isVisible())
    driver.screen.acts.step(1)
    driver.key("m")
    assert screen.inspector.isVisible()
    screen.filter_codes()
    assert screen.codebook.isVisible()
    screen.resize(1364, 820)
    driver.until(lambda: screen.inspector.isVisible() and screen.codebook.isVisible() and screen.sources.isVisible())
