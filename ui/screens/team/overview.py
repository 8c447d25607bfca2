"""The team at a glance, and what each merge brought."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.exchange.exporters.wording import counted
from qcode.model.merging import MergeReport
from qcode.views.merges import Member, Passage
from ui.icons import EMPTY, pixmap
from ui.screens.team.figures import CameInModel, FigureTable, MemberModel
from ui.screens.team.giving_way import GivingWay
from ui.screens.team.merge_list import MergeList, MergeListModel
from ui.screens.team.passages import PassageList, PassageModel
from ui.screens.team.rounds import Rounds
from ui.screens.team.wording import files_words, moment, open_words
from ui.style import set_look
from ui.theme import Theme

_SHARE = 0.4


class Overview(QWidget):
    """Emits `chosen(number)` when the passages of a merge are wanted, `take_back(number)`, `take_out()`, `save(number)`,
    `go(Place)`, `review()`, `files_wanted()`."""

    chosen = Signal(int)
    take_back = Signal(int)
    take_out = Signal()
    save = Signal(int)
    go = Signal(object)
    review = Signal()
    files_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.merges = MergeListModel(self)
        self.list = MergeList(theme, self.merges, self)
        self.members = MemberModel(self)
        self.came_in = CameInModel(self)
        self.passages = PassageModel(self)
        self._pages = QStackedWidget(self)
        self._open = 0
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._show_row)
        self.table.selectionModel().currentChanged.connect(self._show_cell)
        self.shown.opened.connect(self.go)
        theme.changed.connect(self._renew)
        self._renew()

    def show_team(self, members: Sequence[Member], merges: Sequence[MergeReport], me: str) -> None:
        """Show who is there and what was merged; what was chosen stays so."""
        current = self.number
        self.members.show_members(members, me)
        self.merges.show_merges(merges, len(members))
        self._nothing.setVisible(not merges)
        self.choose(current)

    def show_open(self, count: int) -> None:
        """So many are still to be decided."""
        self._open = count
        for button in self._decide:
            button.setText(self.tr("Decide {0} open").format(count))
            button.setAccessibleName(button.text())
            button.setVisible(count > 0)

    def choose(self, number: int) -> None:
        """Show a merge, or the team with 0."""
        index = self.merges.index_of(number) if number else self.merges.index(0)
        index = index if index.isValid() else self.merges.index(0)
        if self.list.currentIndex() == index:
            self._show_row(index)
        else:
            self.list.setCurrentIndex(index)

    @property
    def number(self) -> int:
        """The number of the merge that is shown, 0 for the team."""
        return self.merge.number if self.merge else 0

    @property
    def merge(self) -> MergeReport | None:
        """The merge that is shown, None for the team."""
        return self.merges.merge(self.list.currentIndex())

    @property
    def person(self) -> str:
        """Who is current among those whose passages came in; what is no one's row is no name of theirs."""
        index = self.table.currentIndex()
        return str(self.came_in.rows[index.row()][0]) if index.isValid() else ""

    def show_passages(self, number: int, passages: Sequence[Passage]) -> None:
        """Show what a merge brought, if it is the one that is shown."""
        if number != self.number:
            return
        self.came_in.show_passages(passages)
        self.table.setMaximumHeight(self.table.content_height())
        last = self.came_in.index(self.came_in.rowCount() - 1, self.came_in.columnCount() - 1)
        self.table.setCurrentIndex(last)
        self._show_cell(last)

    def _show_row(self, index: QModelIndex) -> None:
        one = self.merges.merge(index)
        self._pages.setCurrentIndex(0 if one is None else 1)
        if one is None:
            return
        plan = one.plan
        self._title.setText(self.tr("{0} merged {1}").format(files_words(len(plan.files)), moment(one.at)))
        brought = sum(each.new_codings for each in plan.contributions)
        changed, memos = (sum(getattr(each, name) for each in plan.contributions) for name in ("changed", "memos"))
        said = [
            self.tr("by {0}").format(one.coder),
            self.tr("{0} new").format(counted(brought, "coding")),
            self.tr("{0} changed").format(changed),
            self.tr("{0} removed").format(plan.removed),
            self.tr("{0} with a memo").format(memos),
            self.tr("{0} to decide then").format(open_words(plan.conflicts, plan.questions)),
        ]
        self._facts.setText(" · ".join(said) + "\n" + ", ".join(plan.files))
        self._back.setVisible(not one.taken_back)
        self.out.setVisible(not one.taken_back and bool(plan.contributions))
        self._gone.setVisible(one.taken_back)
        self.chosen.emit(one.number)

    def _show_cell(self, index: QModelIndex) -> None:
        self.passages.show_passages(self.came_in.passages(index))
        nothing = self.tr("No passages came in, or none is left.")
        self._which.setText(self.came_in.place_words(index) if self.came_in.rowCount() else nothing)

    def _lay_out(self) -> None:
        px = self._theme.px
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        left = QFrame(self)
        set_look(left, "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, px(8), 0, 0)
        column.addWidget(self.list)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self._pages)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([px(300), px(1064)])
        self._left = left
        self._decide: list[QPushButton] = []
        self._pages.addWidget(self._team_page())
        self._pages.addWidget(self._merge_page())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)

    def _page(self) -> tuple[QFrame, QVBoxLayout, QHBoxLayout]:
        px = self._theme.px
        page = QFrame(self)
        set_look(page, "paper")
        column = QVBoxLayout(page)
        column.setContentsMargins(px(20), px(12), px(20), px(12))
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        column.addLayout(head)
        return page, column, head

    def _team_page(self) -> QScrollArea:
        page, column, head = self._page()
        title = QLabel(self.tr("The team"), page)
        set_look(title, "screen")
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._decide_button(page))
        self._team = FigureTable(self._theme, self.members, self.tr("Who is in the team"), page)
        column.addWidget(self._team, 1)
        self.rounds = Rounds(self._theme, page)
        column.addSpacing(self._theme.px(8))
        column.addWidget(self.rounds)
        self._nothing = QWidget(page)
        words = QVBoxLayout(self._nothing)
        words.setSpacing(self._theme.px(6))
        self._icon = QLabel(self._nothing)
        what, how = QLabel(self.tr("Nothing was merged yet."), self._nothing), QLabel(self._nothing)
        how.setText(self.tr("Choose the files that came back, or drop them here. You see what they would do before anything is written."))
        how.setWordWrap(True)
        how.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        set_look(what, "strong")
        set_look(how, "muted")
        words.addStretch(1)
        for label in (self._icon, what):
            words.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        words.addWidget(how)
        words.addStretch(2)
        column.addWidget(self._nothing, 1)
        return self._scrolling(page)

    def _merge_page(self) -> QScrollArea:
        page, column, head = self._page()
        self._title, self._facts, self._which = QLabel(page), QLabel(page), QLabel(page)
        self._gone = QLabel(self.tr("Taken back. Redo, or merging the files again, brings it back."), page)
        self._back, self._save = QPushButton(self.tr("Take back…"), page), QPushButton(self.tr("Save the report…"), page)
        self.out = QPushButton(self.tr("Take out one person's work…"), page)
        self.out.clicked.connect(self.take_out)
        for button in (self._back, self.out, self._save):
            button.setAccessibleName(button.text())
        self._back.clicked.connect(lambda: self.take_back.emit(self.number))
        self._save.clicked.connect(lambda: self.save.emit(self.number))
        for label, look in ((self._title, "screen"), (self._facts, "small"), (self._which, "strong"), (self._gone, "muted")):
            set_look(label, look)
            label.setWordWrap(True)
        head.addWidget(self._title, 1)
        verbs = GivingWay(self._theme.px(6), page)
        verbs.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        for button in (self._decide_button(page), self._back, self.out, self._save):
            verbs.add(button)
        self.table = FigureTable(self._theme, self.came_in, self.tr("What came in by person and country"), page)
        self.shown = PassageList(self._theme, self.passages, page)
        for widget in (self._facts, self._gone, verbs):
            column.addWidget(widget)
        column.addSpacing(self._theme.px(8))
        self.table.setMinimumHeight(self._theme.px(110))
        self.shown.setMinimumHeight(self._theme.px(120))
        column.addWidget(self.table, 2)
        column.addWidget(self._which)
        column.addWidget(self.shown, 3)
        return self._scrolling(page)

    def _scrolling(self, page: QWidget) -> QScrollArea:
        """A page that can be scrolled where the window is too low for it."""
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        return scroll

    def _decide_button(self, parent: QWidget) -> QPushButton:
        button = QPushButton(parent)
        button.clicked.connect(self.review)
        button.hide()
        self._decide.append(button)
        return button

    def _renew(self) -> None:
        self._left.setMinimumWidth(self._theme.px(220))
        self._icon.setPixmap(pixmap(self._theme, "git-merge", EMPTY))
        self.table.setMaximumHeight(self.table.content_height())
