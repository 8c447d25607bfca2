"""The document pane: one text with its paragraph numbers, its codings behind and beside it, a caret and a selection.

Everything that goes in and out is in code points of the stored text; Qt's units stay in here.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, QRect, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QTextCursor, QTextDocument
from PySide6.QtWidgets import QStackedLayout, QWidget

from qcode.model.document import Block
from qcode.model.span import Span
from qcode.text.sentences import sentence_at
from qcode.text.words import nearest_word_end, nearest_word_start
from qcode.views.coding_codes import CodeList
from qcode.views.coding_document import CodingDocument, Patch
from ui.measures import STRIPE_AREA
from ui.screens.coding.document_edit import DocumentEdit, Editor, LongDocumentEdit
from ui.screens.coding.gutter import WIDTH as GUTTER
from ui.screens.coding.gutter import Gutter
from ui.screens.coding.marks import Marks
from ui.screens.coding.mime import CODE, PASSAGE
from ui.screens.coding.shown_text import ShownText
from ui.screens.coding.stripes import End, Stripes
from ui.screens.coding.typesetting import Typesetting
from ui.screens.coding.washes import Washes
from ui.theme import Theme

#: Texts beyond this many characters are shown by the plainer editor.
LONG = 1_000_000
_LEAST_MARGIN = 60
_MOST_SPOKEN = 200


class TextPane(QWidget):
    """One source's text. `show_document` puts another one in; `patch` takes in what an act did to its codings.

    Emits `moved()` when caret or selection are elsewhere, `chosen(uuid)` when a coding is clicked in the margin, `memo_wanted(uuid)`,
    `ends_moved(uuid, start, end)` when an end of a passage was dragged, `dropped(code, span)` when a code was dropped on the text,
    `told(str)` with what a drop will do, `menu_wanted(point)`.
    """

    moved = Signal()
    chosen = Signal(str)
    memo_wanted = Signal(str)
    ends_moved = Signal(str, int, int)
    dropped = Signal(str, object)
    told = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, codes: CodeList) -> None:
        super().__init__()
        self._theme = theme
        self._scale = 1.0
        self._typesetting = Typesetting(theme)
        self._document: CodingDocument | None = None
        self._shown = ShownText("", ())
        self._set_for = 0
        #: Asked for every key before Qt is; True when it did something.
        self.keys: Callable[[QKeyEvent], bool] = lambda _: False
        self.marks = Marks(theme, codes)
        self._washes = Washes(self.marks)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._long: Editor | None = None
        self._short: Editor = self._prepare(DocumentEdit(self))
        self._editor: Editor = self._short
        self.setFocusProxy(self._editor)
        self.marks.changed.connect(self._forget)
        self.marks.selected_changed.connect(self._show_selected)
        theme.changed.connect(self._set_anew)

    @property
    def editor(self) -> Editor:
        """The editor that shows the text now."""
        return self._editor

    @property
    def stripes(self) -> Stripes:
        """The margin at its right."""
        return self._editor.findChild(Stripes)  # type: ignore[return-value]

    @property
    def gutter(self) -> Gutter:
        """The margin at its left."""
        return self._editor.findChild(Gutter)  # type: ignore[return-value]

    @property
    def shown(self) -> ShownText:
        """The text as it is shown."""
        return self._shown

    @property
    def text(self) -> str:
        """The stored text."""
        return self._document.text if self._document else ""

    def show_document(self, document: CodingDocument | None) -> None:
        """Show another source, from its beginning, or none."""
        self._document = document
        self._shown = ShownText(self.text, document.blocks if document else ())
        self._editor = self._editor_for(len(self.text))
        self._stack.setCurrentWidget(self._editor)
        self.setFocusProxy(self._editor)
        self._set_text()
        self.marks.show(document, self._shown.positions)

    def patch(self, patch: Patch) -> None:
        """Show what an act did to the codings of the source that is shown."""
        self.marks.patch(patch)

    def set_text_scale(self, scale: float) -> None:
        """Show the text at `scale` times its size (0.8-2.0), at the place it is at."""
        self._scale = min(2.0, max(0.8, scale))
        self._set_anew()

    @property
    def text_scale(self) -> float:
        """How large the text is, 1.0 at 100 %."""
        return self._scale

    def caret(self) -> int:
        """The code point before which the caret stands."""
        return self._shown.positions.to_characters(self._editor.textCursor().position())

    def selection(self) -> Span | None:
        """The selected passage, None without one."""
        cursor = self._editor.textCursor()
        positions = self._shown.positions
        start, end = positions.to_characters(cursor.selectionStart()), positions.to_characters(cursor.selectionEnd())
        return Span(start, end) if start < end else None

    def select(self, span: Span | None, *, keep_start: bool = True) -> None:
        """Select a passage, with the caret at its end (at its start with `keep_start` off); None: no selection, the caret stays."""
        cursor = self._editor.textCursor()
        if span is None:
            cursor.clearSelection()
        else:
            ends = [self._shown.positions.to_units(place) for place in (span.start, span.end)]
            anchor, position = ends if keep_start else ends[::-1]
            cursor.setPosition(anchor)
            cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)

    def put_caret(self, position: int) -> None:
        """Put the caret before a code point, with nothing selected."""
        cursor = self._editor.textCursor()
        cursor.setPosition(self._shown.positions.to_units(position))
        self._editor.setTextCursor(cursor)

    def go_to(self, position: int) -> None:
        """Scroll until a code point stands well in sight; where it does already, nothing moves."""
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(self._shown.positions.to_units(position))
        rect = self._editor.cursorRect(cursor)
        if not self._editor.viewport().rect().adjusted(0, self._typesetting.line, 0, -2 * self._typesetting.line).contains(rect.center()):
            self._editor.scroll_to(cursor)

    def scroll_place(self) -> int:
        """How far the text is scrolled, to come back to."""
        return self._editor.verticalScrollBar().value()

    def scroll_back(self, place: int) -> None:
        """Scroll to where `scroll_place` was."""
        self._editor.verticalScrollBar().setValue(place)

    def rect_of(self, span: Span) -> QRect:
        """What a passage takes up, in global pixels: as wide as the text, as high as its lines."""
        top, bottom = (self._cursor_rect(place) for place in (span.start, span.end))
        port = self._editor.viewport()
        corner = port.mapToGlobal(QPoint(0, top.top()))
        return QRect(corner.x(), corner.y(), port.width(), bottom.bottom() - top.top() + 1)

    def sentence(self, position: int) -> Span | None:
        """The sentence a code point stands in; None in a blank text."""
        block = self.paragraph(position)
        return sentence_at(self.text, position, block.start, block.end) if block else None

    def paragraph(self, position: int) -> Block | None:
        """The paragraph a code point stands in or after, the first one before all; None in a blank text."""
        blocks = self._shown.blocks
        return blocks[max(0, self._shown.paragraph_at(position))] if blocks else None

    def describe_stripes(self) -> None:
        """Tell screen readers of the codings in the order of the text."""
        found = [one for _, _, name in self.marks.all()[:_MOST_SPOKEN] if (one := self.marks.coding(name))]
        words = self.tr("{code}, paragraph {n}, by {coder}")
        said = (words.format(code=self.marks.name(one.code), n=self._shown.paragraph_at(one.start) + 1, coder=one.coder) for one in found)
        self.stripes.setAccessibleDescription("; ".join(said))

    # What the editors ask for.

    def paint_under(self, painter: QPainter) -> None:
        """Paint the washes of what is in sight."""
        self._washes.paint(painter, self._editor.visible(), self._editor.viewport().width())

    def take_key(self, event: QKeyEvent) -> bool:
        """Ask whoever has the keys."""
        return self.keys(event)

    def passage_as_data(self) -> QMimeData:
        """The selected passage, in the stored letters, to be copied or dragged."""
        data = QMimeData()
        span = self.selection()
        if span:
            data.setText(span.of(self.text))
            data.setData(PASSAGE, QByteArray(f"{span.start} {span.end}".encode()))
        return data

    def triple_click(self, point: QPoint) -> None:
        """Select the sentence at a point of the viewport."""
        self.select(self.sentence(self.position_at(point)))

    def show_menu(self, point: QPoint) -> None:
        """Ask for the menu."""
        self.menu_wanted.emit(point)

    def take_drop(self, data: QMimeData, point: QPoint, now: bool) -> bool:
        """A code may be dropped: on the selection, else on the sentence there."""
        if not data.hasFormat(CODE):
            return False
        code = bytes(data.data(CODE).data()).decode()
        selected, there = self.selection(), self.position_at(point)
        span = selected if selected and selected.start <= there <= selected.end else self.sentence(there)
        if span is None:
            return False
        if now:
            self.dropped.emit(code, span)
        else:
            what = self.tr("the selected passage") if span == selected else self.tr("this sentence")
            self.told.emit(self.tr("Drop to apply {code} to {what}").format(code=self.marks.name(code), what=what))
        return True

    def position_at(self, point: QPoint) -> int:
        """The code point nearest to a point of the viewport."""
        return self._shown.positions.to_characters(self._editor.cursorForPosition(point).position())

    # Inside.

    def _prepare(self, editor: Editor) -> Editor:
        editor.setAccessibleName(self.tr("Text of the source"))
        editor.viewport().setObjectName("document")
        gutter, stripes = Gutter(self._theme, editor), Stripes(self._theme, editor, self.marks)
        gutter.paragraph_clicked.connect(self._select_paragraph)
        stripes.clicked.connect(self.chosen)
        stripes.memo_wanted.connect(self.memo_wanted)
        stripes.end_dragged.connect(self._show_drag)
        stripes.end_dropped.connect(self._end_drag)
        editor.verticalScrollBar().valueChanged.connect(self._update_margins)
        editor.selectionChanged.connect(self._update_margins)
        editor.cursorPositionChanged.connect(self.moved)
        editor.selectionChanged.connect(self.moved)
        editor.installEventFilter(self)
        self._stack.addWidget(editor)
        return editor

    def _editor_for(self, characters: int) -> Editor:
        if characters <= LONG:
            return self._short
        if self._long is None:
            self._long = self._prepare(LongDocumentEdit(self))
        return self._long

    def _set_text(self) -> None:
        palette = self._theme.palette()
        palette.setColor(QPalette.ColorRole.Window, self._theme.colour("paper"))
        self._editor.setPalette(palette)
        old = self._editor.document()
        plain = isinstance(self._editor, LongDocumentEdit)
        make = self._typesetting.plain_document if plain else self._typesetting.document
        made: QTextDocument = make(self._shown, self._editor)
        self._washes.forget()
        self._lay_out_margins()
        mine = old.parent() is self._editor
        self._editor.setDocument(made)
        if mine:
            # Qt deletes only documents it made itself.
            old.deleteLater()
        self.gutter.show_text(self._shown)

    def _set_anew(self) -> None:
        """The same text in another theme or size."""
        self._typesetting = Typesetting(self._theme, self._scale)
        caret, selection = self.caret(), self.selection()
        self._set_text()
        if selection:
            self.select(selection)
        else:
            self.put_caret(caret)
        self.go_to(caret)
        self._editor.viewport().update()

    def _show_selected(self) -> None:
        # Not a lambda: what the marks' signal holds on to, and that holds the marks, would never be let go of.
        self.stripes.update()

    def _forget(self, start: int, end: int) -> None:
        """Paint anew what lies between some units."""
        document = self._editor.document()
        if end - start > 20_000 or not document.blockCount():
            self._washes.forget()
            self._editor.viewport().update()
        else:
            first, last = document.findBlock(start), document.findBlock(max(start, end - 1))
            for number in range(first.blockNumber(), last.blockNumber() + 1):
                self._washes.forget_block(number)
            self._update_blocks(first.blockNumber(), last.blockNumber())
        self.stripes.update()

    def _update_blocks(self, first: int, last: int) -> None:
        """Have Qt paint only the rows of these blocks that are in sight, with the lines below them."""
        port = self._editor.viewport()
        for placed in self._editor.visible():
            if first <= placed.block.blockNumber() <= last:
                height = placed.block.layout().boundingRect().height()
                port.update(QRect(0, int(placed.y) - 4, port.width(), int(height) + 16))

    def _update_margins(self) -> None:
        self.gutter.update()
        self.stripes.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The margins follow the size of the editor."""
        if event.type() is QEvent.Type.Resize and watched is self._editor:
            self._lay_out_margins()
        return super().eventFilter(watched, event)

    def _lay_out_margins(self) -> None:
        """Text of one width; what is left goes to the margins."""
        editor = self._editor
        bar = editor.verticalScrollBar().sizeHint().width()
        gutter = self._theme.px(GUTTER)
        room = editor.width() - bar - gutter
        least, most = self._typesetting.measures
        # The stripes with their names come before a longer line, the line before the names.
        text = max(120, min(max(least, min(most, room - self._theme.px(STRIPE_AREA))), room - self._theme.px(_LEAST_MARGIN)))
        margin = max(0, room - text)
        spare = max(0, margin - self._theme.px(STRIPE_AREA)) // 3
        editor.setViewportMargins(gutter + spare, 0, margin - spare, 0)
        height = editor.viewport().height() or editor.height()
        self.gutter.setGeometry(spare, 0, gutter, height)
        self.stripes.setGeometry(gutter + spare + text, 0, margin - spare, height)

    def _cursor_rect(self, position: int) -> QRect:
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(self._shown.positions.to_units(position))
        return self._editor.cursorRect(cursor)

    def _select_paragraph(self, number: int) -> None:
        block = self._shown.blocks[number]
        self.select(Span(block.start, block.end))
        self._editor.setFocus()

    def _dragged_span(self, uuid: str, end: int, point: QPoint) -> Span | None:
        coding = self.marks.coding(uuid)
        if coding is None:
            return None
        place = self.position_at(point if end != End.START or point.x() < self._editor.viewport().width() else QPoint(0, point.y()))
        if end == End.START:
            return Span(min(nearest_word_start(self.text, place), coding.end - 1), coding.end)
        return Span(coding.start, max(nearest_word_end(self.text, place), coding.start + 1))

    def _show_drag(self, uuid: str, end: int, point: QPoint) -> None:
        self.select(self._dragged_span(uuid, end, point))

    def _end_drag(self, uuid: str, end: int, point: QPoint) -> None:
        span = self._dragged_span(uuid, end, point)
        if span:
            self.select(None)
            self.ends_moved.emit(uuid, span.start, span.end)
