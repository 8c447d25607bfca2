"""A review: who brings what, what is to be decided, the values side by side, and the line that says that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QSplitter, QToolButton, QVBoxLayout, QWidget

from qcode.model.merging import Decision, Joined, MergePlan
from qcode.operations.settling import Answer
from ui.screens.team.carrying import Carrying, place_of
from ui.screens.team.contributions import ContributionModel, ContributionTable
from ui.screens.team.decide_list import DecideList, DecideModel
from ui.screens.team.detail import Detail
from ui.screens.team.footer import Footer
from ui.screens.team.giving_way import GivingWay
from ui.screens.team.review import GROUPS, Item, Review, Rule, has_both, takes_words
from ui.screens.team.wording import group_words, item_title, state_words
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.key_hint import key_hint

#: The pane in which single keys act.
PANE = "review"
#: The contributions take no more than this share of the height.
_SHARE, _SHARE_OF_LOW = 0.36, 0.3
#: A page that is not as high as this keeps its room for what is decided.
_LOW = 420
_LEFT = 220


class ReviewPage(QWidget):
    """Shows a plan, or what is open in the project.

    Emits `decided(decisions, answers)` for what somebody chose, `reopened(name)`, `merge_wanted()`, `said(sentence)` for the status bar.
    It notes nothing by itself: whoever shows it calls `note`.
    """

    decided = Signal(object, object)
    reopened = Signal(str)
    merge_wanted = Signal()
    said = Signal(str)
    refused = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.review = Review("")
        self.current = ""
        self._joined: tuple[Joined, ...] = ()
        self.contributions = ContributionModel(self)
        self.table = ContributionTable(theme, self.contributions, self)
        self.model = DecideModel(self)
        self.list = DecideList(theme, self.model, self)
        self.detail = Detail(theme, self)
        self.footer = Footer(theme, self)
        self._count = QLabel(self)
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._row_changed)
        self.detail.taken.connect(self.take)
        self.detail.wrote.connect(lambda name, words: self._decide([Decision(name, None, words)]))
        self.detail.confirmed.connect(self._confirm)
        self.detail.done.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.detail.answered.connect(self._answer)
        self.detail.later.connect(self._later)
        self.footer.pressed.connect(self.merge_wanted)
        self.list.activated.connect(lambda _: self.write())
        theme.changed.connect(self._fit)

    def show_plan(self, plan: MergePlan, review: Review) -> Carrying:
        """Show what a merge would do, with what was chosen for it so far, and give what a plan made anew did to that."""
        is_written_in, conflict = self.detail.is_written_in, review.conflict(self.current)
        self.detail.keep_words()
        carrying = review.show_plan(plan.conflicts, plan.questions)
        here = review.at(place_of(conflict)) if conflict else None
        self.current = here.id if here else self.current
        self.table.show()
        self._band.show()
        self._joined = plan.joined
        self.contributions.show_contributions(plan.contributions, review.tally.conflicts, plan.removed)
        self._show(review)
        if is_written_in and here:
            self.write()
        return carrying

    def show_open(self, review: Review) -> None:
        """Show what is open in the project."""
        self._band.hide()
        self._joined = ()
        self._show(review)

    def renew(self) -> None:
        """What was chosen is another: show it."""
        self.model.touch()
        self._show_current()

    # What keys and buttons do.

    def step(self, step: int) -> None:
        """Go to the next open one (1), or the one before (-1)."""
        self.detail.keep_words()
        found = self.review.next_open(self.current, step)
        if not found:
            self.refused.emit(self.tr("Everything is decided."))
            return
        self.go_to(found)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, name: str) -> None:
        """Show a conflict or question."""
        self.detail.keep_words()
        item = self.review.item_of(name)
        if item is None:
            return
        self.current = name
        index = self.model.index_of(item.key)
        if self.list.currentIndex() != index:
            self.list.setCurrentIndex(index)
        self.current = name
        self.list.scrollTo(index)
        self._show_current()

    def choose(self, number: int) -> None:
        """Do what the key of a number (from 1) means for what is current: a value, all of them together, words of one's own."""
        conflict, card = self.review.conflict(self.current), self.detail.cards.get(self.current)
        if card is not None:
            card.choose(number - 1)
            return
        if conflict is None:
            return
        if number <= len(conflict.values):
            self.take(conflict.id, number - 1)
        elif has_both(conflict) and number == len(conflict.values) + 1:
            self.take_both()
        elif takes_words(conflict) and number == len(conflict.values) + 1 + has_both(conflict):
            self.write()
        else:
            self.refused.emit(self.tr("There are only {0} to choose from here.").format(len(self.detail.blocks[conflict.id].choices())))

    def take(self, name: str, place: int) -> None:
        """Choose the value drawn at a place."""
        if name != self.current:
            self.go_to(name)
        decision = self.review.taking(name, place)
        if decision is None:
            self.refused.emit(self.tr("There is nothing to choose: it settles itself."))
            return
        self._decide([decision])

    def take_both(self) -> None:
        """Choose all values of the current conflict together."""
        decision = self.review.taking_both(self.current)
        if decision is not None:
            self._decide([decision])

    def write(self) -> None:
        """Have the result of the current conflict written."""
        block = self.detail.blocks.get(self.current)
        if block is not None and takes_words(block.conflict):
            block.result.edit()
        elif block is not None:
            self.refused.emit(self.tr("Here one of the values is taken; words cannot be written."))

    def reopen(self) -> None:
        """Have the current one undecided again."""
        if self.review.is_decided(self.current):
            self.reopened.emit(self.current)

    def by_rule(self, rule: Rule, group: str = "") -> None:
        """Decide all that are open by a rule; Rule.NONE makes them undecided again."""
        if rule is Rule.NONE:
            for item in self.review.items:
                for name in item.ids if group in ("", item.group) else ():
                    self.review.reopen(name)
            self.renew()
            return
        decisions = self.review.by_rule(rule, group)
        if decisions:
            self._decide(decisions)
        else:
            self.refused.emit(self.tr("Nothing that is open has such a value."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: other room."""
        super().resizeEvent(event)
        self._fit()

    def _decide(self, decisions: Sequence[Decision]) -> None:
        self.decided.emit(list(decisions), [])

    def _confirm(self, name: str) -> None:
        self._decide([self.review.decisions[name]])
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, answer: Answer) -> None:
        self.current = answer.question if self.review.item_of(self.current) is None else self.current
        self.decided.emit([], [answer])

    def _later(self, name: str) -> None:
        if self.review.is_decided(name):
            self.reopened.emit(name)
        elif name == self.current:
            self.step(1)

    def _show(self, review: Review) -> None:
        self.review = review
        self.model.show_review(review)
        if review.item_of(self.current) is None:
            self.current = (review.open or review.names or [""])[0]
        item = review.item_of(self.current)
        if item is not None:
            name = self.current
            self.list.setCurrentIndex(self.model.index_of(item.key))
            self.current = name
        self._show_current()
        self._fit()

    def _row_changed(self, index: QModelIndex) -> None:
        row = self.model.row(index) if index.isValid() else None
        if not isinstance(row, Item) or self.current in row.ids:
            return
        self.current = next((name for name in row.ids if self.review.needs_someone(name)), row.ids[0])
        self._show_current()

    def _show_current(self) -> None:
        review = self.review
        item = review.item_of(self.current)
        self.detail.show_item(item, review, self.current, self._joined)
        tally = review.tally
        self._count.setText(self.tr("{0} of {1} open").format(tally.open, tally.all) if tally.all else self.tr("nothing"))
        if item is not None:
            place = self.tr("{0} of {1}").format(review.names.index(self.current) + 1, tally.all)
            self.said.emit(f"{place}: {item_title(item)}, {state_words(item, review)[0]}")
            self._announce(item)

    def _announce(self, item: Item) -> None:
        event = QAccessibleEvent(self.list, QAccessible.Event.NameChanged)
        QAccessible.updateAccessibility(event)

    def _fit(self) -> None:
        self._pane.setMinimumWidth(self._theme.px(_LEFT))
        low = self.height() < self._theme.px(_LOW)
        self.table.setFixedHeight(min(self.table.content_height(), round(self.height() * (_SHARE_OF_LOW if low else _SHARE))))
        self.footer.set_short(low)

    def _lay_out(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._band = QFrame(self)
        set_look(self._band, "paper")
        band = QVBoxLayout(self._band)
        band.setContentsMargins(px(20), 0, px(20), px(8))
        band.addWidget(self.table)
        column.addWidget(self._band)
        column.addWidget(_line(self))
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setObjectName(PANE)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left())
        right = QFrame(self)
        set_look(right, "paper")
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.detail, 1)
        inside.addWidget(_line(right))
        inside.addWidget(self.footer)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([px(320), px(1044)])
        column.addWidget(self.splitter, 1)

    def _left(self) -> QWidget:
        px = self._theme.px
        pane = QFrame(self)
        set_look(pane, "panel")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = GivingWay(px(6), pane)
        row.setContentsMargins(px(12), px(6), px(6), px(2))
        title = QLabel(self.tr("To decide"), pane)
        set_look(title, "strong")
        set_look(self._count, "muted")
        hint = key_hint("F8")
        hint.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.add(_beside(row, px(6), title, self._count), 1)
        row.add(_beside(row, px(6), hint, self._make_many(pane)))
        column.addWidget(row)
        column.addWidget(self.list, 1)
        self._pane = pane
        return pane

    def _make_many(self, parent: QWidget) -> QToolButton:
        button = QToolButton(parent)
        button.setText(self.tr("Many…"))
        button.setAccessibleName(self.tr("Decide many at once"))
        button.setToolTip(self.tr("Decide all that are open by a rule"))
        button.setProperty("look", "tool")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(button)
        button.setMenu(menu)
        menu.aboutToShow.connect(lambda: self._fill_many(menu))
        self.many = button
        return button

    def _fill_many(self, menu: QMenu) -> None:
        menu.clear()
        rules = ((Rule.MINE, self.tr("Mine")), (Rule.THEIRS, self.tr("Theirs")), (Rule.NEWEST, self.tr("The newest")))
        for rule, words in rules:
            self._entry(menu, self.tr("{0} in all that are open").format(words), rule, "")
        for group in GROUPS[:-1]:
            if any(item.group == group for item in self.review.items):
                below = menu.addMenu(self.tr("Only {0}").format(group_words(group).lower()))
                for rule, words in rules:
                    self._entry(below, words, rule, group)
        if self._band.isVisible():
            menu.addSeparator()
            self._entry(menu, self.tr("All undecided again"), Rule.NONE, "")

    def _entry(self, menu: QMenu, words: str, rule: Rule, group: str) -> None:
        count = len(self.review.by_rule(rule, group)) if rule is not Rule.NONE else self.review.tally.all - self.review.tally.open
        action = menu.addAction(f"{words} ({count})")
        action.setEnabled(count > 0)
        action.triggered.connect(lambda: self.by_rule(rule, group))


def _beside(parent: QWidget, spacing: int, *widgets: QWidget) -> QWidget:
    box = QWidget(parent)
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return box


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    set_look(line, "line")
    line.setFixedHeight(1)
    return line
