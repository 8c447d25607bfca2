"""How large the text is read: by keys, by Ctrl and the wheel; kept for the next time. The window's own size is another matter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ui.screens.coding.text_pane import TextPane
from ui.settings import TEXT_SCALE, Settings

_STEP = 0.1


class TextSize(QObject):
    """The size of the text in one pane, 80 to 200 %."""

    def __init__(self, text: TextPane, settings: Settings, say: Callable[[str], None]) -> None:
        super().__init__(text)
        self._text, self._settings, self._say = text, settings, say
        text.set_text_scale(settings.get(TEXT_SCALE))
        text.zoomed.connect(self.step)

    def step(self, by: int) -> None:
        """So many tenths larger or smaller."""
        self._set(self._text.text_scale + by * _STEP)

    def reset(self) -> None:
        """The usual size."""
        self._set(1.0)

    def _set(self, scale: float) -> None:
        self._text.set_text_scale(round(scale, 1))
        self._settings.put(TEXT_SCALE, self._text.text_scale)
        self._say(self.tr("Text at {n} %").format(n=round(self._text.text_scale * 100)))
