"""The status bar: where one is at left; work under way, coder, language, saved state and size at right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from ui.icons import pixmap
from ui.measures import STATUS_BAR
from ui.style import set_look
from ui.tasks import Task, Tasks
from ui.theme import Theme
from ui.widgets.elided import Elided

_SHOWN_MS = 8000
#: A long name of a code does not push what was said out of sight.
_WIDEST_OFFER = 320
#: Work that is over sooner is not shown at all: what flashes by helps nobody.
_QUIET_MS = 300


class StatusBar(QFrame):
    """The lowest line of the window."""

    def __init__(self, theme: Theme, tasks: Tasks) -> None:
        super().__init__()
        self._theme, self._tasks = theme, tasks
        set_look(self, "chrome")
        self.setAccessibleName(self.tr("Status bar"))
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._place = Elided()
        self._place.setAccessibleName(self.tr("Where you are"))
        set_look(self._place, "small")
        self._place.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._place.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._place)
        self._row.addSpacing(theme.px(12))
        self._row.addWidget(self._make_offer())
        self._row.addStretch(1)
        self._task_box = QHBoxLayout()
        self._row.addLayout(self._task_box)
        self._facts: dict[str, QLabel] = {}
        self._icons: dict[str, QLabel] = {}
        for name, icon in (("coder", "user"), ("language", ""), ("saved", "check"), ("scale", "")):
            self._add_fact(name, icon)
        self._standing = ""
        #: Whether what is said tells what an act did.
        self.tells_of_act = False
        self._offered: QAction | None = None
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(_SHOWN_MS)
        self._passing.timeout.connect(self._stand)
        self._shown: dict[Task, _TaskPart] = {}
        tasks.changed.connect(self._follow_tasks)
        theme.changed.connect(self._renew)
        self._renew()

    def show_place(self, text: str) -> None:
        """Say where one is, until something else is said."""
        self._standing = text
        if not self._passing.isActive():
            self._place.setText(text)

    def say(self, text: str, *, of_act: bool = False) -> None:
        """Say something for eight seconds, '' for where one is; a screen reader hears it at once. What an earlier act offered goes: it
        would stand beside words that are not about it."""
        self.tells_of_act = of_act
        self.withdraw()
        if not text:
            self._stand()
            return
        self._place.setText(text)
        self._place.setAccessibleName(text)
        self._passing.start()

    def offer(self, action: QAction) -> None:
        """Have a link beside what is said that does `action`, called as it is called now, for eight seconds."""
        self._offered = action
        words = " ".join(action.text().split())
        self._offer.setText(self._offer.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self._theme.px(_WIDEST_OFFER)))
        self._offer.setAccessibleName(action.text())
        self._offer.setToolTip(action.toolTip())
        self._offer.show()
        self._offering.start()

    def offered(self) -> str:
        """What the link says, '' while there is none."""
        return "" if self._offer.isHidden() else self._offer.accessibleName()

    def withdraw(self) -> None:
        """Offer nothing any more."""
        self._offering.stop()
        self._offer.hide()

    def text(self) -> str:
        """What stands at left."""
        return self._place.text()

    def show_fact(self, name: str, text: str) -> None:
        """Show a fact at right: 'coder', 'language', 'saved' or 'scale'; '' hides it."""
        self._facts[name].setText(text)
        box = self._facts[name].parentWidget()
        if box:
            box.setVisible(bool(text))

    def fact(self, name: str) -> str:
        """What a fact says."""
        return self._facts[name].text()

    def _make_offer(self) -> QPushButton:
        self._offer = QPushButton()
        set_look(self._offer, "link")
        self._offer.clicked.connect(self._take_offer)
        self._offer.hide()
        self._offering = QTimer(self)
        self._offering.setSingleShot(True)
        self._offering.setInterval(_SHOWN_MS)
        self._offering.timeout.connect(self._offer.hide)
        return self._offer

    def _take_offer(self) -> None:
        self.withdraw()
        if self._offered is not None:
            self._offered.trigger()

    def _add_fact(self, name: str, icon: str) -> None:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(6))
        line = QFrame()
        set_look(line, "line")
        line.setFixedWidth(1)
        row.addWidget(line)
        row.addSpacing(self._theme.px(6))
        if icon:
            self._icons[icon] = QLabel()
            row.addWidget(self._icons[icon])
        self._facts[name] = self._text("")
        row.addWidget(self._facts[name])
        row.addSpacing(self._theme.px(6))
        box.hide()
        self._row.addWidget(box)

    def _text(self, name: str) -> QLabel:
        label = QLabel()
        label.setAccessibleName(name)
        set_look(label, "small")
        return label

    def _stand(self) -> None:
        self._passing.stop()
        self.tells_of_act = False
        self._place.setText(self._standing)
        self._place.setAccessibleName(self.tr("Where you are"))

    def _follow_tasks(self) -> None:
        for task in [task for task in self._shown if task not in self._tasks.running]:
            part = self._shown.pop(task)
            # Hidden for good: its patience may end before it is deleted, and it would be a window of its own by then.
            part.drop()
            part.setParent(None)
            part.deleteLater()
        for task in self._tasks.running:
            if task not in self._shown:
                part = _TaskPart(task, self._theme)
                self._shown[task] = part
                self._task_box.addWidget(part)

    def _renew(self) -> None:
        px = self._theme.px
        self.setMinimumHeight(px(STATUS_BAR))
        self._row.setContentsMargins(px(12), 0, px(12), 0)
        for icon, label in self._icons.items():
            label.setPixmap(pixmap(self._theme, icon, 14, "ok" if icon == "check" else "text_muted"))


class _TaskPart(QWidget):
    def __init__(self, task: Task, theme: Theme) -> None:
        super().__init__()
        self._task = task
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(8), 0, theme.px(12), 0)
        row.setSpacing(theme.px(8))
        self._words = QLabel(task.title)
        set_look(self._words, "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.px(96))
        self._bar.setAccessibleName(task.title)
        self._bar.setRange(0, 0)
        stop = QPushButton(self.tr("Stop"))
        stop.setAccessibleName(self.tr("Stop: {0}").format(task.title))
        stop.setToolTip(self.tr("Stop: {0}").format(task.title))
        set_look(stop, "link")
        stop.clicked.connect(task.cancel)
        if not task.can_stop:
            stop.hide()
        for widget in (self._words, self._bar, stop):
            row.addWidget(widget)
        task.progressed.connect(self._renew)
        self.hide()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.show)
        self._patience.start(_QUIET_MS)

    def drop(self) -> None:
        """Be shown no more."""
        self._patience.stop()
        self.hide()

    def _renew(self) -> None:
        task = self._task
        if task.is_stopping:
            self._words.setText(self.tr("{0}: stopping").format(task.title))
            return
        if task.total:
            self._words.setText(self.tr("{0}, {1} of {2}").format(task.title, task.done, task.total))
            self._bar.setRange(0, task.total)
            self._bar.setValue(task.done)
