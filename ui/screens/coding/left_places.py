"""Where each source was left in the text, and which one was open last."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ui.settings import PLACES, Settings


@dataclass(frozen=True, slots=True)
class LeftAt:
    """The code point the caret stood before, and how far the text was scrolled."""

    caret: int = 0
    scroll: int = 0


class LeftPlaces:
    """The places of one project; that of the source open last is kept for the next time."""

    def __init__(self, settings: Settings, project: Path) -> None:
        self._settings, self._project = settings, str(project)
        self._places: dict[str, LeftAt] = {}

    def last(self) -> str:
        """The source (a UUID) that was open when the project was closed, '' for none."""
        kept = self._settings.get_of(PLACES, self._project, {})
        source = str(kept.get("source", ""))
        if source:
            self._places.setdefault(source, LeftAt(int(kept.get("caret", 0)), int(kept.get("scroll", 0))))
        return source

    def of(self, source: str) -> LeftAt:
        """Where a source was left, its beginning if it was not opened yet."""
        return self._places.get(source, LeftAt())

    def keep(self, source: str, place: LeftAt) -> None:
        """Keep where a source was left."""
        self._places[source] = place
        self._settings.put_of(PLACES, self._project, {"source": source, "caret": place.caret, "scroll": place.scroll})
