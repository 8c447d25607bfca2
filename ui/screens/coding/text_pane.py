"""The document pane: one text with its paragraph numbers, its codings behind and beside it, a caret and a selection.

Everything that goes in and out is in code points of the stored text; Qt's units stay in here.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QStackedLayout, QWidget

from qcode.model.document import Block
from qcode.model.span import Span
from qcode.text.sentences import sentence_at
from qcode.views.coding_codes import CodeList
from qcode.views.coding_document import Coding, CodingDocument, Patch
from ui.document import letters
from ui.document.document_edit import DocumentEdit, Editor, LongDocumentEdit
from ui.document.shown_text import ShownText
from ui.document.typesetting import Typesetting
from ui.screens.coding.end_drag import EndDrag
from ui.screens.coding.gutter import Gutter
from ui.screens.coding.marks import Marks
from ui.screens.coding.page import Page
from ui.screens.coding.stripes import Stripes
from ui.screens.coding.text_owner import TextOwner
from ui.theme import Theme

#: Texts beyond this many characters are shown by the plainer editor.
LONG = 1_000_000
_LONGEST_QUOTE = 120


class TextPane(QWidget):
    """One source's text. `show_document` puts another one in; `patch` takes in what an act did to its codings.

    Emits `moved()` when caret or selection are elsewhere, `chosen(uuid)` when a coding is clicked in the margin, `memo_wanted(uuid)`,
    `ends_moved(uuid, start, end)` when an end of a passage was dragged, `dropped(code, span)` when a code was dropped on the text,
    `told(str)` with what a drop will do, `menu_wanted(point)`, `zoomed(by)` for larger (1) or smaller (-1) text.
    """

    moved = Signal()
    chosen = Signal(str)
    memo_wanted = Signal(str)
    ends_moved = Signal(str, int, int)
    dropped = Signal(str, object)
    told = Signal(str)
    menu_wanted = Signal(QPoint)
    zoomed = Signal(int)

    def __init__(self, theme: Theme, codes: CodeList) -> None:
        super().__init__()
        self._theme = theme
        self._scale = 1.0
        self._typesetting = Typesetting(theme)
        self._document: CodingDocument | None = None
        self._shown = ShownText("", ())
        #: Asked for every key before Qt is; True when it did something.
        self.keys: Callable[[QKeyEvent], bool] = lambda _: False
        self.marks = Marks(theme, codes)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.owner = TextOwner(self)
        self._long: Page | None = None
        self._short = self._page = self._prepare(DocumentEdit(self.owner))
        self.setFocusProxy(self.editor)
        self.marks.changed.connect(self._show_marks)
        self.marks.selected_changed.connect(self._show_selected)
        theme.changed.connect(self._set_anew)

    @property
    def page(self) -> Page:
        """The editor that shows the text now, with its margins."""
        return self._page

    @property
    def editor(self) -> Editor:
        """The editor that shows the text now."""
        return self._page.editor

    @property
    def stripes(self) -> Stripes:
        """The margin at its right."""
        return self._page.stripes

    @property
    def gutter(self) -> Gutter:
        """The margin at its left."""
        return self._page.gutter

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
        self._page = self._page_for(len(self.text))
        self._stack.setCurrentWidget(self.editor)
        self.setFocusProxy(self.editor)
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
        return self._shown.positions.to_characters(self.editor.textCursor().position())

    def selection(self) -> Span | None:
        """The selected passage, None without one."""
        cursor = self.editor.textCursor()
        positions = self._shown.positions
        start, end = positions.to_characters(cursor.selectionStart()), positions.to_characters(cursor.selectionEnd())
        return Span(start, end) if start < end else None

    def select(self, span: Span | None, *, keep_start: bool = True) -> None:
        """Select a passage in whole letters, the caret at its end (at its start with `keep_start` off); None: nothing, the caret stays."""
        cursor = self.editor.textCursor()
        if span is None:
            cursor.clearSelection()
        else:
            whole = self.whole(span)
            ends = [self._shown.positions.to_units(place) for place in (whole.start, whole.end)]
            anchor, position = ends if keep_start else ends[::-1]
            cursor.setPosition(anchor)
            cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)

    def put_caret(self, position: int) -> None:
        """Put the caret before a code point, with nothing selected."""
        cursor = self.editor.textCursor()
        cursor.setPosition(self._shown.positions.to_units(position))
        self.editor.setTextCursor(cursor)

    def letter_beside(self, position: int, by: int) -> int:
        """The code point at which the next letter (1), or the one before (-1), ends or begins, as Shift and an arrow find it: what a reader
        takes for one letter may be several code points. At an end of the text there is none further."""
        unit = letters.beside(self.editor.document(), self._shown.positions.to_units(position), by)
        return self._shown.positions.to_characters(unit)

    def whole(self, span: Span) -> Span:
        """`span` with the letters whole that it begins or ends in, as a reader takes them for letters."""
        document, positions = self.editor.document(), self._shown.positions
        start, end = (letters.edges(document, positions.to_units(place)) for place in (span.start, span.end))
        return Span(positions.to_characters(start[0]), positions.to_characters(end[1]))

    def go_to(self, position: int) -> None:
        """Scroll until a code point stands well in sight; where it does already, nothing moves."""
        cursor = QTextCursor(self.editor.document())
        cursor.setPosition(self._shown.positions.to_units(position))
        rect = self.editor.cursorRect(cursor)
        if not self.editor.viewport().rect().adjusted(0, self._typesetting.line, 0, -2 * self._typesetting.line).contains(rect.center()):
            self.editor.scroll_to(cursor)

    def scroll_place(self) -> int:
        """How far the text is scrolled, to come back to."""
        return self.editor.verticalScrollBar().value()

    def scroll_back(self, place: int) -> None:
        """Scroll to where `scroll_place` was."""
        self.editor.verticalScrollBar().setValue(place)

    def rect_of(self, span: Span) -> QRect:
        """What a passage takes up, in global pixels: as wide as the text, as high as its lines."""
        top, bottom = (self._cursor_rect(place) for place in (span.start, span.end))
        port = self.editor.viewport()
        corner = port.mapToGlobal(QPoint(0, top.top()))
        return QRect(corner.x(), corner.y(), port.width(), bottom.bottom() - top.top() + 1)

    def sentence(self, position: int) -> Span | None:
        """The sentence a code point stands in, in whole letters; None in a blank text."""
        block = self.paragraph(position)
        found = sentence_at(self.text, position, block.start, block.end) if block else None
        return self.whole(found) if found else None

    def paragraph(self, position: int) -> Block | None:
        """The paragraph a code point stands in or after, the first one before all; None in a blank text."""
        blocks = self._shown.blocks
        return blocks[max(0, self._shown.paragraph_at(position))] if blocks else None

    def spoken(self, coding: Coding) -> str:
        """What a screen reader says of a coding: code, place, coder and words."""
        quote = " ".join(coding.span.of(self.text).split())
        shown = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}…"
        words = self.tr("{code}, paragraph {n}, by {coder}: {quote}")
        number = self._shown.paragraph_at(coding.start) + 1
        return words.format(code=self.marks.name(coding.code), n=number, coder=coding.coder, quote=shown)

    def position_at(self, point: QPoint) -> int:
        """The code point nearest to a point of the viewport at which a letter begins or ends."""
        unit = self.editor.cursorForPosition(point).position()
        before, after = letters.edges(self.editor.document(), unit)
        return self._shown.positions.to_characters(before if unit - before < after - unit else after)

    # Inside.

    def _prepare(self, editor: Editor) -> Page:
        editor.setAccessibleName(self.tr("Text of the source"))
        editor.viewport().setObjectName("document")
        page = Page(self._theme, editor, self.marks)
        page.gutter.paragraph_clicked.connect(self.owner.select_paragraph)
        page.zoomed.connect(self.zoomed)
        page.stripes.spoken = self.spoken
        page.stripes.clicked.connect(self.chosen)
        page.stripes.memo_wanted.connect(self.memo_wanted)
        EndDrag(self, page.stripes)
        # First, so that nobody hears of half a letter.
        editor.cursorPositionChanged.connect(self._keep_letters_whole)
        editor.selectionChanged.connect(self._keep_letters_whole)
        editor.cursorPositionChanged.connect(self.moved)
        editor.selectionChanged.connect(self.moved)
        self._stack.addWidget(editor)
        return page

    def _page_for(self, characters: int) -> Page:
        if characters <= LONG:
            return self._short
        if self._long is None:
            self._long = self._prepare(LongDocumentEdit(self.owner))
        return self._long

    def _set_text(self) -> None:
        plain = isinstance(self.editor, LongDocumentEdit)
        make = self._typesetting.plain_document if plain else self._typesetting.document
        self._page.set_text(make(self._shown, self.editor), self._shown, self._typesetting)

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
        self.editor.viewport().update()

    # Not lambdas: what the marks' signals hold on to, and that holds the marks, would never be let go of.

    def _show_marks(self, start: int, end: int) -> None:
        self._page.forget(start, end)

    def _show_selected(self) -> None:
        self.stripes.update()

    def _keep_letters_whole(self) -> None:
        """The mouse finds places inside of letters that are painted as one: what it selects is widened to whole ones."""
        cursor = self.editor.textCursor()
        whole = letters.whole(cursor)
        if (whole.anchor(), whole.position()) != (cursor.anchor(), cursor.position()):
            self.editor.setTextCursor(whole)

    def _cursor_rect(self, position: int) -> QRect:
        cursor = QTextCursor(self.editor.document())
        cursor.setPosition(self._shown.positions.to_units(position))
        return self.editor.cursorRect(cursor)
