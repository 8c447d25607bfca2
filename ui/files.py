"""Asking for files: the system's own dialogs, each beginning in the folder that was used last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from qcode.found import look_at
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
        """Where to write, with the ending of `name`; whoever chose it was asked before a file of that very name is replaced."""
        begin = Path(self._folder()) / name
        while True:
            chosen, _ = QFileDialog.getSaveFileName(self._parent, title, str(begin), kinds)
            path = self._noted(chosen)
            if path is None:
                return None
            ended = with_ending(path, Path(name).suffix)
            # The system has asked about the name as it was typed, which is another one when the ending was left out.
            if ended == path or not look_at(ended).exists or self._replaces(ended):
                return ended
            begin = ended

    def _replaces(self, path: Path) -> bool:
        box = QMessageBox(self._parent)
        box.setText(self._parent.tr("{0} exists already. Replacing it deletes what is in it.").format(path.name))
        replace = box.addButton(self._parent.tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        another = box.addButton(self._parent.tr("Choose another name"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(another)
        box.setEscapeButton(another)
        box.exec()
        return box.clickedButton() is replace

    def _folder(self) -> str:
        kept = self._settings.get(FOLDER)
        return kept if kept and look_at(Path(kept)).is_folder else QDir.homePath()

    def _noted(self, chosen: str) -> Path | None:
        if not chosen:
            return None
        path = Path(chosen)
        self._settings.put(FOLDER, str(path if look_at(path).is_folder else path.parent))
        return path


def with_ending(path: Path, ending: str) -> Path:
    """`path` with `ending` after its name, unless it has it: 'v2.1' becomes 'v2.1.xlsx'."""
    return path if path.name.lower().endswith(ending.lower()) else path.with_name(path.name + ending)
