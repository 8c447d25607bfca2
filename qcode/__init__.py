"""qcode: code interview notes and reports, and synthesise them across countries, offline.

`create_project`, `open_project`, `Project` and `Changes` are the way in from Python; they are imported when first asked for, so that
`import qcode` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qcode.model.change import Changes
    from qcode.opening import create_project, open_project
    from qcode.project import Project

__version__ = "0.1.0"
__all__ = ["Changes", "Project", "__version__", "create_project", "open_project"]

_HOMES = {
    "Changes": "qcode.model.change",
    "Project": "qcode.project",
    "create_project": "qcode.opening",
    "open_project": "qcode.opening",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'qcode' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)
