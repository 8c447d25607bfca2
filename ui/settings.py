"""Settings of this user as data: key, type, default and label stand in one table; the values in a JSON file of the user's data folder."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")
_FILE = "settings.json"
_QUIET_MS = 500
MOST_RECENT = 12


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting. Its type is that of `default`; a stored value of another type counts as absent. `label` names it to people."""

    key: str
    default: T
    label: str


THEME = Setting("theme", "system", "Theme: light, dark or system")
SCALE = Setting("scale", 1.0, "Size of the interface, 1.0 to 2.0")
TEXT_SCALE = Setting("text_scale", 1.0, "Size of the document text, 0.8 to 2.0")
RECENT: Setting[list[dict[str, Any]]] = Setting("recent", [], "Recent projects, the last one first")
PLACES: Setting[dict[str, dict[str, Any]]] = Setting("places", {}, "Where each project was left")
SCREENS: Setting[dict[str, str]] = Setting("screens", {}, "The screen each project was left on")
SPLITTERS: Setting[dict[str, list[int]]] = Setting("splitters", {}, "Widths of the panes")
PUT_AWAY: Setting[dict[str, list[bool]]] = Setting("put_away", {}, "Side panes of each screen that are put away: left, right")
WINDOW = Setting("window", "", "Size and place of the window")
FOLDER = Setting("folder", "", "The folder files were chosen from last")

SETTINGS: tuple[Setting[Any], ...] = (THEME, SCALE, TEXT_SCALE, RECENT, PLACES, SCREENS, SPLITTERS, PUT_AWAY, WINDOW, FOLDER)


class Settings(QObject):
    """The values of all settings. Changes are written half a second later, and by `save`; a file that cannot be read counts as empty."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._path = path or settings_file()
        self._values: dict[str, Any] = _read(self._path)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET_MS)
        self._timer.timeout.connect(self.save)

    def get(self, setting: Setting[T]) -> T:
        """The value of a setting, its default when none was set. What comes back must not be changed."""
        value = self._values.get(setting.key, setting.default)
        return value if _fits(value, setting.default) else setting.default

    def put(self, setting: Setting[T], value: T) -> None:
        """Set a value; it is written soon."""
        if self.get(setting) != value:
            self._values[setting.key] = value
            self._timer.start()

    def get_of(self, setting: Setting[dict[str, T]], name: str, default: T) -> T:
        """The value kept under `name` in a setting that keeps one for each of many."""
        values = self._values.get(setting.key)
        value = values.get(name, default) if isinstance(values, dict) else default
        return value if _fits(value, default) else default

    def put_of(self, setting: Setting[dict[str, T]], name: str, value: T) -> None:
        """Set the value under `name` in a setting that keeps one for each of many."""
        values = self._values.get(setting.key)
        self.put(setting, {**(values if isinstance(values, dict) else {}), name: value})

    def splitter(self, name: str) -> list[int]:
        """The sizes kept for the splitter called `name` ('coding'), in pixels at 100 %; empty when none were."""
        sizes = self.get_of(SPLITTERS, name, [])
        return sizes if all(isinstance(size, int) and size >= 0 for size in sizes) else []

    def keep_splitter(self, name: str, sizes: Sequence[int]) -> None:
        """Keep the sizes of the splitter called `name`."""
        self.put_of(SPLITTERS, name, list(sizes))

    def recent(self) -> list[dict[str, Any]]:
        """What is known of the projects opened last, newest first; each has at least 'path'."""
        return [one for one in self.get(RECENT) if isinstance(one, dict) and isinstance(one.get("path"), str)]

    def note_recent(self, project: Mapping[str, Any]) -> None:
        """Put a project (with its 'path') first among the recent ones; what was known of it is kept where nothing new is said."""
        others = [one for one in self.recent() if one["path"] != project["path"]]
        known = next((one for one in self.recent() if one["path"] == project["path"]), {})
        self.put(RECENT, [{**known, **project}, *others][:MOST_RECENT])

    def forget_recent(self, path: str) -> None:
        """Leave a project out of the recent ones."""
        self.put(RECENT, [one for one in self.recent() if one["path"] != path])

    def save(self) -> None:
        """Write what was changed; a folder that cannot be written costs the settings, not the work."""
        self._timer.stop()
        temporary = self._path.with_name(self._path.name + ".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            temporary.replace(self._path)
        except OSError:
            return


def settings_file() -> Path:
    """Where the settings of this user lie: QCODE_DATA if that is set, else the data folder the system names."""
    chosen = os.environ.get("QCODE_DATA")
    if chosen:
        return Path(chosen) / _FILE
    from platformdirs import user_data_path

    return user_data_path("qcode", appauthor=False) / _FILE


def _fits(value: object, default: object) -> bool:
    if isinstance(default, float):
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, type(default))


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
