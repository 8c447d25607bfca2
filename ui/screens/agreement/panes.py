"""Where the panes of the agreement screen stand: three beside each other, or in a narrow window the right one as a tab of the left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from ui.workspace import Workspace

#: The pane in which single keys act.
PANE = "agreement"
_LEFT, _CENTRE, _RIGHT = 447, 586, 330
#: The window's 1180 without the rail.
_NARROW = 1104


class AgreementPanes(QWidget):
    """Figures, text, disagreements. Widths are kept in the settings."""

    def __init__(self, workspace: Workspace, figures: QWidget, text: QWidget, points: QWidget) -> None:
        super().__init__()
        self._workspace, self._points = workspace, points
        self._is_narrow = False
        self.setObjectName(PANE)
        self._left = QTabWidget()
        # It hands the keyboard to its tabs, and where these are hidden Tab would stop there for ever.
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.setDocumentMode(True)
        self._left.addTab(figures, self.tr("Figures"))
        self._left.tabBar().setDrawBase(False)
        self._left.tabBar().setAccessibleName(self.tr("Panes"))
        self._left.tabBar().hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setObjectName("thin")
        for widget in (self._left, text, points):
            self._splitter.addWidget(widget)
        for at, share in enumerate((2, 3, 1)):
            self._splitter.setStretchFactor(at, share)
        self._splitter.setCollapsible(1, False)
        px = workspace.theme.px
        kept = workspace.settings.splitter(PANE)
        self._splitter.setSizes([px(size) for size in kept if len(kept) == 3] or [px(_LEFT), px(_CENTRE), px(_RIGHT)])
        self._splitter.splitterMoved.connect(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)

    def bring_points(self) -> None:
        """Bring the list of disagreements back where it is put away or behind the figures."""
        if self._is_narrow:
            self._left.show()
            self._left.setCurrentWidget(self._points)
        self._points.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: where three panes have no room, the right one becomes a tab of the left one."""
        super().resizeEvent(event)
        narrow = self.width() < self._workspace.theme.px(_NARROW)
        if narrow is self._is_narrow:
            return
        self._is_narrow = narrow
        if narrow:
            self._left.addTab(self._points, self.tr("Disagreements"))
            self._left.setCurrentWidget(self._points)
        else:
            self._splitter.addWidget(self._points)
            self._points.show()
        self._left.tabBar().setVisible(narrow)

    def _keep(self) -> None:
        if not self._is_narrow:
            scale = self._workspace.theme.px(100) / 100
            self._workspace.settings.keep_splitter(PANE, [round(size / scale) for size in self._splitter.sizes()])
