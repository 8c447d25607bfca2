"""The left pane: sources by country, with how far the coder is with each."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from qcode.model.reading import ReadingStatus
from qcode.text.folding import fold
from qcode.views.coding_sources import SourceLine, SourceList
from ui.measures import SMALL
from ui.screens.coding.filter_field import FilterField
from ui.screens.coding.glyphs import STATUS, paint_bar, paint_status
from ui.screens.coding.key_tree import AnyIndex, KeyTree
from ui.screens.coding.nothing import Nothing
from ui.screens.coding.row_painting import RowDelegate, Tree
from ui.style import segments, set_look
from ui.theme import Theme

_PAUSE = 120
_STATUSES = (None, ReadingStatus.UNREAD, ReadingStatus.READING, ReadingStatus.FINISHED)
_GROUP = "group:"


class SourcesModel(KeyTree):
    """Sources below their groups, as `wanted` words and status let them through."""

    def __init__(self, sources: SourceList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources = sources
        self.show_only("", None)

    def show_only(self, words: str, status: ReadingStatus | None) -> None:
        """Show the sources that hold every word in label, title or group, and have the status."""
        wanted = fold(words).split()
        children: dict[str, list[str]] = {"": []}
        for line in self._sources.lines:
            about = fold(f"{line.label} {line.title} {line.group}")
            if (status is None or line.status is status) and all(word in about for word in wanted):
                group = _GROUP + line.group
                if group not in children:
                    children[group] = []
                    children[""].append(group)
                children[group].append(line.uuid)
        self.fill(children)

    def line(self, key: str) -> SourceLine | None:
        """The source of a row, None for a group."""
        return self._sources.line(key)

    def group(self, key: str) -> tuple[str, int, int]:
        """Name of a group, how many of all its sources are finished, and how many these are."""
        name = key.removeprefix(_GROUP)
        statuses = [line.status for line in self._sources.lines if line.group == name]
        return name, statuses.count(ReadingStatus.FINISHED), len(statuses)

    def sources(self) -> list[str]:
        """The sources that are shown, in their order on the screen."""
        return [source for group in self.keys_below("") for source in self.keys_below(group)]

    def words(self, key: str) -> str:
        """Read aloud: all that is painted."""
        line = self.line(key)
        if line is None:
            name, done, of = self.group(key)
            return self.tr("{name}: {done} of {of} sources finished").format(name=name or self.tr("No country"), done=done, of=of)
        return self.tr("{label} {title}, {status}, {count} of my codings").format(
            label=line.label, title=line.title, status=self.status_word(line.status), count=line.codings
        )

    def status_word(self, status: ReadingStatus) -> str:
        """The status in words."""
        return {
            ReadingStatus.UNREAD: self.tr("not read"),
            ReadingStatus.READING: self.tr("reading"),
            ReadingStatus.FINISHED: self.tr("finished"),
        }[status]


class _SourceDelegate(RowDelegate):
    def paint_row(self, painter: QPainter, row: QRectF, index: AnyIndex, selected: bool) -> None:
        model = index.model()
        key = str(index.data(Qt.ItemDataRole.UserRole))
        if not isinstance(model, SourcesModel):
            return
        line = model.line(key)
        if line is None:
            self._paint_group(painter, row, index, model.group(key))
        else:
            self._paint_source(painter, row, line, selected)

    def _paint_group(self, painter: QPainter, row: QRectF, index: AnyIndex, group: tuple[str, int, int]) -> None:
        px, theme = self.theme.px, self.theme
        name, done, of = group
        self.arrow(painter, row, px(10), index)
        right = row.right() - px(10)
        words = self.tr("{done} of {of}").format(done=done, of=of)
        width = self.write(
            painter, row.adjusted(px(150), 0, -px(10), 0), words, theme.colour("text_muted"), self.font(True, SMALL), right=True
        )
        bar = QRectF(right - max(width, px(44)) - px(12) - px(36), row.center().y() - px(2), px(36), px(4))
        paint_bar(painter, theme, bar, done / of if of else 0)
        room = QRectF(px(30), row.top(), bar.left() - px(38), row.height())
        self.write(painter, room, name or self.tr("No country"), theme.colour("text"), self.font(True))

    def _paint_source(self, painter: QPainter, row: QRectF, line: SourceLine, selected: bool) -> None:
        px, theme = self.theme.px, self.theme
        side = px(STATUS)
        paint_status(painter, theme, QRectF(px(27), row.center().y() - side / 2, side, side), line.status)
        label = self.write(
            painter, QRectF(px(46), row.top(), px(80), row.height()), line.label, theme.colour("text_faint"), self.font(step=SMALL)
        )
        left = px(46) + max(label, px(38)) + px(10)
        count = str(line.codings) if line.codings else "–"
        self.write(painter, row.adjusted(0, 0, -px(10), 0), count, theme.colour("text_faint"), self.font(step=SMALL), right=True)
        room = QRectF(left, row.top(), row.right() - px(34) - left, row.height())
        self.write(painter, room, line.title, theme.colour("text"), self.font(selected))


class SourcesPane(QFrame):
    """Emits `opened(uuid)` when a source is to be shown."""

    opened = Signal(str)

    def __init__(self, theme: Theme, sources: SourceList) -> None:
        super().__init__()
        self._theme, self._sources = theme, sources
        set_look(self, "panel")
        self._current = ""
        self.model = SourcesModel(sources, self)
        self.view = Tree()
        self.view.setAccessibleName(self.tr("Sources"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(_SourceDelegate(theme, self.view))
        self.view.clicked.connect(self._click)
        self.view.activated.connect(self._click)
        self.count = QLabel()
        set_look(self.count, "muted")
        self.field = FilterField(theme, self.tr("Filter sources"), "Ctrl+T", self.view)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._filter)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self._statuses = QButtonGroup(self)
        self.nothing = Nothing(theme, "file-text", self.tr("No sources here"), "", self.tr("Clear the filter"))
        self.nothing.asked.connect(self.clear_filter)
        self._build()
        self._statuses.idClicked.connect(lambda _: self._filter())
        self._say_counts()
        self.view.expandAll()
        self.field.returnPressed.connect(self._open_found)
        theme.changed.connect(self._repaint)

    @property
    def status(self) -> ReadingStatus | None:
        """Which status is shown only, None for all."""
        return _STATUSES[max(0, self._statuses.checkedId())]

    def show_current(self, source: str) -> None:
        """Mark the source that is open, unfold its group and have it in sight."""
        self._current = source
        index = self.model.index_of(source)
        if index.isValid():
            self.view.expand(index.parent())
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(index, flags)
            self.view.scrollTo(index)

    def patch(self, touched: set[str] | None) -> None:
        """Show what an act did: the lines of these sources, all for None."""
        if touched is None:
            self._filter()
        elif touched:
            groups = {_GROUP + line.group for uuid in touched if (line := self._sources.line(uuid))}
            # A source that does not fit the filter any more stays until the filter is set again: lists do not jump while working.
            self.model.touch([*touched, *groups])
        self._say_counts()

    def neighbour(self, step: int, *, unread: bool = False) -> str:
        """The source before (-1) or after (1) the open one as listed; with `unread` the next that is not finished. '' for none."""
        listed = self.model.sources()
        if self._current not in listed:
            return listed[0] if listed else ""
        place = listed.index(self._current)
        following = listed[place + 1 :] + listed[:place] if unread else listed[place + 1 :] if step > 0 else listed[:place][::-1]
        for uuid in following:
            line = self._sources.line(uuid)
            if line and (not unread or line.status is not ReadingStatus.FINISHED):
                return uuid
        return ""

    def clear_filter(self) -> None:
        """Show all sources."""
        self.field.clear()
        self._statuses.button(0).setChecked(True)
        self._filter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a source."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.view.hasFocus():
            self._click(self.view.currentIndex())
        else:
            super().keyPressEvent(event)

    def _repaint(self) -> None:
        self.view.viewport().update()

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(px(12), px(9), px(10), px(7))
        head.setSpacing(px(7))
        title = QLabel(self.tr("Sources"))
        set_look(title, "strong")
        head.addWidget(title)
        head.addWidget(self.count)
        head.addStretch(1)
        column.addLayout(head)
        controls = QVBoxLayout()
        controls.setContentsMargins(px(10), 0, px(10), px(8))
        controls.setSpacing(px(8))
        controls.addWidget(self.field)
        buttons = []
        for number in range(len(_STATUSES)):
            button = QToolButton()
            self._statuses.addButton(button, number)
            buttons.append(button)
        frame = segments(buttons, self.tr("Show sources by reading status"))
        for button in buttons:
            # Four words and their numbers share the narrowest of the panes.
            button.setStyleSheet(f"padding: 0 {px(3)}px;")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        buttons[0].setChecked(True)
        controls.addWidget(frame)
        column.addLayout(controls)
        # Put in first: a stack that stands nowhere shows its first widget as a window of its own.
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.nothing)
        column.addWidget(_Legend(self._theme, self.model))

    def _filter(self) -> None:
        self._pause.stop()
        folded = {key for key in self.model.all_keys() if key.startswith(_GROUP) and not self.view.isExpanded(self.model.index_of(key))}
        self.model.show_only(self.field.text(), self.status)
        self.view.expandAll()
        if not self.field.text():
            for key in folded:
                self.view.collapse(self.model.index_of(key))
        self.show_current(self._current)
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self.nothing)
        self._say_counts()

    def _open_found(self) -> None:
        """Enter in the field opens the marked source, the first one where the marked one is filtered out."""
        self._filter()
        listed = self.model.sources()
        if listed:
            self.opened.emit(self._current if self._current in listed else listed[0])

    def _click(self, index: QModelIndex) -> None:
        key = str(index.data(Qt.ItemDataRole.UserRole))
        if self.model.line(key) is None:
            self.view.setExpanded(index, not self.view.isExpanded(index))
        else:
            self.opened.emit(key)

    def _say_counts(self) -> None:
        statuses = [line.status for line in self._sources.lines]
        self.count.setText(str(len(statuses)))
        names = (self.tr("All"), self.tr("To read {n}"), self.tr("Reading {n}"), self.tr("Done {n}"))
        for number, (name, status) in enumerate(zip(names, _STATUSES, strict=True)):
            button, words = self._statuses.button(number), name.format(n=statuses.count(status) if status else 0)
            if button.text() != words:
                # The same words again would have the pane laid out anew after every act.
                button.setText(words)


class _Legend(QWidget):
    """What the marks of the statuses mean."""

    def __init__(self, theme: Theme, model: SourcesModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        self.setFixedHeight(theme.px(34))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints itself."""
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme.colour("line"))
        painter.setFont(theme.font(SMALL))
        x, side = float(px(12)), px(STATUS)
        for status in reversed(_STATUSES[1:]):
            paint_status(painter, theme, QRectF(x, self.height() / 2 - side / 2, side, side), status)
            words = self._model.status_word(status)
            words = words[0].upper() + words[1:]
            painter.setPen(theme.colour("text_muted"))
            x += side + px(5)
            painter.drawText(QRectF(x, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            x += painter.fontMetrics().horizontalAdvance(words) + px(14)
        painter.end()
