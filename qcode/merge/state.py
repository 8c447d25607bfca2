"""What a whole set of operations makes of a project: every row of its content, and what is left for somebody to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from qcode.merge.content import Content, References
from qcode.merge.history import Operation, OperationId, Sessions
from qcode.merge.lines import Change, History, Together
from qcode.merge.oneness import oneness_of
from qcode.merge.settling import Nothing, lines_by_row, settle


def content_of(
    operations: Iterable[Operation],
    heads: Mapping[str, Sequence[OperationId]],
    changes: Iterable[Change],
    references: References,
    together: Together,
    *,
    text: Callable[[str], str] = lambda _: "",
    stand_in: bool = False,
) -> Content:
    """The content that a set of operations has, whatever the order of `operations`, and of `changes` of different operations.

    `heads` are what each session continues, `text` gives a text by its SHA-256 ('' where it is not there, so that its places stay as they
    are). Changes of one row by one operation must come in the order in which they were made. With
    `stand_in` rows that refer to what nobody made do not wait: somebody will make it.
    """
    history = History(Sessions(heads), together)
    history.learn(operations)
    lines = lines_by_row(changes)
    answers = (history.state(of_row).values for (table, _), of_row in lines.items() if table == "answers")
    one = oneness_of((answer for answer in answers if answer), references)
    return settle(history, one.read(lines) if one else lines, references, Nothing(text), stand_in=stand_in)
