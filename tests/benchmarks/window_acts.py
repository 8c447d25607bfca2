"""A walk through the window on a project, each act measured until it is painted. A program of its own, so that it meets what a user meets:

    python -m tests.benchmarks.window_acts PROJECT NOTE

writes what it found to NOTE as JSON, and fails where the window does not show what it should. The platform is that of QT_QPA_PLATFORM.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from qcode.model.span import Span
from qcode.views.coding_sources import SourceLine
from qcode.views.matrix import MatrixQuestion
from tests.benchmarks.crowded import CROWDED
from ui.app import make_window
from ui.main_window import MainWindow
from ui.screens.coding.screen import CodingScreen
from ui.screens.matrix.screen import MatrixScreen
from ui.settings import THEME, Settings

_SIZE = (1440, 900)


class Painted(QObject):
    """Counts how often a widget was asked to paint."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.times = 0
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() is QEvent.Type.Paint
        return False

    def stop(self) -> None:
        self._widget.removeEventFilter(self)


class Clock:
    """Seconds of each act, by name, in the order they were taken."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self.times: dict[str, list[float]] = defaultdict(list)

    def until(self, done: Callable[[], bool], longest: float = 20, what: str = "the window did not come to an end") -> None:
        """Let the window work until `done`."""
        end = time.perf_counter() + longest
        while not done():
            # It waits as the window does, and leaves Python to the threads beside it meanwhile.
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            assert time.perf_counter() < end, what

    def rest(self, seconds: float = 0.02) -> None:
        """Let everything that is on its way be done, as while a user reads."""
        QTest.qWait(round(seconds * 1000))

    def take(self, name: str, act: Callable[[], object], shows: QWidget, done: Callable[[], bool] = lambda: True) -> None:
        """Time `act` until `done` holds and everything that is marked has been painted, `shows` among it."""
        self.rest()
        painted = Painted(shows)
        start = time.perf_counter()
        act()
        self.until(done)
        self.paint()
        if not painted.times:
            # A new window is painted when the system has shown it.
            self.until(lambda: painted.times > 0, 5, f"{name}: nothing was painted")
        took = time.perf_counter() - start
        painted.stop()
        self.times[name].append(took)

    def paint(self) -> None:
        """Have Qt paint now what it would paint at its next turn."""
        for kind in (QEvent.Type.LayoutRequest, QEvent.Type.UpdateRequest):
            self._application.sendPostedEvents(None, kind)


class Walk:
    """The acts, on the window with the project at `path`."""

    def __init__(self, application: QApplication, window: MainWindow, path: Path) -> None:
        self.clock = Clock(application)
        self.window, self.path = window, path
        self.peaks: dict[str, float] = {}
        #: Codings that are there at the end and were not at the beginning.
        self.applied = 0

    @property
    def coding(self) -> CodingScreen:
        screen = self.window._screens["coding"]
        assert isinstance(screen, CodingScreen)
        return screen

    @property
    def matrix(self) -> MatrixScreen:
        screen = self.window._screens["matrix"]
        assert isinstance(screen, MatrixScreen)
        return screen

    def whole(self) -> None:
        """Everything, from opening to closing."""
        self.opening()
        self.note_peak("coding")
        self.sources()
        self.coding_of(self.lines()[0], "")
        self.scrolling(self.lines()[1], "scroll step")
        self.tree_and_filters()
        self.picking()
        self.matrices()
        self.note_peak("large project")
        for line in self.crowd():
            self.crowded(line)
        self.note_peak("with the 5 MB source")
        self.window.close()

    def lines(self) -> list[SourceLine]:
        """The sources of the corpus."""
        return [line for line in self.coding.source_list.lines if line.title not in CROWDED and line.label not in CROWDED]

    def crowd(self) -> list[SourceLine]:
        """The sources with many codings, the smallest first."""
        known = {line.label: line for line in self.coding.source_list.lines} | {line.title: line for line in self.coding.source_list.lines}
        return [known[name] for name in CROWDED if name in known]

    def opening(self) -> None:
        """The project, first as the first thing that is done, then again."""
        for name in ("open a project, first", *["open a project, again"] * 3):
            self.clock.take(name, lambda: self.window.verbs.open_path(self.path), self.window.stack, self.is_usable)
            assert self.coding.text.text
            assert len(self.lines()) == int(re.findall(r"\d+", self.coding.sources.count.text())[0]) - len(self.crowd())
            if name != "open a project, again" or len(self.clock.times[name]) < 3:
                self.clock.until(lambda: not self.window.desk.tasks.running)
                self.window.desk.close()
                self.clock.rest()

    def is_usable(self) -> bool:
        screen = self.window.screen_now()
        return isinstance(screen, CodingScreen) and screen.document is not None and screen.isVisible()

    def sources(self) -> None:
        """Another source of the usual size, most for the first time."""
        for _ in range(25):
            before = self.coding.text.text
            self.clock.take("switch source", lambda: self.coding.open_neighbour(1), self.viewport)
            assert self.coding.text.text != before

    @property
    def viewport(self) -> QWidget:
        return self.coding.text.editor.viewport()

    def crowded(self, line: SourceLine) -> None:
        """A source with many codings: opened, coded, scrolled."""
        name = line.label if line.label in CROWDED else line.title
        for _ in range(5):
            self.coding.open_source(self.lines()[0].uuid)
            self.clock.take(f"open a source, {name}", lambda: self.coding.open_source(line.uuid), self.coding.text)
            assert self.coding.document is not None
            assert len(self.coding.document.codings) >= 0.9 * CROWDED[name][0]
        self.coding_of(line, f", {name}")
        self.scrolling(line, f"scroll step, {name}")

    def coding_of(self, line: SourceLine, where: str) -> None:
        """A code applied by its key, undone and redone."""
        screen = self.coding
        screen.open_source(line.uuid)
        screen.text.setFocus()
        codes = list(screen.codes.codes)
        first = screen.text.shown.blocks[2].start
        screen.acts.note_recent(codes[0])
        assert screen.document is not None
        before = count = len(screen.document.codings)

        def has(number: int) -> Callable[[], bool]:
            return lambda: screen.document is not None and len(screen.document.codings) == number

        for number in range(20):
            screen.acts.note_recent(codes[number])
            screen.text.select(Span(first + number, first + number + 40))
            count += 1
            editor = screen.text.editor
            press = partial(QTest.keyClick, editor, Qt.Key.Key_Period)
            self.clock.take(f"apply a code{where}", press, self.viewport, has(count))
        for _ in range(20):
            count -= 1
            self.clock.take(f"undo{where}", self.window.actions_made.qt("edit.undo").trigger, self.viewport, has(count))
        for _ in range(10):
            count += 1
            self.clock.take(f"redo{where}", self.window.actions_made.qt("edit.redo").trigger, self.viewport, has(count))
        self.clock.until(lambda: not self.window.desk.tasks.running)
        assert before + 10 == len(screen.document.codings)
        self.applied += 10

    def scrolling(self, line: SourceLine, name: str) -> None:
        """Steps of the wheel down the text, now and then a page."""
        self.coding.open_source(line.uuid)
        bar = self.coding.text.editor.verticalScrollBar()
        bar.setValue(0)
        for number in range(100):
            step = bar.singleStep() * 3 if number % 10 else bar.pageStep()
            if bar.value() + step > bar.maximum():
                bar.setValue(0)
            self.clock.take(name, partial(bar.setValue, bar.value() + step), self.viewport)

    def tree_and_filters(self) -> None:
        """Another code in the tree; a letter in each of the two filters."""
        tree = self.coding.codebook.view
        tree.setFocus()
        tree.setCurrentIndex(tree.model().index(0, 0))
        for _ in range(30):
            before = tree.currentIndex()
            self.clock.take("select in the code tree", lambda: QTest.keyClick(tree, Qt.Key.Key_Down), tree.viewport())
            assert tree.currentIndex() != before
        for name, pane, word in (("sources", self.coding.sources, "note"), ("codes", self.coding.codebook, "fact")):
            for _ in range(3):
                for letter in word:
                    self.clock.rest(0.2)
                    typed = len(pane.field.text()) + 1
                    self.clock.take(f"letter in the filter of {name}", partial(QTest.keyClicks, pane.field, letter), pane.field)
                    assert len(pane.field.text()) == typed
                    self.clock.take(f"list of {name} filtered", pane._pause.timeout.emit, pane.view.viewport())
                pane.field.clear()
                self.clock.rest(0.2)

    def picking(self) -> None:
        """The picker opened, four letters typed, closed."""
        screen = self.coding
        screen.open_source(self.lines()[2].uuid)
        screen.text.setFocus()
        picker = screen.picker
        for number in range(8):
            start = screen.text.shown.blocks[2].start + 5 * number
            screen.text.select(Span(start, start + 30))
            self.clock.take("open the picker", lambda: QTest.keyClick(screen.text.editor, Qt.Key.Key_Space), picker, picker.isVisible)
            for letter in "reas":
                self.clock.take("letter in the picker", partial(QTest.keyClicks, picker.field, letter), picker.list.viewport())
            assert picker.field.text() == "reas"
            assert picker.model.offers
            QTest.keyClick(picker, Qt.Key.Key_Escape)
            self.clock.until(lambda: not picker.isVisible())

    def matrices(self) -> None:
        """To the matrix and back; another cell, and its quotes."""
        def counted() -> bool:
            return not self.matrix.is_busy and self.matrix.model.rowCount() > 0

        self.clock.take("matrix, first", lambda: self.window.show_screen("matrix"), self.window.stack, counted)
        for _ in range(6):
            self.clock.take("to another screen", lambda: self.window.show_screen("coding"), self.viewport)
            self.clock.take("to another screen", lambda: self.window.show_screen("matrix"), self.matrix.grid)
            self.clock.until(counted)
        ask = partial(self.matrix.ask, MatrixQuestion(columns="case"))
        self.clock.take("matrix of 200 × 60", ask, self.matrix.grid, lambda: counted() and self.matrix.model.columnCount() >= 60)
        self.matrix.grid.set_current(2, 1)
        for number in range(24):
            key = Qt.Key.Key_Right if number % 4 == 3 else Qt.Key.Key_Down
            middle = self.matrix.grid.middle
            before = self.matrix.grid.current
            self.clock.take("another cell", partial(QTest.keyClick, middle, key), middle.viewport())
            assert self.matrix.grid.current != before
            self.clock.until(lambda: not self.matrix.is_busy)
        model, quotes = self.matrix.model, self.matrix.drill_down.list.viewport()
        # Where nothing was found the pane says why, and lists no quotes.
        found = [row for row in range(3, model.rowCount()) if model.code(row) and model.index(row, 2).data().isdigit()]
        assert len(found) >= 10
        for row in found[:10]:
            act = partial(self.matrix.grid.set_current, row, 2)
            self.clock.take("quotes of another cell", act, quotes, lambda: not self.matrix.is_busy)
        self.window.show_screen("coding")

    def note_peak(self, when: str) -> None:
        """The most memory held until now, in megabytes; nothing where the system does not say."""
        status = Path("/proc/self/status")
        if status.exists():
            self.peaks[when] = int(re.findall(r"VmHWM:\s+(\d+)", status.read_text())[0]) / 1000


def bare(clock: Clock, texts: dict[str, str]) -> None:
    """The same with a bare text field of Qt: shown, a step scrolled, a passage painted anew."""
    field = QPlainTextEdit()
    field.resize(900, 800)
    field.setReadOnly(True)
    field.show()
    clock.rest(0.1)
    for name, text in texts.items():
        for _ in range(5):
            field.setPlainText("")
            clock.take(f"open a source{name}", partial(field.setPlainText, text), field.viewport())
        bar = field.verticalScrollBar()
        for _ in range(60):
            clock.take(f"scroll step{name}", partial(bar.setValue, (bar.value() + 3) % bar.maximum()), field.viewport())
        for _ in range(20):
            clock.take(f"apply a code{name}", field.viewport().update, field.viewport())
    field.close()


def main() -> None:
    path, note = Path(sys.argv[1]), Path(sys.argv[2])
    application = QApplication(["qcode"])
    kept = note.with_suffix(".settings")
    kept.unlink(missing_ok=True)
    settings = Settings(kept)
    settings.put(THEME, "light")
    window = make_window(application, settings)
    window.resize(*_SIZE)
    window.show()
    walk = Walk(application, window, path)
    walk.clock.rest(0.3)
    walk.whole()
    answer = "words of an answer " * 20 + "\n\n"
    texts = {"": answer * 78} | {f", {name}": answer * (size // len(answer)) for name, (_, size) in CROWDED.items()}
    floor = Clock(application)
    bare(floor, texts)
    found = {"platform": application.platformName(), "acts": walk.clock.times, "floors": floor.times, "peaks": walk.peaks}
    note.write_text(json.dumps({**found, "applied": walk.applied}))


if __name__ == "__main__":
    main()
