"""Icons of the window: Lucide's SVG files from `resources/icons`, drawn in the colours of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from qcode.resources import resource
from ui.theme import Theme

TOOLBAR = 16
RAIL = 20
FIELD = 14
EMPTY = 26
_STROKE = 'stroke-width="2"'
_THINNER = 'stroke-width="1.75"'




def icon(theme: Theme, name: str, size: int = TOOLBAR, role: str = "text_muted", active: str = "accent") -> QIcon:
    """The icon called `name` at `size` logical pixels (at 100 %), in the colour `role`; `active` when on or checked, faint when disabled.

    It keeps the colours of the moment: ask again on `theme.changed`, or let `keep_icon` do so. Raises BugError for an unknown name.
    """
    made = QIcon()
    for mode, state, its_role in (
        (QIcon.Mode.Normal, QIcon.State.Off, role),
        (QIcon.Mode.Active, QIcon.State.Off, role),
        (QIcon.Mode.Normal, QIcon.State.On, active),
        (QIcon.Mode.Active, QIcon.State.On, active),
        (QIcon.Mode.Selected, QIcon.State.Off, active),
        (QIcon.Mode.Selected, QIcon.State.On, active),
        (QIcon.Mode.Disabled, QIcon.State.Off, "text_disabled"),
        (QIcon.Mode.Disabled, QIcon.State.On, "text_disabled"),
    ):
        made.addPixmap(pixmap(theme, name, size, its_role), mode, state)
    return made


def pixmap(theme: Theme, name: str, size: int = TOOLBAR, role: str = "text_muted", ratio: float = 0.0) -> QPixmap:
    """The icon called `name` in one colour, `size` pixels (at 100 %) wide, sharp at `ratio` device pixels each (0: as the screen)."""
    return _pixmap(name, theme.px(size), theme.colour(role).name(), ratio or _ratio())


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Draw the icon called `name` into `rect`, in `colour`; for delegates and other own painting."""
    _renderer(name, colour.name()).render(painter, rect)


def keep_icon(
    theme: Theme, target: QAbstractButton | QAction, name: str, size: int = TOOLBAR, role: str = "text_muted", active: str = "accent"
) -> None:
    """Give a button or an action its icon, now and whenever the theme changes, as long as `target` lives."""
    for old in target.findChildren(_Keeper, options=Qt.FindChildOption.FindDirectChildrenOnly):
        old.stop()
    _Keeper(theme, target, name, size, role, active).renew()


class _Keeper(QObject):
    def __init__(self, theme: Theme, target: QObject, name: str, size: int, role: str, active: str) -> None:
        super().__init__(target)
        self._theme, self._name, self._size, self._role, self._active = theme, name, size, role, active
        theme.changed.connect(self.renew)

    def renew(self) -> None:
        """Set the icon in the colours of now."""
        target, made = self.parent(), icon(self._theme, self._name, self._size, self._role, self._active)
        if isinstance(target, QAction):
            target.setIcon(made)
        elif isinstance(target, QAbstractButton):
            side = self._theme.px(self._size)
            target.setIcon(made)
            target.setIconSize(QSize(side, side))

    def stop(self) -> None:
        """Keep the icon no longer."""
        self._theme.changed.disconnect(self.renew)
        self.setParent(None)
        self.deleteLater()


def _ratio() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.devicePixelRatio() if screen else 1.0


@lru_cache(maxsize=2048)
def _pixmap(name: str, side: int, colour: str, ratio: float) -> QPixmap:
    renderer = _renderer(name, colour)
    drawn = QPixmap(round(side * ratio), round(side * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, side * ratio, side * ratio))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    svg = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(svg.replace("currentColor", colour).replace(_STROKE, _THINNER).encode()))
