"""The right pane: the list of disagreements with its filter, what both have alike, and the card that settles one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.exchange.exporters.wording import counted
from qcode.views.adjudication import Point
from ui.icons import keep_icon
from ui.measures import PANE_HEADER, PANE_PADDING
from ui.screens.agreement.points_list import PointList
from ui.screens.agreement.settle_card import SettleCard
from ui.style import set_look
from ui.theme import Theme


class PointsPane(QFrame):
    """Emits `take_over_wanted()`, and `filtered()` when the list shows others. The filter is kept here: `only` is the code (UUID and
    name) the list is about, ('', '') for all."""

    take_over_wanted = Signal()
    filtered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_look(self, "panel")
        self.list = PointList(theme, self)
        self.card = SettleCard(theme, self)
        self.only = ("", "")
        self._open_only = False
        self._count, self._nothing, self._alike = QLabel(), QLabel(), QLabel()
        self._take = QPushButton(self.tr("Take over"))
        self._filter = QToolButton()
        self._clear = QToolButton()
        self._prepare()
        self._lay_out()

    def show_waiting(self, waiting: int, can_write: bool) -> None:
        """Say how many passages are alike and not in the layer yet."""
        self._alike.setText(self.tr("{0} alike, not in “agreed” yet").format(counted(waiting, "passage")))
        self._box.setVisible(waiting > 0 and can_write)

    def count(self) -> None:
        """Say how many there are, and why the list is empty if it is."""
        rows = self.list.rows
        settled = sum(point.decision is not None for point in rows.every)
        self._count.setText(self.tr("{0}, {1} settled").format(f"{len(rows.every):,}", f"{settled:,}"))
        self._nothing.setText(self._why_empty())
        self._stack.setCurrentIndex(0 if rows.points else 1)

    def show_only(self, code: str, name: str) -> None:
        """List only one code's (a UUID), or all ('')."""
        self.only = (code, name)
        self._refilter()

    def show_filter(self) -> None:
        """Open the menu of the filter."""
        self._filter.showMenu()

    def point_of(self, key: str) -> Point | None:
        """A difference by its key, whether the filter lists it or not."""
        return next((point for point in self.list.rows.every if point.key == key), None)

    def _why_empty(self) -> str:
        if not self.list.rows.every:
            return self.tr("The two do not differ anywhere in these sources.")
        if self.only[0]:
            return self.tr("No disagreement on {0} is listed.").format(self.only[1])
        return self.tr("All disagreements are settled.")

    def _fill(self) -> None:
        menu = self._filter.menu()
        menu.clear()
        self._entry(menu, self.tr("Open only"), self._open_only).triggered.connect(self._toggle_open)
        menu.addSeparator()
        self._entry(menu, self.tr("Every code"), not self.only[0]).triggered.connect(lambda: self.show_only("", ""))
        codes = {point.disagreement.code.uuid: point.disagreement.code for point in self.list.rows.every}
        for code in sorted(codes.values(), key=lambda code: code.name.casefold()):
            entry = self._entry(menu, code.name.replace("&", "&&"), code.uuid == self.only[0])
            entry.triggered.connect(lambda _=False, code=code: self.show_only(code.uuid, code.name))

    def _entry(self, menu: QMenu, words: str, checked: bool) -> QAction:
        entry = menu.addAction(words)
        entry.setCheckable(True)
        entry.setChecked(checked)
        return entry

    def _toggle_open(self) -> None:
        self._open_only = not self._open_only
        self._refilter()

    def _refilter(self) -> None:
        self.list.rows.show_only(self.only[0], open_only=self._open_only)
        parts = [self.only[1], self.tr("open") if self._open_only else ""]
        words = ", ".join(part for part in parts if part)
        self._clear.setText(words)
        self._clear.setAccessibleName(self.tr("Remove the filter {0}").format(words))
        self._clear.setToolTip(self._clear.accessibleName())
        self._clear.setVisible(bool(words))
        self.count()
        self.filtered.emit()

    def _clear_filter(self) -> None:
        self._open_only = False
        self.show_only("", "")

    def _prepare(self) -> None:
        set_look(self._count, "muted")
        set_look(self._nothing, "muted")
        set_look(self._alike, "small")
        for label in (self._nothing, self._alike):
            label.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        keep_icon(self._theme, self._filter, "funnel")
        self._filter.setMenu(QMenu(self._filter))
        self._filter.menu().aboutToShow.connect(self._fill)
        self._filter.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._filter.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._filter.setAccessibleName(self.tr("Filter the disagreements"))
        self._filter.setToolTip(self.tr("Filter the disagreements (/)"))
        set_look(self._clear, "chip")
        self._clear.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._clear.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._clear.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        keep_icon(self._theme, self._clear, "x", 12)
        self._clear.clicked.connect(self._clear_filter)
        self._clear.hide()
        set_look(self._take, "small")
        self._take.setAccessibleName(self.tr("Take over what both agree on"))
        self._take.setToolTip(self.tr("Put every passage that both have alike into the layer “agreed”"))
        self._take.clicked.connect(self.take_over_wanted)

    def _lay_out(self) -> None:
        px = self._theme.px
        head = QHBoxLayout()
        head.setContentsMargins(px(PANE_PADDING), 0, px(8), 0)
        head.setSpacing(px(8))
        title = QLabel(self.tr("Disagreements"))
        set_look(title, "strong")
        title.setMinimumHeight(px(PANE_HEADER))
        head.addWidget(title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._filter)
        chips = QHBoxLayout()
        chips.setContentsMargins(px(PANE_PADDING), 0, px(PANE_PADDING), 0)
        chips.addWidget(self._clear)
        chips.addStretch(1)
        lists = QWidget()
        self._stack = QStackedLayout(lists)
        self._stack.addWidget(self.list)
        empty = QWidget()
        inside = QVBoxLayout(empty)
        inside.setContentsMargins(px(PANE_PADDING), px(8), px(PANE_PADDING), 0)
        inside.addWidget(self._nothing)
        inside.addStretch(1)
        self._stack.addWidget(empty)
        self._box = QWidget()
        alike = QHBoxLayout(self._box)
        alike.setContentsMargins(px(PANE_PADDING), px(6), px(PANE_PADDING), px(6))
        alike.addWidget(self._alike, 1)
        alike.addWidget(self._take)
        self._box.hide()
        # In a low window the card scrolls, so that the list keeps some rows.
        scroll = QScrollArea()
        scroll.setWidget(self.card)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumHeight(px(150))
        self._scroll = scroll
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(chips)
        column.addWidget(lists, 1)
        column.addWidget(_line())
        column.addWidget(self._box)
        column.addWidget(_line())
        column.addWidget(scroll)


def _line() -> QFrame:
    line = QFrame()
    set_look(line, "line")
    line.setFixedHeight(1)
    return line
