"""Asking for files: the system's own dialogs, each beginning in the folder that was used last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.settings import FOLDER, Settings

PROJECTS = "qcode (*.qcode)"
TABLES = "Excel, csv (*.xlsx *.xls *.ods *.csv)"


class Files:
    """The questions for files of one window."""

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        self._parent, self._settings = parent, settings

    def open_one(self, title: str, kinds: str) -> Path | None:
        """A file that is there."""
        chosen, _ = QFileDialog.getOpenFileName(self._parent, title, self._folder(), kinds)
        return self._noted(chosen)

    def open_many(self, title: str, kinds: str) -> list[Path]:
        """Files that are there."""
        chosen, _ = QFileDialog.getOpenFileNames(self._parent, title, self._folder(), kinds)
        return [path for one in chosen if (path := self._noted(one))]

    def folder(self, title: str) -> Path | None:
        """A folder that is there."""
        chosen = QFileDialog.getExistingDirectory(self._parent, title, self._folder())
        return self._noted(chosen)

    def save(self, title: str, name: str, kinds: str) -> Path | None:
        """Where to write; the system asks before a file is replaced."""
        chosen, _ = QFileDialog.getSaveFileName(self._parent, title, str(Path(self._folder()) / name), kinds)
        path = self._noted(chosen)
        return path if path is None or path.suffix else path.with_suffix(Path(name).suffix)

    def _folder(self) -> str:
        kept = self._settings.get(FOLDER)
        return kept if kept and Path(kept).is_dir() else QDir.homePath()

    def _noted(self, chosen: str) -> Path | None:
        if not chosen:
            return None
        path = Path(chosen)
        self._settings.put(FOLDER, str(path if path.is_dir() else path.parent))
        return path
