from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.settings import MOST_RECENT, RECENT, SCALE, SETTINGS, SPLITTERS, THEME, Settings, settings_file


def test_values_survive(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path / "deep" / "settings.json")
    settings.put(THEME, "dark")
    settings.keep_splitter("coding", [264, 700, 308])
    settings.save()
    again = Settings(tmp_path / "deep" / "settings.json")
    assert again.get(THEME) == "dark"
    assert again.splitter("coding") == [264, 700, 308]
    assert again.splitter("matrix") == []


def test_they_are_written_by_themselves(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.put(SCALE, 1.5)
    qtbot.waitUntil((tmp_path / "settings.json").exists)


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"theme": 3, "scale": "big", "splitters": [], "recent": [1, {"path": 2}]}', "\x00"])
def test_a_file_that_makes_no_sense_counts_as_empty(content: str, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "settings.json").write_text(content, encoding="utf-8")
    settings = Settings(tmp_path / "settings.json")
    assert settings.get(THEME) == THEME.default
    assert settings.get(SCALE) == 1.0
    assert settings.get(SPLITTERS) == {}
    assert settings.recent() == []


def test_a_folder_that_cannot_be_made_costs_no_work(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").touch()
    settings = Settings(tmp_path / "file" / "settings.json")
    settings.put(THEME, "dark")
    settings.save()
    assert settings.get(THEME) == "dark"


def test_recent_projects_newest_first_and_not_for_ever(settings: Settings) -> None:
    for number in range(MOST_RECENT + 3):
        settings.note_recent({"path": f"{number}.qcode", "title": f"{number}"})
    settings.note_recent({"path": "5.qcode", "sources": 3})
    assert len(settings.get(RECENT)) == MOST_RECENT
    assert settings.recent()[0] == {"path": "5.qcode", "title": "5", "sources": 3}
    settings.forget_recent("5.qcode")
    assert all(one["path"] != "5.qcode" for one in settings.recent())


def test_each_setting_has_its_key_and_label() -> None:
    assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)
    assert all(setting.label for setting in SETTINGS)


def test_the_file_lies_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path))
    assert settings_file() == tmp_path / "settings.json"
    monkeypatch.delenv("QCODE_DATA")
    assert settings_file().name == "settings.json"
