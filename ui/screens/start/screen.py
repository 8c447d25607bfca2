"""The start screen: new projects from templates, opening, the recent ones, and a place to drop files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QListView, QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from qcode import __version__
from qcode.progress import Progress
from qcode.views.file_state import FileState, file_state
from ui.icons import FIELD, icon, pixmap
from ui.screens.start.cards import CardButton, RowButton
from ui.screens.start.recent import Recent, RecentDelegate, RecentModel
from ui.settings import Settings
from ui.style import set_look
from ui.tasks import Tasks
from ui.theme import Theme
from ui.widgets.field_buttons import name_inner_buttons

#: Template (names of codebooks, joined by '+'), icon, title, what it is.
TEMPLATES = (
    ("oecd-dac", "compass", "OECD-DAC criteria", "Six criteria with their questions, 30 codes"),
    ("success-constraints", "scale", "Success factors, constraints", "What helped and what hindered, 15 codes"),
    ("oecd-dac+success-constraints", "layers", "Both together", "As in a country programme evaluation"),
    ("", "file", "Empty project", "No codes"),
)
_LEFT = 428
_FILTER_WIDTH = 222
_FILTER_PAUSE_MS = 120


class StartScreen(QFrame):
    """What is shown while no project is open.

    Emits `new_wanted(template)`, `open_wanted()`, `recover_wanted()`, `sample_wanted()`, `recent_wanted(Recent)`.
    """

    new_wanted = Signal(str)
    open_wanted = Signal()
    recover_wanted = Signal()
    sample_wanted = Signal()
    recent_wanted = Signal(object)

    def __init__(self, theme: Theme, settings: Settings, tasks: Tasks, has_sample: bool) -> None:
        super().__init__()
        self._theme, self._settings, self._tasks = theme, settings, tasks
        set_look(self, "paper")
        self.setAccessibleName(self.tr("Start"))
        self._model = RecentModel(settings)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left_side(has_sample))
        line = QFrame()
        set_look(line, "line")
        line.setFixedWidth(1)
        row.addWidget(line)
        row.addWidget(self._right_side(), 1)
        theme.changed.connect(self._renew)
        self._renew()

    def refresh(self) -> None:
        """Read the recent projects again and look, beside the window, what became of their files."""
        self._model.reload()
        self._show_or_hide()
        self._select_first()
        paths = [one["path"] for one in self._settings.recent()]
        if paths:
            title = self.tr("Look for recent projects")
            self._tasks.run(self, title, lambda progress: _states(paths, progress), self._model.note_states)

    def recents(self) -> list[Recent]:
        """The recent projects that are shown, from the top."""
        return [self._model.recent(self._model.index(row)) for row in range(self._model.rowCount())]

    def nothing_words(self) -> str:
        """What stands there while no project is listed."""
        return self._empty.text() if self._empty.isVisible() else ""

    def take_keyboard(self) -> None:
        """Have the keyboard in the list, at the project that was open last; else at the first template."""
        (self._view if self._model.rowCount() else self._cards[0]).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins at the project that was open last."""
        super().showEvent(event)
        if self._model.rowCount():
            self.take_keyboard()

    def _left_side(self, has_sample: bool) -> QWidget:
        side = QFrame()
        set_look(side, "panel")
        self._left = QVBoxLayout(side)
        self._left.setSpacing(self._theme.px(8))
        self._left.addLayout(self._name())
        self._left.addSpacing(self._theme.px(20))
        self._left.addWidget(self._heading(self.tr("New project from a template")))
        self._cards: list[CardButton] = []
        for template, name, title, about in TEMPLATES:
            card = CardButton(self._theme, name, self.tr(title), self.tr(about))
            card.clicked.connect(lambda _=False, template=template: self.new_wanted.emit(template))
            self._left.addWidget(card)
            self._cards.append(card)
        self._left.addSpacing(self._theme.px(24))
        self._left.addWidget(self._heading(self.tr("Open")))
        self._add_rows()
        self._left.addStretch(1)
        if has_sample:
            about = self.tr("Five countries, 26 short notes, coded. Try anything: it is made anew each time.")
            sample = CardButton(self._theme, "graduation-cap", self.tr("Open the sample"), about, soft=True)
            sample.clicked.connect(self.sample_wanted)
            self._left.addWidget(sample)
        self._scroll = self._scrolling(side, self.tr("New and open"))
        return self._scroll

    def _scrolling(self, side: QWidget, name: str) -> QScrollArea:
        """At 200 % on a small screen a side is higher than the window."""
        scroll = QScrollArea()
        scroll.setWidget(side)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(name)
        return scroll

    def _add_rows(self) -> None:
        opening = RowButton(self._theme, "folder-open", self.tr("Open a project…"), "Ctrl+O")
        opening.clicked.connect(self.open_wanted)
        recover = RowButton(self._theme, "life-buoy", self.tr("Recover a damaged project…"))
        recover.clicked.connect(self.recover_wanted)
        self._left.addWidget(opening)
        self._left.addWidget(recover)

    def _name(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(12))
        self._logo = QLabel()
        words = QVBoxLayout()
        words.setSpacing(0)
        name = QLabel("qcode")
        set_look(name, "metric")
        about = QLabel(self.tr("Coding and synthesis for evaluations"))
        set_look(about, "muted")
        words.addWidget(name)
        words.addWidget(about)
        row.addWidget(self._logo)
        row.addLayout(words, 1)
        return row

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text)
        set_look(label, "strong")
        return label

    def _right_side(self) -> QWidget:
        side = QFrame()
        set_look(side, "paper")
        self._right = QVBoxLayout(side)
        self._right.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(self._heading(self.tr("Recent projects")), 1)
        head.addWidget(self._filter_field())
        self._right.addLayout(head)
        self._right.addSpacing(self._theme.px(12))
        self._right.addWidget(self._list())
        self._right.addWidget(self._nothing())
        self._right.addSpacing(self._theme.px(26))
        self._right.addWidget(_DropArea(self._theme))
        self._right.addStretch(1)
        self._right.addLayout(self._foot())
        return self._scrolling(side, self.tr("Recent projects and files"))

    def _filter_field(self) -> QLineEdit:
        self._filter = _Filter(self._theme)
        self._filter.down.connect(self._to_list)
        self._filter.setPlaceholderText(self.tr("Filter"))
        self._filter.setAccessibleName(self.tr("Filter recent projects"))
        self._filter.setClearButtonEnabled(True)
        self._lens = QAction(self._filter)
        self._filter.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        name_inner_buttons(self._filter)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_FILTER_PAUSE_MS)
        self._pause.timeout.connect(self._apply_filter)
        self._filter.textChanged.connect(lambda _: self._pause.start())
        return self._filter

    def _list(self) -> QListView:
        view = _RecentList()
        view.setModel(self._model)
        view.setItemDelegate(RecentDelegate(self._theme, view))
        view.setAccessibleName(self.tr("Recent projects"))
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)
        view.activated.connect(self._open)
        view.clicked.connect(self._open)
        view.forget.connect(self._forget)
        set_look(view, "paper")
        self._view = view
        return view

    def _nothing(self) -> QLabel:
        self._empty = QLabel()
        set_look(self._empty, "muted")
        self._empty.setWordWrap(True)
        return self._empty

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        self._offline = QLabel()
        words = QLabel(self.tr("qcode never uses the network. Your files stay on this computer."))
        words.setWordWrap(True)
        version = QLabel(self.tr("Version {0}").format(__version__))
        for label in (words, version):
            set_look(label, "small")
        row.addWidget(self._offline)
        row.addWidget(words, 1)
        row.addWidget(version)
        return row

    def _to_list(self) -> None:
        self._pause.stop()
        self._apply_filter()
        if self._model.rowCount():
            self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _apply_filter(self) -> None:
        self._model.filter(self._filter.text())
        self._show_or_hide()
        self._select_first()

    def _show_or_hide(self) -> None:
        rows = self._model.rowCount()
        self._view.setVisible(rows > 0)
        self._view.setFixedHeight(rows * self._theme.px(73) + 2)
        self._empty.setVisible(rows == 0)
        words = self._filter.text()
        self._empty.setText(
            self.tr("No project has “{0}” in its title or path. Clear the filter to see all.").format(words)
            if words
            else self.tr("No projects yet. Begin with a template, or open the sample to look around.")
        )

    def _select_first(self) -> None:
        if self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(0))

    def _open(self, index: QModelIndex) -> None:
        self.recent_wanted.emit(self._model.recent(index))

    def _forget(self, index: QModelIndex) -> None:
        self._settings.forget_recent(self._model.recent(index).path)
        self.refresh()

    def _show_menu(self, point: QPoint) -> None:
        index = self._view.indexAt(point)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), lambda: self._open(index))
        menu.addAction(self.tr("Forget it here"), lambda: self._forget(index))
        menu.popup(self._view.viewport().mapToGlobal(point))

    def _renew(self) -> None:
        px = self._theme.px
        # Margins do not grow with the words: at 200 % the room is needed for these.
        self._scroll.setFixedWidth(min(px(_LEFT), 660))
        self._left.setContentsMargins(40, px(44), 40, px(28))
        self._right.setContentsMargins(56, px(44), 56, px(24))
        self._logo.setPixmap(pixmap(self._theme, "square-stack", 34, "accent"))
        self._offline.setPixmap(pixmap(self._theme, "wifi-off", 14, "text_muted"))
        self._lens.setIcon(icon(self._theme, "search", FIELD))
        self._filter.updateGeometry()
        self._show_or_hide()


class _Filter(QLineEdit):
    """Esc clears it; emits `down()` when the list is asked for."""

    down = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as it is drawn, where there is room."""
        return QSize(self._theme.px(_FILTER_WIDTH), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears, Down goes to the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class _RecentList(QListView):
    forget = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete forgets a project, Enter opens it."""
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.forget.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _DropArea(QFrame):
    """Says what can be dropped; the whole window takes it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        self._row = row
        self._mark = QLabel()
        words = QVBoxLayout()
        words.setSpacing(theme.px(3))
        heading = QLabel(self.tr("Drop files here"))
        about = QLabel(
            self.tr(
                "Interview notes and reports (Word, PDF, text, Markdown, HTML) start a new project. "
                "Folders become countries or other cases. A project file opens."
            )
        )
        about.setWordWrap(True)
        set_look(heading, "screen")
        set_look(about, "muted")
        words.addWidget(heading)
        words.addWidget(about)
        row.addWidget(self._mark)
        row.addLayout(words, 1)
        theme.changed.connect(self._renew)
        self._renew()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed frame on the ground of panes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.colour("panel"))
        painter.setPen(QPen(self._theme.colour("line_strong"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), self._theme.px(6), self._theme.px(6))

    def _renew(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(32), px(26), px(32), px(26))
        self._row.setSpacing(px(18))
        self._mark.setPixmap(pixmap(self._theme, "file-down", 34, "accent"))
        self.update()


def _states(paths: list[str], progress: Progress) -> dict[str, FileState]:
    return {path: file_state(Path(path)) for path in progress.over("Look", paths)}
