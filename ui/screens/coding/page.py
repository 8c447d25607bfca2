"""One editor with what stands behind its text and beside it: washes, paragraph numbers, stripes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPalette, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QToolTip

from ui.document.document_edit import Editor
from ui.document.shown_text import ShownText
from ui.document.typesetting import Typesetting
from ui.measures import STRIPE_AREA
from ui.screens.coding.gutter import WIDTH as GUTTER
from ui.screens.coding.gutter import Gutter
from ui.screens.coding.marks import Marks
from ui.screens.coding.spoken_stripes import have_stripes_spoken
from ui.screens.coding.stripes import Stripes
from ui.screens.coding.washes import Washes
from ui.theme import Theme

_LEAST_MARGIN = 60
_LEAST_TEXT = 120
#: More units than these are not looked through block by block.
_MANY_UNITS = 20_000


class Page(QObject):
    """Keeps the margins beside the text while the editor is resized, and has painted anew what changed.

    Emits `zoomed(by)` with 1 or -1 when Ctrl and the wheel ask for larger or smaller text.
    """

    zoomed = Signal(int)

    def __init__(self, theme: Theme, editor: Editor, marks: Marks) -> None:
        super().__init__(editor)
        self._theme, self._marks = theme, marks
        self.editor = editor
        self._typesetting = Typesetting(theme)
        self.washes = Washes(marks)
        self.gutter, self.stripes = Gutter(theme, editor), Stripes(theme, editor, marks)
        have_stripes_spoken()
        editor.verticalScrollBar().valueChanged.connect(self._scrolled)
        editor.selectionChanged.connect(self.stripes.follow_selection)
        editor.installEventFilter(self)
        editor.viewport().installEventFilter(self)

    def set_text(self, made: QTextDocument, shown: ShownText, typesetting: Typesetting) -> None:
        """Show a text that was set."""
        self._typesetting = typesetting
        palette = self._theme.palette()
        palette.setColor(QPalette.ColorRole.Window, self._theme.colour("paper"))
        self.editor.setPalette(palette)
        old = self.editor.document()
        self.washes.forget()
        self._lay_out()
        mine = old.parent() is self.editor
        self.editor.setDocument(made)
        if mine:
            # Qt deletes only documents it made itself.
            old.deleteLater()
        self.gutter.show_text(shown)

    def paint_under(self, painter: QPainter) -> None:
        """Paint the washes of what is in sight."""
        self.washes.paint(painter, self.editor.visible(), self.editor.viewport().width())

    def forget(self, start: int, end: int) -> None:
        """Paint anew what lies between some units."""
        document = self.editor.document()
        if end - start > _MANY_UNITS or not document.blockCount():
            self.washes.forget()
            self.editor.viewport().update()
        else:
            first = document.findBlock(start).blockNumber()
            last = document.findBlock(max(start, end - 1)).blockNumber()
            for number in range(first, last + 1):
                self.washes.forget_block(number)
            self._update_blocks(first, last)
        self.stripes.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The margins follow the size of the editor; where more codes lie than are painted, a tooltip names them."""
        if watched is self.editor:
            if event.type() is QEvent.Type.Resize:
                self._lay_out()
        elif isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self.editor.viewport())
            return True
        elif isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            return True
        return super().eventFilter(watched, event)

    def words_at(self, point: QPoint) -> str:
        """The codes at a point of the viewport, where there are more than have a line each; else ''."""
        unit = self.editor.cursorForPosition(point).position()
        names = self._marks.names_at(unit)
        painted, others = names[: self._marks.MOST_LINES], names[self._marks.MOST_LINES :]
        return f"{', '.join(painted)}\n+{len(others)}: {', '.join(others)}" if others else ""

    def _scrolled(self) -> None:
        self.gutter.update()
        self.stripes.update()

    def _update_blocks(self, first: int, last: int) -> None:
        """Have Qt paint only the rows of these blocks that are in sight, with the lines below them."""
        port = self.editor.viewport()
        for placed in self.editor.visible():
            if first <= placed.block.blockNumber() <= last:
                height = placed.block.layout().boundingRect().height()
                port.update(QRect(0, int(placed.y) - 4, port.width(), int(height) + 16))

    def _lay_out(self) -> None:
        """Text of one width; what is left goes to the margins."""
        editor, px = self.editor, self._theme.px
        bar = editor.verticalScrollBar().sizeHint().width()
        gutter = px(GUTTER)
        room = editor.width() - bar - gutter
        least, most = self._typesetting.measures
        # The stripes with their names come before a longer line, the line before the names.
        text = max(_LEAST_TEXT, min(max(least, min(most, room - px(STRIPE_AREA))), room - px(_LEAST_MARGIN)))
        margin = max(0, room - text)
        spare = max(0, margin - px(STRIPE_AREA)) // 3
        editor.setViewportMargins(gutter + spare, 0, margin - spare, 0)
        height = editor.viewport().height() or editor.height()
        self.gutter.setGeometry(spare, 0, gutter, height)
        self.stripes.setGeometry(gutter + spare + text, 0, margin - spare, height)
