"""The window's one style sheet, made from the theme.

What a widget looks like beyond its kind it says by the property `look` (`set_look`):
- buttons: 'plain' (also without a look), 'primary', 'small', 'danger', 'tool' (no border, for toolbars and pane heads), 'segment' (in a
  frame 'segments'), 'chip', 'link', 'rail', 'card'
- labels: 'metric', 'title', 'screen', 'strong', 'muted', 'small', 'faint', 'label', 'key'
- frames: 'panel', 'paper', 'chrome', 'head' (of a pane), 'segments', 'card', 'popup', 'line', and strips 'warn', 'ok', 'bad', 'info'
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt, QTemporaryDir
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from qcode.resources import resource
from ui.measures import BODY
from ui.theme import Theme, mix

_SIZE = re.compile(r"\[(\d+)\](?=px)")
_COLOUR = re.compile(r"\$(\w+)")
_ICON = re.compile(r"@([\w-]+)")
_ICON_ROLES = {"check": "accent_ink"}
_SHEET = """
* { outline: none; }
QMainWindow, QDialog { background: $chrome; }
QToolTip { background: $raised; color: $text; border: 1px solid $line_strong; padding: [4]px [8]px; }

QMenuBar { background: $chrome; border-bottom: 1px solid $line; padding: [2]px [8]px; }
QMenuBar::item { padding: [5]px [8]px; border-radius: [4]px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenuBar::item:pressed { background: $pressed; }
QMenu { background: $raised; border: 1px solid $line_strong; border-radius: [6]px; padding: [4]px; }
QMenu::item { padding: [5]px [24]px [5]px [8]px; border-radius: [4]px; }
QMenu::item:selected { background: $row_selected; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::icon { padding-left: [8]px; }
QMenu::separator { height: 1px; background: $line; margin: [4]px [8]px; }

QPushButton, QToolButton[look="plain"], QComboBox {
  background: $field; border: 1px solid $line_strong; border-radius: [4]px; padding: 0 [10]px; min-height: [26]px; }
QPushButton:hover, QToolButton[look="plain"]:hover, QComboBox:hover { background: $hover; }
QPushButton:pressed, QToolButton[look="plain"]:pressed, QPushButton:checked, QToolButton[look="plain"]:checked { background: $pressed; }
QPushButton:disabled, QToolButton[look="plain"]:disabled, QComboBox:disabled {
  color: $text_disabled; border-color: $line; background: transparent; }
QPushButton[look="small"], QToolButton[look="small"] { min-height: [22]px; padding: 0 [8]px; font-size: [12]px; }
QToolButton[look="small"] { background: $field; border: 1px solid $line_strong; border-radius: [4]px; }
QToolButton[look="small"]:hover { background: $hover; }
QToolButton[look="small"]:pressed { background: $pressed; }
QPushButton[look="danger"] { color: $bad; }
QPushButton[look="primary"] { background: $accent; border-color: $accent; color: $accent_ink; font-weight: 600; padding: 0 [12]px; }
QPushButton[look="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[look="primary"]:disabled { background: $pressed; border-color: $pressed; color: $text_disabled; }
QPushButton[look="link"] {
  background: transparent; border: none; padding: 0; min-height: [24]px; color: $text; text-decoration: underline; }
QPushButton[look="link"]:hover { color: $accent; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }

QToolButton { background: transparent; border: none; border-radius: [4]px; padding: [3]px; }
QToolButton[look="tool"] { padding: 0 [8]px; min-height: [28]px; min-width: [12]px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton[look="tool"]:checked { background: $pressed; }
QToolButton:disabled { color: $text_disabled; }
QFrame[look="segments"] { background: $field; border: 1px solid $line_strong; border-radius: [4]px; }
QToolButton[look="segment"] {
  border-radius: 0; border-right: 1px solid $line; padding: 0 [9]px; min-height: [22]px; font-size: [12]px; color: $text_muted; }
QToolButton[look="segment"][last="true"] { border-right: none; }
QToolButton[look="segment"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QToolButton[look="chip"] {
  background: $hover; border: 1px solid transparent; border-radius: [3]px; padding: 0 [6]px; min-height: [20]px; font-size: [12]px; }
QToolButton[look="chip"]:hover { border-color: $line_strong; }
QToolButton[look="chip"]:checked { background: $accent_soft; color: $accent; }
QToolButton[look="rail"] { border-radius: [6]px; padding: [4]px 0; font-size: [12]px; color: $text_muted; }
QToolButton[look="rail"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }

QLineEdit, QTextEdit[look="field"], QPlainTextEdit[look="field"], QSpinBox, QDoubleSpinBox, QDateEdit {
  background: $field; border: 1px solid $line_strong; border-radius: [4]px; padding: 0 [7]px; min-height: [26]px;
  selection-background-color: $doc_selection; selection-color: $selected_ink; }
QTextEdit[look="field"], QPlainTextEdit[look="field"] { padding: [4]px [6]px; }
QLineEdit:focus, QTextEdit[look="field"]:focus, QPlainTextEdit[look="field"]:focus, QComboBox:focus, QSpinBox:focus {
  border-color: $accent; }
QLineEdit:disabled { color: $text_disabled; }
QComboBox { padding: 0 [10]px; }
QComboBox::drop-down { border: none; width: [24]px; }
QComboBox::down-arrow { image: url(@chevron-down); width: [14]px; height: [14]px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line_strong; padding: [4]px; }
QCheckBox, QRadioButton { spacing: [8]px; min-height: [24]px; }
QCheckBox::indicator, QRadioButton::indicator { width: [14]px; height: [14]px; border: 1px solid $text_faint; background: $field; }
QCheckBox::indicator { border-radius: [3]px; }
QRadioButton::indicator { border-radius: [7]px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url(@check); }
QRadioButton::indicator:checked { background: $field; border: [4]px solid $accent; width: [8]px; height: [8]px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line_strong; }
QCheckBox:disabled, QRadioButton:disabled { color: $text_disabled; }

QAbstractItemView { background: $panel; border: none; selection-background-color: $row_selected; selection-color: $text; }
QAbstractItemView[look="paper"] { background: $paper; }
QListView::item, QTreeView::item, QTableView::item { padding: 0 [8]px; min-height: [26]px; color: $text; border: none; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected { background: $row_selected; color: $text; }
QListView::item:selected { border-left: 2px solid $accent; padding-left: [6]px; }
QTreeView::branch { background: transparent; }
QTreeView::branch:selected { background: $row_selected; }
QTreeView::branch:has-children:closed { image: url(@chevron-right); }
QTreeView::branch:has-children:open { image: url(@chevron-down); }
QHeaderView { background: $panel; border: none; }
QHeaderView::section {
  background: $panel; color: $text_faint; border: none; border-bottom: 1px solid $line; padding: [4]px [10]px; font-size: [11]px; }
QTableView { gridline-color: $line; }
QTableCornerButton::section { background: $panel; border: none; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: [10]px; }
QScrollBar:horizontal { height: [10]px; }
QScrollBar::handle { background: $scroll; border-radius: [3]px; margin: [2]px; }
QScrollBar::handle:vertical { min-height: [28]px; }
QScrollBar::handle:horizontal { min-width: [28]px; }
QScrollBar::handle:hover { background: $text_faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal {
  width: [7]px; border-left: [3]px solid transparent; border-right: [3]px solid transparent; background-clip: padding; }
QSplitter::handle:hover { background: $hover; }
QSplitter#thin::handle { background: $line; border: none; width: 1px; height: 1px; }
QTabBar::tab { background: transparent; color: $text_muted; padding: [6]px [12]px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:hover { background: $hover; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QToolBar { background: $chrome; border: none; spacing: 0; padding: 0; }
QToolBar#rail { border-right: 1px solid $line; padding-left: [3]px; }
QStatusBar { background: $chrome; border-top: 1px solid $line; min-height: [25]px; font-size: [12]px; }
QStatusBar::item { border: none; }
QStatusBar QLabel, QStatusBar QToolButton { font-size: [12]px; color: $text_muted; }
QProgressBar { background: $pressed; border: none; border-radius: [2]px; min-height: [4]px; max-height: [4]px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: [2]px; }

QLabel { background: transparent; }
QLabel[look="title"] { font-size: [20]px; font-weight: 600; }
QLabel[look="metric"] { font-size: [22]px; font-weight: 600; }
QLabel[look="screen"] { font-size: [15]px; font-weight: 600; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="muted"] { color: $text_muted; }
QLabel[look="problem"] { color: $bad; }
QLabel[look="small"] { font-size: [12]px; color: $text_muted; }
QLabel[look="faint"] { font-size: [12]px; color: $text_faint; }
QLabel[look="label"] { font-size: [11]px; font-weight: 500; color: $text_faint; }
QLabel[look="key"] {
  font-size: [11]px; color: $text_muted; background: $panel; border: 1px solid $line_strong; border-radius: [3]px; padding: 0 [4]px; }
QFrame[look="panel"] { background: $panel; border: none; }
QFrame[look="paper"] { background: $paper; border: none; }
QFrame[look="chrome"] { background: $chrome; border: none; }
QFrame[look="head"] { background: $panel; border: none; border-bottom: 1px solid $line; }
QFrame[look="card"] { background: $raised; border: 1px solid $line_strong; border-radius: [6]px; }
QFrame[look="popup"] { background: $raised; border: 1px solid $line_strong; border-radius: [6]px; }
QFrame[look="line"] { background: $line; border: none; }
QFrame[look="warn"] { background: $warn_soft; border: none; }
QFrame[look="ok"] { background: $ok_soft; border: none; }
QFrame[look="bad"] { background: $bad_soft; border: none; }
QFrame[look="info"] { background: $accent_soft; border: none; }
QPushButton[look="card"], QToolButton[look="card"] {
  background: $raised; border: 1px solid $line_strong; border-radius: [6]px; padding: 0; text-align: left; }
QPushButton[look="card"]:hover { border-color: $accent; background: $raised; }
QPushButton[look="card"]:pressed { background: $hover; }
QPushButton[look="soft-card"] { background: $accent_soft; border: 1px solid transparent; border-radius: [6]px; padding: 0; }
QPushButton[look="soft-card"]:hover { border-color: $accent; }
QPushButton[look="row"] {
  background: transparent; border: none; border-radius: [4]px; text-align: left; padding: 0 [4]px; min-height: [28]px; }
QPushButton[look="row"]:hover { background: $hover; }
"""


def style_sheet(theme: Theme) -> str:
    """Qt's style sheet of the window in this theme, sizes included."""
    sized = _SIZE.sub(lambda found: str(theme.px(int(found[1]))), _SHEET)
    coloured = _COLOUR.sub(lambda found: _colour(theme, found[1]), sized)
    return _ICON.sub(lambda found: _icon_file(found[1], theme.colour(_ICON_ROLES.get(found[1], "text_muted")).name()), coloured)


def apply_style(app: QApplication, theme: Theme) -> None:
    """Fusion, palette, font and style sheet for the whole program, now; call it again on `theme.changed`."""
    if app.style().objectName() != "fusion" and not app.styleSheet():
        app.setStyle("Fusion")
    app.setPalette(theme.palette())
    app.setFont(theme.font(BODY))
    app.setStyleSheet(style_sheet(theme))


def set_look(widget: QWidget, look: str) -> None:
    """Have a widget look like `look` (see the head of this file), also when it is shown already."""
    widget.setProperty("look", look)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _colour(theme: Theme, name: str) -> str:
    if name == "scroll":
        return mix(theme.colour("text_faint"), theme.colour("panel"), 0.4).name()
    return "#ffffff" if name == "selected_ink" else theme.colour(name).name()


@cache
def _folder() -> QTemporaryDir:
    return QTemporaryDir()


@cache
def _icon_file(name: str, colour: str) -> str:
    """Style sheets take pictures from files only, so the icon is written into a folder that goes with the program."""
    path = Path(_folder().path()) / f"{name}-{colour[1:]}.svg"
    path.write_text(resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour), encoding="utf-8")
    return path.as_posix()


def segments(buttons: list[QToolButton], name: str) -> QFrame:
    """Checkable buttons as one segmented field called `name` for screen readers; they keep their own group."""
    frame = QFrame()
    frame.setAccessibleName(name)
    frame.setFrameShape(QFrame.Shape.NoFrame)
    frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    set_look(frame, "segments")
    row = QHBoxLayout(frame)
    row.setContentsMargins(1, 1, 1, 1)
    row.setSpacing(0)
    for button in buttons:
        set_look(button, "segment")
        button.setProperty("last", button is buttons[-1])
        button.setCheckable(True)
        row.addWidget(button)
    return frame
