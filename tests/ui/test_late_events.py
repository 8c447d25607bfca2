"""What comes later than whoever asked for it: the rules that keep it from meeting a widget that is gone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "ui"


def late_calls(tree: ast.AST) -> list[int]:
    """The lines of `QTimer.singleShot(ms, act)`: Qt calls `act` even when the widget it belongs to is gone by then."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    return [call.lineno for call in calls if call.func.attr == "singleShot" and len(call.args) < 3]  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: path.relative_to(UI).as_posix())
def test_what_is_done_later_is_bound_to_somebody(path: Path) -> None:
    assert late_calls(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_the_rule_finds_what_is_bound_to_nobody() -> None:
    assert late_calls(ast.parse("QTimer.singleShot(0, act)\nQTimer.singleShot(0, self, act)")) == [1]
