"""Reading status: the act that lets a table say 'read, nothing found'."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.model.identity import uuid_of
from qcode.model.reading import ReadingStatus
from qcode.operations.coders import ensure_coder
from qcode.project import Project
from qcode.store.codes import keep_codebook
from qcode.store.journal import Act
from qcode.store.names import Names


def mark_reading(project: Project, source: str, status: ReadingStatus, coder: str = "") -> bool:
    """Set how far `coder` (a name; the copy's coder when '') is with a source (a UUID), and keep which codes there were.

    False when the same was said already with the same codebook.
    """
    who = coder or project.coder
    return project.transact("mark reading", f"Mark a source {status.value}", lambda act: set_reading(act, source, status, who))


def set_reading(act: Act, source: str, status: ReadingStatus, coder: str) -> bool:
    """Set a reading status as part of an act; see `mark_reading`."""
    who = ensure_coder(act, coder)
    key = uuid_of("readings", who, source)
    values = {"status": status.value, "codebook": keep_codebook(act.db)}
    if act.rows.has("readings", key):
        return act.update("readings", key, {**values})
    act.insert("readings", {"coder": who, "source": source, **values}, key)
    return True



def mark_readings(project: Project, sources: Sequence[str], status: ReadingStatus, coder: str = "") -> list[str]:
    """Set how far `coder` is with several sources, given by name or label, as one act; the names of those for which it was new.

    Raises UserError for an unknown source, with nothing written.
    """
    who = coder or project.coder

    def work(act: Act) -> list[str]:
        names = Names(act.db)
        found = [names.source(name) for name in sources]
        marked = [source.name for source in found if set_reading(act, source.uuid, status, who)]
        act.call(_label(len(marked), status))
        return marked

    return project.transact("mark reading", _label(len(sources), status), work)


def _label(count: int, status: ReadingStatus) -> str:
    return f"Mark {count} sources {status.value}" if count > 1 else f"Mark a source {status.value}"
