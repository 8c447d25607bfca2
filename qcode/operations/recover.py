"""A damaged project made sound again."""

from __future__ import annotations

from pathlib import Path

from qcode.model.identity import Identities
from qcode.store.recover import recover


def recover_project(damaged: Path, target: Path, identities: Identities | None = None) -> list[str]:
    """Make a new project at `target` of what can be read of the file at `damaged`, which is left as it is; sentences on what came of it.

    Raises UserError when nothing of a qcode project can be read, or there is a file at `target` already.
    """
    return list(recover(damaged, target, identities or Identities.of_machine()).sentences)
