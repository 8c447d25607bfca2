"""The left pane: sources by country, with how far the coder is with each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QSizePolicy, QToolButton, QWidget

from qcode.model.reading import ReadingStatus
from qcode.text.folding import fold
from qcode.views.coding_sources import SourceLine, SourceList
from ui.measures import SMALL
from ui.screens.coding.drop_tree import DropTree
from ui.screens.coding.glyphs import STATUS, paint_bar, paint_status
from ui.screens.coding.key_tree import KEY, AnyIndex, KeyTree
from ui.screens.coding.list_pane import ListPane, PaneWords
from ui.screens.coding.mime import SOURCE
from ui.screens.coding.row_painting import RowDelegate
from ui.style import segments
from ui.theme import Theme

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
        return name, *self._sources.finished.get(name, (0, 0))

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

    def group_of(self, key: str) -> str | None:
        """The name of the group a row is or stands in ('' for no group), None where there is no row."""
        line = self.line(key)
        if line is not None:
            return line.group
        return key.removeprefix(_GROUP) if key.startswith(_GROUP) else None

    def mimeTypes(self) -> list[str]:
        """Qt: what is dropped here."""
        return [SOURCE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Qt: what is dragged from here."""
        data = QMimeData()
        if indexes:
            data.setData(SOURCE, QByteArray(str(indexes[0].data(KEY)).encode()))
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """Qt: what is dragged stays until the engine has moved it."""
        return Qt.DropAction.CopyAction

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


class SourcesPane(ListPane):
    """Emits `opened(uuid)` when a source is to be shown, `moved(uuid, group)` when it is to belong to another group ('' for none), and
    `told(str)` with what a drop will do."""

    model: SourcesModel
    opened = Signal(str)
    moved = Signal(str, str)
    told = Signal(str)

    def __init__(self, theme: Theme, sources: SourceList) -> None:
        super().__init__(theme)
        self._sources = sources
        self._current = ""
        self._shares = sources.finished
        self.model = SourcesModel(sources, self)
        tr, view = self.tr, DropTree(self._offer)
        words = PaneWords(tr("Sources"), tr("Filter sources"), "Ctrl+T", "file-text", tr("No sources here"), tr("Clear the filter"))
        self._statuses = QButtonGroup(self)
        self.build(words, view, _SourceDelegate(theme, view), [self._status_buttons()], _Legend(theme, self.model))
        view.dropped.connect(lambda data, key, _: self.moved.emit(_source_in(data), self.model.group_of(key)))
        view.told.connect(self.told)
        # The press that began it had marked the row.
        view.let_go.connect(lambda: self.show_current(self._current))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)
        self._statuses.idClicked.connect(lambda _: self.filter_now())
        self.field.returnPressed.connect(self._open_found)
        self._say_counts()

    @property
    def status(self) -> ReadingStatus | None:
        """Which status is shown only, None for all."""
        return _STATUSES[max(0, self._statuses.checkedId())]

    def show_open(self, source: str) -> None:
        """Mark the source that is open; a filter that hides it is cleared."""
        self._current = source
        self.show_current(source, bring=True)

    def marked(self) -> str:
        """The source that is open, whichever row the keys are at."""
        return self._current

    def refill(self) -> None:
        """The sources the words stand in, of the status asked for."""
        self.model.show_only(self.field.text(), self.status)
        self.nothing.say(self._hidden_by())
        self._say_counts()

    def press(self, key: str) -> None:
        """Tells which source was clicked."""
        self.opened.emit(key)

    def patch(self, touched: set[str] | None) -> None:
        """Show what an act did: the lines of these sources, all for None."""
        if touched is None:
            self.filter_now()
        elif touched:
            # A source that does not fit the filter any more stays until the filter is set again: lists do not jump while working.
            self.model.touch([*touched, *self._other_groups()])
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
        self._statuses.button(0).setChecked(True)
        super().clear_filter()

    def choose_group(self, source: str, point: QPoint) -> None:
        """Ask at a global point which group a source is to belong to."""
        line = self._sources.line(source)
        if line is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for group in self._sources.groups:
            action = QAction(group or self.tr("No country"), menu)
            action.setCheckable(True)
            action.setChecked(group == line.group)
            action.triggered.connect(lambda _=False, to=group: self.moved.emit(source, to))
            menu.addAction(action)
        menu.popup(point)

    def row_point(self, source: str) -> QPoint:
        """The lower left corner of a source's row, in global pixels."""
        return self.view.viewport().mapToGlobal(self.view.visualRect(self.model.index_of(source)).bottomLeft())

    def _show_menu(self, point: QPoint) -> None:
        source = str(self.view.indexAt(point).data(KEY) or "")
        self.choose_group(source, self.view.viewport().mapToGlobal(point))

    def _status_buttons(self) -> QFrame:
        buttons = []
        for number in range(len(_STATUSES)):
            button = QToolButton()
            self._statuses.addButton(button, number)
            buttons.append(button)
        frame = segments(buttons, self.tr("Show sources by reading status"))
        for button in buttons:
            # Four words and their numbers share the narrowest of the panes.
            button.setStyleSheet(f"padding: 0 {self._theme.px(3)}px;")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        buttons[0].setChecked(True)
        return frame

    def _hidden_by(self) -> str:
        """What the filter asks for, in a sentence."""
        words = self.field.text().strip()
        status = self.model.status_word(self.status) if self.status else ""
        if words and status:
            return self.tr("The filter shows sources with “{words}”, {status}.").format(words=words, status=status)
        if words:
            return self.tr("The filter shows sources with “{words}”.").format(words=words)
        return self.tr("The filter shows sources by status: {status}.").format(status=status) if status else ""

    def _open_found(self) -> None:
        """Enter in the field opens the marked source, the first one where the marked one is filtered out; then all are shown again."""
        self.filter_now()
        listed = self.model.sources()
        if listed:
            found = self._current if self._current in listed else listed[0]
            self.clear_filter()
            self.opened.emit(found)

    def _offer(self, data: QMimeData, key: str, _: bool) -> str:
        line, group = self.model.line(_source_in(data)), self.model.group_of(key)
        if line is None or group is None or group == line.group:
            return ""
        return self.tr("Drop to move {source} to {group}").format(source=line.label or line.title, group=group or self.tr("No country"))

    def _other_groups(self) -> list[str]:
        """The groups of which more or fewer sources are finished than were shown."""
        before, self._shares = self._shares, self._sources.finished
        return [_GROUP + group for group, share in self._shares.items() if before.get(group) != share]

    def _say_counts(self) -> None:
        counts = self._sources.counts
        every = sum(counts.values())
        self.count.setText(str(every))
        names = (self.tr("All"), self.tr("To read {n}"), self.tr("Reading {n}"), self.tr("Done {n}"))
        for number, (name, status) in enumerate(zip(names, _STATUSES, strict=True)):
            button, words = self._statuses.button(number), name.format(n=counts[status] if status else every)
            if button.text() != words:
                # The same words again would have the pane laid out anew after every act.
                button.setText(words)


def _source_in(data: QMimeData) -> str:
    return bytes(data.data(SOURCE).data()).decode()


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
