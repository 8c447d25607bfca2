"""Where the panes of the coding screen stand: three beside each other, or in a narrow window the side panes as tabs at the left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from ui.measures import PANE_LEFT, PANE_RIGHT
from ui.workspace import Workspace

_CENTRE = 860
_CODEBOOK = 460
_INSPECTOR = 330
#: The window's 1180 without the rail.
_NARROW = 1104


class CodingPanes(QWidget):
    """Emits `narrowed(bool)` when the panes are put the one way or the other. Widths are kept in the settings."""

    narrowed = Signal(bool)

    def __init__(self, workspace: Workspace, centre: QWidget, sources: QWidget, codebook: QWidget, inspector: QWidget) -> None:
        super().__init__()
        self._workspace = workspace
        self._codebook, self._inspector = codebook, inspector
        self._is_narrow = False
        self._left = QTabWidget()
        # It hands the keyboard to its tabs, and where these are hidden Tab would stop there for ever.
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.setDocumentMode(True)
        self._left.addTab(sources, self.tr("Sources"))
        # The line below the tabs would be the system's, white in the dark.
        self._left.tabBar().setDrawBase(False)
        self._left.tabBar().hide()
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.addWidget(codebook)
        self._right.addWidget(inspector)
        self._right.setStretchFactor(0, 1)
        self._whole = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self._left, centre, self._right):
            self._whole.addWidget(widget)
        self._whole.setStretchFactor(1, 1)
        self._whole.setCollapsible(1, False)
        self._prepare(self._whole, "coding", [PANE_LEFT, _CENTRE, PANE_RIGHT])
        self._prepare(self._right, "coding right", [_CODEBOOK, _INSPECTOR])
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._whole)

    def bring(self, pane: QWidget) -> None:
        """Bring a pane back: its tab to the front, or its side if that is put away."""
        if self._left.indexOf(pane) >= 0:
            self._left.show()
            self._left.setCurrentWidget(pane)
        else:
            self._right.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where three panes have no room, the right one's parts become tabs of the left one."""
        super().resizeEvent(event)
        narrow = self.width() < self._workspace.theme.px(_NARROW)
        if narrow is self._is_narrow:
            return
        self._is_narrow = narrow
        if narrow:
            self._left.addTab(self._codebook, self.tr("Codes"))
            self._left.addTab(self._inspector, self.tr("Coding"))
        else:
            for widget in (self._codebook, self._inspector):
                self._right.addWidget(widget)
                widget.show()
        self._right.setVisible(not narrow)
        self._left.tabBar().setVisible(narrow)
        self.narrowed.emit(narrow)

    def _prepare(self, splitter: QSplitter, name: str, sizes: list[int]) -> None:
        px, settings = self._workspace.theme.px, self._workspace.settings
        splitter.setHandleWidth(1)
        splitter.setObjectName("thin")
        splitter.setSizes([px(size) for size in settings.splitter(name) or sizes])
        splitter.splitterMoved.connect(lambda *_: settings.keep_splitter(name, [round(size / px(100) * 100) for size in splitter.sizes()]))
