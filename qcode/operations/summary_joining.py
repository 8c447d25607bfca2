"""What becomes of summaries when two codes become one: none is lost."""

from __future__ import annotations

from dataclasses import replace

from qcode.model.summary import Status
from qcode.operations.summaries import place_of
from qcode.store.journal import Act
from qcode.store.rows import rows_referring
from qcode.store.schema import CONTENT, Values
from qcode.synthesis.evidence import decode, encode

_BETWEEN = "\n\n"


def move_summaries(act: Act, code: str, into: str) -> None:
    """Let the summaries that stand at a code stand at another one, as part of an act.

    A cell that has a summary already gets the words of both, as a draft. What their writers saw is kept, so that the summary says itself
    what has become of its quotes.
    """
    for key, values in list(act.rows.read_many(CONTENT["summaries"], rows_referring(act.db, "summaries", "code", [code]))):
        place = replace(place_of(values), code=into)
        there = act.rows.read(CONTENT["summaries"], place.uuid)
        act.delete("summaries", [key])
        if there is None:
            act.insert("summaries", {**values, "code": into}, place.uuid)
        elif not act.update("summaries", place.uuid, _joined(there, values)):
            act.touch("summaries", place.uuid)


def _joined(one: Values, other: Values) -> Values:
    """The words and reasons of two summaries, and all that their writers saw; where both saw a coding, as `one` has it."""
    words = [str(each["words"]) for each in (one, other) if each["words"]]
    reasons = [str(each["empty"]) for each in (one, other) if each["empty"]]
    if len(words) == 2 and words[1] in words[0]:
        words.pop()
    seen = [decode(str(each["evidence"])) or {} for each in (other, one)]
    return {
        "words": _BETWEEN.join(words),
        "status": Status.DRAFT.value,
        "empty": "" if words else "; ".join(dict.fromkeys(reasons)),
        "evidence": encode({**seen[0], **seen[1]}),
    }
