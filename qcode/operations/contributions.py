"""What one person brought in a merge is taken out again, while everything others did stays."""

from __future__ import annotations

from qcode.errors import UserError
from qcode.progress import Progress
from qcode.project import Project
from qcode.store import taking_out
from qcode.store.journal import Act
from qcode.store.merging import brought_by
from qcode.store.undo import TAKE_OUT


def take_out(project: Project, merge: int, coder: str, progress: Progress | None = None) -> int:
    """Bring the project to what it would be had `coder` (a name) not done what merge number `merge` brought of that coder, as one act,
    and give how many rows are otherwise than before or have a value less to choose from.

    It is an act like any other: it travels, it can be undone, and merging the same file again does not bring back what it removed. What
    others used or edited of it stays and is listed, as deleted here and used or edited there; what they wrote themselves is theirs.
    Raises UserError when that merge brought nothing of that coder's, or this copy may not be written so.
    """

    def work(act: Act) -> int:
        operations = brought_by(act.db, merge, coder)
        if not operations:
            raise UserError(f"That merge brought nothing by {coder}: look at who did what in its report.")
        return taking_out.take_out(act, operations)

    return project.transact(TAKE_OUT, f"Take out what {coder} did", work, progress)
