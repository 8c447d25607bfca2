"""The middle: one text with both coders' passages beside it, who they are above, and what the marks mean below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPalette, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from qcode.agreement.units import joined
from qcode.model.span import Span
from qcode.text.sentences import sentence_at
from qcode.views.adjudication import SideBySide
from qcode.views.agreement import Disagreement
from ui.document.document_edit import DocumentEdit, Editor, LongDocumentEdit
from ui.document.lines import Lines
from ui.document.shown_text import ShownText
from ui.document.typesetting import Typesetting
from ui.measures import PANE_PADDING
from ui.screens.agreement.contrast import Contrast, Ground, Segment
from ui.screens.agreement.legend import Legend
from ui.screens.agreement.margins import Margin
from ui.screens.agreement.people import Person
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.elided import Elided
from ui.widgets.key_hint import key_hint

_HEAD = 44
_LEGEND = 34
_LONG = 1_000_000
_ROOM_FOR_KEYS = 440
_LABEL, _WIDEST_LABEL = 62, 150
_LEAST_TEXT = 200
#: How much of the height may lie above a difference that needs no scrolling, and below.
_CALM = (0.08, 0.75)


class TextSide(QFrame):
    """Emits `pointed(position)` for a click in the text or on a stripe (a code point), `selected(Span or None)`, and
    `side_chosen(at, name)` when another coder is to stand at the left (0) or right (1)."""

    pointed = Signal(int)
    selected = Signal(object)
    side_chosen = Signal(int, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_look(self, "paper")
        self.text: SideBySide | None = None
        self._contrast: Contrast | None = None
        self._current: Disagreement | None = None
        self._segments: list[Segment] = []
        self._shown = ShownText("", ())
        self._typesetting = Typesetting(theme)
        self.people = (Person(theme, True, self), Person(theme, False, self))
        self._label, self._title = QLabel(), Elided()
        self._owner = _Owner(self)
        self.editor: Editor = DocumentEdit(self._owner)
        self._margins: list[Margin] = []
        self._head, self._foot = QFrame(self), QFrame(self)
        # The lines are new only after Qt has laid the text out in its new width.
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(lambda: self.show_current(self._current))
        self._lay_out()
        self._take_editor()
        for at, person in enumerate(self.people):
            person.chosen.connect(lambda name, at=at: self.side_chosen.emit(at, name))
        theme.changed.connect(self._renew)

    def show_people(self, sides: tuple[str, str], coders: tuple[str, ...]) -> None:
        """Say who stands at which side; of more than two each side can be another one."""
        for person, name in zip(self.people, sides, strict=True):
            person.show_person(name, tuple(other for other in coders if other not in sides) if len(coders) > 2 else ())

    def show_text(self, text: SideBySide | None, coders: tuple[str, str]) -> None:
        """Show a text with the passages of both; the place read stays where it is the same text."""
        before = self.text
        self.text, self._contrast = text, Contrast(text) if text else None
        self._shown = ShownText(text.text, text.blocks) if text else ShownText("", ())
        self._label.setText(text.source.label if text else "")
        self._title.setText((text.source.title or text.source.name) if text else "")
        if before is None or text is None or before.source.text != text.source.text:
            self._set()
        lanes = (text.first, text.second) if text else ((), ())
        for margin, own, coder in zip(self._margins, lanes, coders, strict=True):
            margin.show_text(self._shown, own, coder)
        self._place()
        self._mark()

    def show_current(self, current: Disagreement | None) -> None:
        """Mark a difference, and bring it into sight if it is of this text."""
        self._current = current
        self._mark()
        if self._is_here(current) and current is not None:
            self._bring(current.difference.start)

    def selection(self) -> Span | None:
        """What is selected, in code points."""
        cursor = self.editor.textCursor()
        if self.text is None or not cursor.hasSelection():
            return None
        positions = self._shown.positions
        return Span(positions.to_characters(cursor.selectionStart()), positions.to_characters(cursor.selectionEnd()))

    def select(self, span: Span) -> None:
        """Select a passage."""
        positions, cursor = self._shown.positions, self.editor.textCursor()
        cursor.setPosition(positions.to_units(span.start))
        cursor.setPosition(positions.to_units(span.end), QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)

    def select_sentence(self, point: QPoint) -> None:
        """Select the sentence at a point of the viewport."""
        at = self._shown.positions.to_characters(self.editor.cursorForPosition(point).position())
        number = self._shown.paragraph_at(at)
        if self.text and number >= 0:
            block = self._shown.blocks[number]
            found = sentence_at(self.text.text, at, block.start, block.end)
            if found:
                self.select(found)

    def clear_selection(self) -> None:
        """Select nothing."""
        cursor = self.editor.textCursor()
        cursor.clearSelection()
        self.editor.setTextCursor(cursor)

    def paint_under(self, painter: QPainter) -> None:
        """Paint the grounds of what is in sight: all grounds first, so that none covers a line of the row above."""
        colour, positions = self._theme.colour, self._shown.positions
        wash = self._theme.code(self._current.code.colour).wash_overlap if self._current else colour("warn_soft")
        grounds = {Ground.SAME: colour("hover"), Ground.DIFFER: colour("warn_soft"), Ground.CURRENT: wash}
        lines = []
        for placed in self.editor.visible():
            begin, length = placed.block.position(), placed.block.length()
            measured = Lines(placed.block)
            for start, end, ground in self._segments:
                first, last = positions.to_units(start) - begin, positions.to_units(end) - begin
                if last <= 0:
                    continue
                if first >= length:
                    break
                for left, top, right, bottom in measured.rects(max(0, first), min(last, length)):
                    rect = QRectF(left, top, right - left, bottom - top).translated(placed.x, placed.y)
                    painter.fillRect(rect, grounds[ground])
                    if ground is not Ground.SAME:
                        lines.append(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 2))
        for line in lines:
            painter.fillRect(line, colour("warn"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt tells: margins follow the editor's size; a click without a selection points at what lies there."""
        if watched is self.editor and event.type() is QEvent.Type.Resize:
            self._place()
            # The meaning of the marks comes before the keys, which the menu says too.
            self._keys.setVisible(self.editor.width() >= self._theme.px(_ROOM_FOR_KEYS))
            self._settled.start()
        elif isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease and watched is self.editor.viewport():
            cursor = self.editor.cursorForPosition(event.position().toPoint())
            if event.button() is Qt.MouseButton.LeftButton and not self.editor.textCursor().hasSelection():
                self.pointed.emit(self._shown.positions.to_characters(cursor.position()))
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        px = self._theme.px
        set_look(self._head, "paper")
        set_look(self._label, "strong")
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(px(16), 0, px(16), 0)
        head.setSpacing(px(6))
        head.addWidget(self.people[0])
        head.addStretch(1)
        head.addWidget(self._label)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.people[1])
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(px(PANE_PADDING + 2), 0, px(PANE_PADDING + 2), 0)
        foot.setSpacing(px(6))
        foot.addWidget(Legend(self._theme, self), 1)
        self._keys = QWidget()
        keys = QHBoxLayout(self._keys)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(px(6))
        for key, words in (("F8", self.tr("next,")), ("Shift+F8", self.tr("previous"))):
            keys.addWidget(key_hint(key), 0, Qt.AlignmentFlag.AlignVCenter)
            label = QLabel(words)
            set_look(label, "small")
            keys.addWidget(label)
        foot.addWidget(self._keys)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for widget in (self._head, _line(self), self.editor, _line(self), self._foot):
            self._column.addWidget(widget, 1 if widget is self.editor else 0)
        self._fit()

    def _fit(self) -> None:
        self._head.setFixedHeight(self._theme.px(_HEAD))
        self._foot.setFixedHeight(self._theme.px(_LEGEND))

    def _take_editor(self) -> None:
        """Margins and names for an editor that has just been made."""
        editor = self.editor
        editor.setAccessibleName(self.tr("Text with both coders’ passages"))
        editor.setAccessibleDescription(self.tr("F8 goes to the next disagreement; 1 to 5 settle it, 5 takes what is selected here"))
        self._margins = [Margin(self._theme, editor, True), Margin(self._theme, editor, False)]
        for margin in self._margins:
            margin.pointed.connect(self.pointed)
            editor.verticalScrollBar().valueChanged.connect(margin.update)
            margin.show()
        editor.selectionChanged.connect(lambda: self.selected.emit(self.selection()))
        editor.installEventFilter(self)
        editor.viewport().installEventFilter(self)

    def _set(self) -> None:
        """Set the text, in an editor of the kind that its length needs."""
        long = self.text is not None and len(self.text.text) > _LONG
        if long is not isinstance(self.editor, LongDocumentEdit):
            old = self.editor
            self.editor = LongDocumentEdit(self._owner) if long else DocumentEdit(self._owner)
            self._column.replaceWidget(old, self.editor)
            self._column.setStretchFactor(self.editor, 1)
            old.hide()
            old.deleteLater()
            self._take_editor()
        self._typesetting = Typesetting(self._theme)
        palette = self._theme.palette()
        palette.setColor(QPalette.ColorRole.Window, self._theme.colour("paper"))
        self.editor.setPalette(palette)
        before = self.editor.document()
        made: QTextDocument
        if long:
            made = self._typesetting.plain_document(self._shown, self.editor)
        else:
            made = self._typesetting.document(self._shown, self.editor)
        mine = before.parent() is self.editor
        self.editor.setDocument(made)
        if mine:
            # Qt deletes only documents it made itself.
            before.deleteLater()

    def _mark(self) -> None:
        here = self._current if self._is_here(self._current) else None
        self._segments = self._contrast.segments(here) if self._contrast else []
        spans = sorted((*here.difference.first, *here.difference.second)) if here else []
        self._margins[0].show_bar(joined(spans))
        self.editor.viewport().update()

    def _is_here(self, one: Disagreement | None) -> bool:
        return one is not None and self.text is not None and one.source.uuid == self.text.source.uuid

    def _bring(self, position: int) -> None:
        cursor = QTextCursor(self.editor.document())
        cursor.setPosition(self._shown.positions.to_units(position))
        y, height = self.editor.cursorRect(cursor).top(), self.editor.viewport().height()
        if not height * _CALM[0] <= y <= height * _CALM[1]:
            self.editor.scroll_to(cursor)

    def _place(self) -> None:
        """Text as wide as reads well; what is left goes to the margins, the labels first."""
        editor, px = self.editor, self._theme.px
        room = editor.width() - editor.verticalScrollBar().sizeHint().width()
        most = self._typesetting.measures[1]
        bare = sum(margin.least_width(0) for margin in self._margins)
        label = max(0, min(px(_WIDEST_LABEL), max(px(_LABEL), (room - bare - most) // 2), (room - bare - px(_LEAST_TEXT)) // 2))
        left, right = (margin.least_width(label) for margin in self._margins)
        spare = max(0, room - left - right - most)
        text = max(px(60), room - left - right - spare)
        left += spare // 2
        right = max(0, room - left - text)
        editor.setViewportMargins(left, 0, right, 0)
        height = editor.viewport().height() or editor.height()
        self._margins[0].setGeometry(0, 0, left, height)
        self._margins[1].setGeometry(left + text, 0, right, height)

    def _renew(self) -> None:
        """Other colours or sizes: the text is set anew, the current difference in sight."""
        self._fit()
        self._set()
        self._place()
        self._settled.start()


class _Owner(QObject):
    """Answers the editor, whose text is only read and selected here."""

    def __init__(self, side: TextSide) -> None:
        super().__init__(side)
        self._side = side

    def paint_under(self, painter: QPainter) -> None:
        """Paint the grounds."""
        self._side.paint_under(painter)

    def take_key(self, event: QKeyEvent) -> bool:
        """Escape lets go of what is selected; everything else is Qt's."""
        if event.key() == Qt.Key.Key_Escape and self._side.selection():
            self._side.clear_selection()
            return True
        return False

    def passage_as_data(self) -> QMimeData:
        """The selected passage, in the stored letters."""
        data, span = QMimeData(), self._side.selection()
        if span and self._side.text:
            data.setText(span.of(self._side.text.text))
        return data

    def triple_click(self, point: QPoint) -> None:
        """Select the sentence there."""
        self._side.select_sentence(point)

    def show_menu(self, point: QPoint) -> None:
        """There is no menu of its own: every act has its button beside the text."""

    def takes(self, data: QMimeData) -> bool:
        """Nothing is dropped here."""
        return False

    def take_drop(self, data: QMimeData, point: QPoint, now: bool) -> bool:
        """Nothing is dropped here."""
        return False


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    set_look(line, "line")
    line.setFixedHeight(1)
    return line
