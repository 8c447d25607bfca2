"""At 200 % in a small window no words are cut, unless they say so by an ellipsis and keep enough letters to be known by.

Qt's own labels and buttons are measured; what is rich text is laid out as Qt would; what paints its own words is painted into an SVG,
which says where each piece of text begins.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QBuffer, QPoint, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QRegion, QTextDocument, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QToolButton, QWidget
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from tests.ui.everywhere import go_everywhere
from ui.main_window import MainWindow
from ui.widgets.elided import Elided

#: So much of what is left out with an ellipsis is still read.
LEAST_LETTERS = 4
#: Letters are less high than the labels they stand in.
SLACK = 4


def words_of(widget: QWidget) -> str:
    """What is written on it by Qt itself; what paints its own words, or is only an icon, has none."""
    if paints_itself(widget) or (
        isinstance(widget, QToolButton) and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly and not widget.icon().isNull()
    ):
        return ""
    if isinstance(widget, QLabel):
        return "" if is_rich(widget) or isinstance(widget, Elided) else widget.text()
    return widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""


def paints_itself(widget: QWidget) -> bool:
    return "paintEvent" in vars(type(widget)) and type(widget).__module__.startswith("ui.")


def is_rich(label: QLabel) -> bool:
    return label.textFormat() is Qt.TextFormat.RichText or "<b>" in label.text()


def painted_words(widget: QWidget) -> list[tuple[str, QRectF]]:
    """What a widget writes itself, and where."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    paper = QSvgGenerator()
    paper.setOutputDevice(buffer)
    paper.setSize(widget.size())
    paper.setResolution(widget.logicalDpiY())
    widget.render(paper, QPoint(0, 0), QRegion(), QWidget.RenderFlag(0))
    found = []
    at, font = QTransform(), QFont()
    for node in ElementTree.fromstring(bytes(buffer.data().data())).iter():
        if "transform" in node.attrib:
            numbers = [float(number) for number in node.attrib["transform"].removeprefix("matrix(").removesuffix(")").split(",")]
            at = QTransform(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
        if "font-size" in node.attrib:
            font = QFont([one.strip(" '") for one in node.attrib["font-family"].split(",")])
            font.setPixelSize(round(float(node.attrib["font-size"])))
            font.setWeight(QFont.Weight(int(node.attrib.get("font-weight", "400"))))
        if node.tag.endswith("text") and (node.text or "").strip():
            words, metrics = node.text or "", QFontMetricsF(font)
            corner = QPointF(float(node.attrib["x"]), float(node.attrib["y"]) - metrics.ascent())
            found.append((words, at.mapRect(QRectF(corner, QSizeF(metrics.horizontalAdvance(words), metrics.height())))))
    return found


def overflows(widget: QWidget) -> list[str]:
    """What it writes itself beyond its right edge, or, without the last letters, hardly at all."""
    cut = []
    for words, place in painted_words(widget):
        if place.right() > widget.width() + 2 or place.left() < -2:
            cut.append(f"{words!r} reaches from {place.left():.0f} to {place.right():.0f} of {widget.width()} px")
    return cut


def hardly_shown(label: Elided) -> str:
    """What is left of a label that gives way, '' when it is enough."""
    shown = label.fontMetrics().elidedText(label.text(), Qt.TextElideMode.ElideRight, label.contentsRect().width())
    too_few = shown != label.text() and len(shown) - 1 < LEAST_LETTERS
    return f"{label.text()!r} is shown as {shown!r}" if too_few else ""


def rich_lacks(label: QLabel) -> str:
    """What a label of rich text lacks for its words, '' when nothing."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(label.font())
    document.setHtml(label.text())
    room = label.contentsRect()
    document.setTextWidth(room.width() if label.wordWrap() else -1)
    wide, high = document.idealWidth() - room.width(), document.size().height() - room.height()
    return f"{label.text()!r} lacks {max(0, wide):.0f} x {max(0, high):.0f} px" if wide > 1 or high > 2 else ""


def is_cropped(widget: QWidget) -> str:
    """How much of a control those it lies in do not show, '' for none; what can be scrolled to is not cropped."""
    inside, above = QRect(QPoint(0, 0), widget.size()), widget.parentWidget()
    at = widget
    while above is not None and not at.isWindow():
        inside = inside.translated(at.pos())
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            return ""
        if not above.rect().adjusted(-1, -SLACK, 1, SLACK).contains(inside):
            return f"runs out of {type(above).__name__} ({inside} of {above.rect()})"
        at, above = above, above.parentWidget()
    return ""


def cut_in(widget: QWidget) -> list[str]:
    """Everything about one widget that is not wholly seen."""
    words = words_of(widget)
    found = [lacks(widget, words)] if words else []
    if isinstance(widget, Elided):
        found.append(hardly_shown(widget))
    elif isinstance(widget, QLabel) and is_rich(widget):
        found.append(rich_lacks(widget))
    elif paints_itself(widget):
        found += overflows(widget)
    if isinstance(widget, QAbstractButton | QLabel):
        found.append(is_cropped(widget))
    return [one for one in found if one]


def all_cut(place: QWidget) -> list[str]:
    """What is cut anywhere in a place."""
    seen = (each for each in place.findChildren(QWidget) if each.isVisible() and each.size().isValid())
    return [f"{type(each).__name__} in {type(each.parentWidget()).__name__}: {lack}" for each in seen for lack in cut_in(each)]


def lacks(widget: QWidget, words: str) -> str:
    """What it lacks for its words, '' when nothing."""
    metrics, room = QFontMetrics(widget.font()), widget.contentsRect()
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = metrics.boundingRect(room.adjusted(0, 0, 0, 10_000), int(Qt.TextFlag.TextWordWrap), words)
    else:
        needed = metrics.boundingRect(room, int(Qt.TextFlag.TextShowMnemonic), words)
        needed.setWidth(metrics.horizontalAdvance(words))
    wide, high = needed.width() - room.width(), needed.height() - room.height()
    return f"{words!r} lacks {max(0, wide)} x {max(0, high)} px" if wide > 1 or high > 2 else ""


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_words_are_cut(window: MainWindow, project_file: Path, qtbot: QtBot, scale: float) -> None:
    window.resize(1280, 720)
    window.set_scale(scale)
    cut: list[str] = []
    for name, place in go_everywhere(window, project_file, qtbot):
        # Sizes are asked for and given in turns of the loop of events.
        with suppress(TimeoutError):
            qtbot.waitUntil(lambda place=place: not all_cut(place), timeout=1000)
        cut += [f"{name}: {one}" for one in all_cut(place)]
    window.set_scale(1.0)
    assert not cut, "\n".join(cut)
