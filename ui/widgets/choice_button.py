"""A button that opens a menu and says what is chosen in it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QStyle, QStyleOptionToolButton, QStylePainter, QToolButton, QWidget

from ui.icons import paint_icon
from ui.measures import BUTTON_SMALL, FIELD, SMALL
from ui.painting import line_of_text
from ui.style import set_look
from ui.theme import Theme

_PADDING = 9
_SIGN = 14
_GAP = 6


class ChoiceButton(QToolButton):
    """Words and a chevron; with `icon` that icon stands before the words instead. `flat` leaves ground and border out."""

    def __init__(self, theme: Theme, menu: QMenu, icon: str = "", flat: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._sign, self._flat = theme, icon, flat
        if not flat:
            set_look(self, "small")
        menu.setParent(self, menu.windowFlags())
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Qt asks: as wide as its words."""
        px = self._theme.px
        words = QFontMetricsF(self._theme.font(SMALL)).horizontalAdvance(self.text())
        return QSize(round(words) + 1 + px(_GAP + _SIGN) + px(2 * _PADDING), px(FIELD if self._flat else BUTTON_SMALL))

    def minimumSizeHint(self) -> QSize:
        """Qt asks: words are not cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: the ground as the style has it, words and sign by hand, because Qt leaves the chevron far from the words."""
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text, option.icon = "", option.icon.__class__()
        option.features = QStyleOptionToolButton.ToolButtonFeature.None_
        option.subControls = QStyle.SubControl.SC_ToolButton
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        self._contents(painter)
        painter.end()

    def _contents(self, painter: QPainter) -> None:
        px, font = self._theme.px, self._theme.font(SMALL)
        ink = self._theme.colour(("text_muted" if self._flat else "text") if self.isEnabled() else "text_disabled")
        width = QFontMetricsF(font).horizontalAdvance(self.text()) + 1
        middle, left = self.height() / 2, px(_PADDING)
        sign = QRectF(left if self._sign else left + width + px(_GAP), middle - px(_SIGN) / 2, px(_SIGN), px(_SIGN))
        words = QRectF(sign.right() + px(_GAP) if self._sign else left, 0, width, self.height())
        line_of_text(painter, font, ink, words, self.text())
        paint_icon(painter, sign, self._sign or "chevron-down", self._theme.colour("text_muted"))
