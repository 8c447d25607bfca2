"""Where the data files of the program are, in a checkout and in an installed copy alike."""

from __future__ import annotations

from pathlib import Path

from qcode.errors import BugError

_INSTALLED = Path(__file__).with_name("_resources")
_CHECKOUT = Path(__file__).parents[1] / "resources"


def resource(name: str) -> Path:
    """The file or folder of `resources/` called `name`, such as 'codebooks/oecd-dac.csv'.

    Raises BugError when there is none, or when the name leads out of the folder. This is a read-only operation.
    """
    root = (_INSTALLED if _INSTALLED.is_dir() else _CHECKOUT).resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.exists():
        raise BugError(f"The program has no data file called {name!r} below {root}.")
    return path
