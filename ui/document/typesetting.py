"""How a source's text is set: fonts, line heights and distances of the document pane."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from ui.document.shown_text import Look, ShownText
from ui.measures import DOCUMENT, DOCUMENT_CHARACTERS, DOCUMENT_QUESTION, SCREEN, Type
from ui.theme import Theme

TOP = 18
BOTTOM = 220
_AFTER_PARAGRAPH = 7
#: The selection of a blank line is as high as its letters would be.
_TINY = Type(1, 1)
_SAMPLE = "the borders closed within days and we had no instructions, so "


class Typesetting:
    """The formats of one theme at one size of text; made anew when either changes."""

    def __init__(self, theme: Theme, text_scale: float = 1.0) -> None:
        self._theme = theme
        self._scale = text_scale
        self.font = self._font(DOCUMENT)
        self.line = self._px(DOCUMENT.line)
        self._blocks = {
            Look.PARAGRAPH: self._block(self.line),
            Look.SPEAKER: self._block(self.line),
            Look.QUESTION: self._block(self._px(DOCUMENT_QUESTION.line)),
            Look.HEADING: self._block(self.line),
            Look.BLANK: _blank(),
        }
        self._letters = {
            Look.PARAGRAPH: self._letter(DOCUMENT, "doc_text"),
            Look.SPEAKER: self._letter(DOCUMENT_QUESTION, "text_faint"),
            Look.QUESTION: self._letter(DOCUMENT_QUESTION, "doc_question"),
            Look.HEADING: self._letter(SCREEN, "doc_text"),
            Look.BLANK: self._letter(_TINY, "doc_text"),
        }

    @property
    def measures(self) -> tuple[int, int]:
        """The least and the greatest width of the text in pixels: as many characters as read well on a line."""
        each = QFontMetricsF(self.font).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        return round(each * DOCUMENT_CHARACTERS[0]), round(each * DOCUMENT_CHARACTERS[1])

    def document(self, shown: ShownText, parent: QObject) -> QTextDocument:
        """The text, set; for texts up to a megabyte."""
        document = self._empty(parent)
        frame = document.rootFrame().frameFormat()
        frame.setTopMargin(self._px(TOP))
        frame.setBottomMargin(self._px(BOTTOM))
        document.rootFrame().setFrameFormat(frame)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        # Each format is set on the last, still empty paragraph: formats set afterwards cost a hundred times as much.
        for run in shown.runs():
            if cursor.atBlockStart():
                cursor.setBlockFormat(self._blocks[run.look])
                cursor.setBlockCharFormat(self._letters[run.look])
            cursor.insertText(run.text, self._letters[run.look])
        cursor.endEditBlock()
        return document

    def plain_document(self, shown: ShownText, parent: QObject) -> QTextDocument:
        """The text in one font and at the font's own line height, for texts beyond a megabyte."""
        document = self._empty(parent)
        document.setDocumentLayout(QPlainTextDocumentLayout(document))
        QTextCursor(document).insertText(shown.shown)
        return document

    def _empty(self, parent: QObject) -> QTextDocument:
        document = QTextDocument(parent)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font)
        return document

    def _font(self, step: Type) -> QFont:
        font = self._theme.font(step)
        font.setPixelSize(self._px(step.size))
        return font

    def _px(self, measure: float) -> int:
        return max(1, round(self._theme.px(measure) * self._scale))

    def _block(self, line: int) -> QTextBlockFormat:
        made = QTextBlockFormat()
        made.setLineHeight(line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        made.setBottomMargin(self._px(_AFTER_PARAGRAPH))
        return made

    def _letter(self, step: Type, role: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(self._font(step))
        made.setForeground(self._theme.colour(role))
        return made


def _blank() -> QTextBlockFormat:
    """A blank line between paragraphs, which stand apart anyway."""
    made = QTextBlockFormat()
    made.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return made
