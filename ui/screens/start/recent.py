"""The recent projects as a model, and how one of them is painted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QDate,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qcode.views.file_state import FileState
from ui.icons import paint_icon
from ui.measures import LABEL, SMALL, Type
from ui.settings import Settings
from ui.theme import Theme

_TITLE = Type(14, 20, 600)
_ROW = 73
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Recent:
    """A project opened before: its file, what was known of it then, and the file's state, None while that is looked up."""

    path: str
    title: str
    sources: int
    cases: int
    read: int
    opened: str
    state: FileState | None = None

    @property
    def is_missing(self) -> bool:
        """Whether the file is known not to be there."""
        return self.state is not None and not self.state.exists


class Role(IntEnum):
    """What a row is asked for beyond Qt's own roles."""

    RECENT = Qt.ItemDataRole.UserRole + 1


class RecentModel(QAbstractListModel):
    """The recent projects, newest first, of those whose title or path holds the words of the filter."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._words = ""
        self._states: dict[str, FileState] = {}
        self._rows: list[Recent] = []
        self.reload()

    def reload(self) -> None:
        """Read the settings again."""
        self.beginResetModel()
        everything = (self._recent(one) for one in self._settings.recent())
        self._rows = [row for row in everything if self._words in f"{row.title} {row.path}".casefold()]
        self.endResetModel()

    def filter(self, words: str) -> None:
        """Show only projects with these words in title or path."""
        self._words = words.strip().casefold()
        self.reload()

    def note_states(self, states: dict[str, FileState]) -> None:
        """Learn the state of files."""
        self._states.update(states)
        self._rows = [replace(row, state=self._states.get(row.path)) for row in self._rows]
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def recent(self, index: Index) -> Recent:
        """The project in a row."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        """How many are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title, what a screen reader says, the path as tooltip, and the project itself."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.title, state_words(row), facts(row)[0], facts(row)[1], row.path) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.path
        return row if role == Role.RECENT else None

    def _recent(self, one: dict[str, Any]) -> Recent:
        path = one["path"]
        sources, cases, read = (value if isinstance(value := one.get(name), int) else 0 for name in ("sources", "cases", "read"))
        title = str(one.get("title") or Path(path).stem)
        return Recent(path, title, sources, cases, read, str(one.get("opened", "")), self._states.get(path))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Recent", text)


def state_words(recent: Recent) -> str:
    """'not found', 'open on HOST', or nothing."""
    if recent.is_missing:
        return _tr("not found")
    return _tr("open on {0}").format(recent.state.host) if recent.state and recent.state.host else ""


def facts(recent: Recent) -> tuple[str, str]:
    """How much is in a project, in two lines."""
    sources = _tr("1 source") if recent.sources == 1 else _tr("{0} sources").format(recent.sources)
    cases = _tr("1 case") if recent.cases == 1 else _tr("{0} cases").format(recent.cases)
    return f"{sources}, {cases}" if recent.cases else sources, _tr("{0} of {1} read").format(recent.read, recent.sources)


def opened_words(recent: Recent, now: datetime) -> str:
    """When it was opened last: 'today, 16:20', '3 Nov', '3 Nov 2021'."""
    try:
        at = datetime.fromisoformat(recent.opened)
    except ValueError:
        return ""
    if at.date() == now.date():
        return _tr("today, {0}").format(at.strftime("%H:%M"))
    return QLocale().toString(QDate(at.year, at.month, at.day), "d MMM" if at.year == now.year else "d MMM yyyy")


class RecentDelegate(QStyledItemDelegate):
    """Paints a recent project: title, state, path, and at right how much is in it and when it was open."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        return QSize(200, self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        recent = index.data(Role.RECENT)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, state)
        self._paint_mark(painter, rect)
        right = self._paint_facts(painter, rect, recent)
        self._paint_names(painter, rect, recent, right)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        theme = self._theme
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("row_selected"))
            painter.fillRect(QRect(rect.x(), rect.y(), 2, rect.height()), theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.colour("line"))

    def _paint_mark(self, painter: QPainter, rect: QRect) -> None:
        px = self._theme.px
        box = QRectF(rect.x() + px(14), rect.center().y() - px(18), px(36), px(36))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("hover"))
        painter.drawRoundedRect(box, px(4), px(4))
        inset = px(9)
        paint_icon(painter, box.adjusted(inset, inset, -inset, -inset), "square-stack", self._theme.colour("text_muted"))

    def _paint_facts(self, painter: QPainter, rect: QRect, recent: Recent) -> int:
        """Gives where the room at left ends."""
        px = self._theme.px
        painter.setFont(self._theme.font(SMALL))
        painter.setPen(self._theme.colour("text_muted"))
        metrics = painter.fontMetrics()
        when = opened_words(recent, datetime.now())  # noqa: DTZ005 - the user's own clock
        painter.drawText(rect.adjusted(0, 0, -px(14), 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        left = rect.right() - px(258)
        if not recent.opened or left < rect.x() + px(300):
            return rect.right() - px(14) - metrics.horizontalAdvance(when) - px(16)
        first, second = facts(recent)
        middle, line = rect.center().y(), px(19)
        painter.drawText(QRect(left, middle - line, px(180), line), Qt.AlignmentFlag.AlignVCenter, first)
        painter.drawText(QRect(left, middle, px(180), line), Qt.AlignmentFlag.AlignVCenter, second)
        return left - px(16)

    def _paint_names(self, painter: QPainter, rect: QRect, recent: Recent, right: int) -> None:
        px, theme = self._theme.px, self._theme
        left = rect.x() + px(64)
        top = rect.center().y() - px(20)
        painter.setFont(theme.font(_TITLE))
        metrics = painter.fontMetrics()
        words = state_words(recent)
        chip = QFontMetrics(theme.font(LABEL)).horizontalAdvance(words) + px(32) if words else 0
        title = metrics.elidedText(recent.title, Qt.TextElideMode.ElideRight, right - left - chip)
        painter.setPen(theme.colour("text_faint" if recent.is_missing else "text"))
        painter.drawText(QRect(left, top, right - left, px(20)), Qt.AlignmentFlag.AlignVCenter, title)
        if words:
            self._paint_chip(painter, left + metrics.horizontalAdvance(title) + px(8), top + px(1), chip - px(8), words, recent)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour("text_faint"))
        path = painter.fontMetrics().elidedText(recent.path, Qt.TextElideMode.ElideMiddle, right - left)
        painter.drawText(QRect(left, top + px(22), right - left, px(17)), Qt.AlignmentFlag.AlignVCenter, path)

    def _paint_chip(self, painter: QPainter, left: int, top: int, width: int, words: str, recent: Recent) -> None:
        px, theme = self._theme.px, self._theme
        kind, icon = ("bad", "unplug") if recent.is_missing else ("warn", "lock")
        box = QRectF(left, top, width, px(18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{kind}_soft"))
        painter.drawRoundedRect(box, px(3), px(3))
        paint_icon(painter, QRectF(left + px(5), top + px(3), px(12), px(12)), icon, theme.colour(kind))
        painter.setFont(theme.font(LABEL))
        painter.setPen(theme.colour(kind))
        painter.drawText(box.adjusted(px(20), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
