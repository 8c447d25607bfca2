"""Tables of figures: what came in by person and country, and the team at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from qcode.exchange.exporters.wording import counted
from qcode.views.merges import Member, Passage
from ui.measures import BODY, LABEL, LIST_ROW
from ui.screens.team.painting import width_of, write
from ui.screens.team.wording import day, moment, tr
from ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_HEAD = 26
_LEAST = 64
_NAMES = 170
_NEVER = "–"


class FigureModel(QAbstractTableModel):
    """A table of words and numbers that are made before; column 0 names the row."""

    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    #: The last row adds up those above it.
    has_total = False

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Qt asks: how many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Qt asks: how many columns."""
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: what a column says."""
        return self.heads[section] if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: the words of a cell; aloud with its row and column."""
        if not index.isValid():
            return None
        words = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            name = self.rows[index.row()][0]
            return name if index.column() == 0 else f"{name}, {self.heads[index.column()]}: {words or tr('none')}"
        return None


class CameInModel(FigureModel):
    """New passages by person and country; the last column and the last row add up."""

    has_total = True

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._passages: tuple[Passage, ...] = ()
        self._people: list[str] = []
        self._countries: list[str] = []

    def show_passages(self, passages: Sequence[Passage]) -> None:
        """Show what some passages add up to."""
        self.beginResetModel()
        self._passages = tuple(passages)
        self._people = list(dict.fromkeys(one.coder for one in passages))
        self._countries = sorted({one.country for one in passages}, key=lambda name: (not name, name))
        self.heads = ["", *(country or tr("no case") for country in self._countries), tr("All")]
        counts = Counter((one.coder, one.country) for one in passages)
        every = Counter(one.country for one in passages)
        of = {person: Counter({country: counts[person, country] for country in self._countries}) for person in self._people}
        self.rows = [self._row(person, numbers) for person, numbers in of.items()]
        if self._people:
            self.rows = [*self.rows, self._row(tr("Together"), every)]
        self.endResetModel()

    def passages(self, index: AnyIndex) -> list[Passage]:
        """The passages that a cell counts; all of them without one."""
        if not index.isValid():
            return list(self._passages)
        person = self._people[index.row()] if index.row() < len(self._people) else None
        inside = 1 <= index.column() <= len(self._countries)
        country = self._countries[index.column() - 1] if inside else None
        return [one for one in self._passages if person in (None, one.coder) and country in (None, one.country)]

    def place_words(self, index: AnyIndex) -> str:
        """'Baktygul T., Kyrgyzstan: 12 passages'."""
        found = counted(len(self.passages(index)), tr("passage"))
        if not index.isValid():
            return found
        person = str(self.rows[index.row()][0])
        country = str(self.heads[index.column()]) if 1 <= index.column() <= len(self._countries) else ""
        return f"{', '.join(part for part in (person, country) if part)}: {found}"

    def _row(self, name: str, counts: Counter[str]) -> list[str]:
        numbers = [counts[country] for country in self._countries]
        return [name, *(f"{number:,}" if number else "" for number in numbers), f"{sum(numbers):,}"]


class MemberModel(FigureModel):
    """Who is in the team."""

    def show_members(self, members: Sequence[Member], me: str) -> None:
        """Show other people; `me` is who works in this copy."""
        self.beginResetModel()
        self.heads = ["", tr("codings"), tr("sources"), tr("last change"), tr("came in last"), tr("brought then")]
        self.rows = [
            (
                tr("{0} (you)").format(one.name) if one.name == me else one.name,
                f"{one.codings:,}",
                f"{one.sources:,}",
                day(one.last_change) or _NEVER,
                moment(one.came_in) or _NEVER,
                f"+{one.brought:,}" if one.came_in else _NEVER,
            )
            for one in members
        ]
        self.endResetModel()


class FigureDelegate(QStyledItemDelegate):
    """Names at left, figures at right; the cell one is in on an accent ground."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Qt asks: one cell."""
        model, theme, room = index.model(), self._theme, QRectF(option.rect)
        if not isinstance(model, FigureModel):
            return
        total = model.has_total and index.row() == model.rowCount() - 1
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, theme.colour("row_selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(room, theme.colour("hover"))
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), theme.colour("line"))
        font = theme.font(BODY, figures=index.column() > 0)
        if total or index.column() == 0:
            font.setWeight(QFont.Weight.DemiBold)
        inside = room.adjusted(theme.px(4), 0, -theme.px(8), 0)
        write(painter, font, theme.colour("text"), inside, str(index.data()), right=index.column() > 0)
        painter.restore()


class FigureTable(QTableView):
    """The view of such a table."""

    def __init__(self, theme: Theme, model: FigureModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setHorizontalHeader(_Head(theme, self))
        self.setModel(model)
        self.setItemDelegate(FigureDelegate(theme, self))
        self.setProperty("look", "paper")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(name)
        model.modelReset.connect(self.renew)
        theme.changed.connect(self.renew)
        self.renew()

    def content_height(self) -> int:
        """How high all of it is."""
        return self._theme.px(_HEAD) + self.model().rowCount() * self._theme.px(LIST_ROW) + self._theme.px(12)

    def renew(self) -> None:
        """Set widths and heights for the rows and the theme of now."""
        px, model = self._theme.px, self.model()
        if not isinstance(model, FigureModel):
            return
        font = self._theme.font(BODY, figures=True)
        font.setWeight(QFont.Weight.DemiBold)
        for row in range(model.rowCount()):
            self.setRowHeight(row, px(LIST_ROW))
        for column in range(model.columnCount()):
            words = [width_of(font, str(row[column])) for row in model.rows]
            head = width_of(self._theme.font(LABEL), str(model.heads[column]))
            widest = round(max([head, *words])) + px(22)
            self.setColumnWidth(column, max(px(_LEAST if column else _NAMES), widest))
        self.setMaximumWidth(self.horizontalHeader().length() + px(14))
        self.viewport().update()
        self.updateGeometry()


class _Head(QHeaderView):
    """Small words at the right of their columns, a line below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme

    def sizeHint(self) -> QSize:
        """Qt asks: one line of small words."""
        return QSize(100, self._theme.px(_HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks: the headings, on the ground of the table to its edge."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.fillRect(self.length(), 0, self.width(), self.height(), self._theme.colour("paper"))
        painter.end()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt asks: one heading."""
        room, theme = QRectF(rect), self._theme
        painter.save()
        painter.fillRect(room, theme.colour("paper"))
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), theme.colour("line_strong"))
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        write(painter, theme.font(LABEL), theme.colour("text_muted"), room.adjusted(theme.px(4), 0, -theme.px(8), 0), words, right=True)
        painter.restore()
