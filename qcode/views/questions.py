"""Codes that may be the same, made by people who did not know of one another's: asked, never joined unasked."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from qcode.merge.alike import ALIKE, alike
from qcode.model.code import Code
from qcode.model.merging import CodeSide, Question
from qcode.project import Project
from qcode.store.answers import answered_pairs, makers_of_codes
from qcode.store.codes import read_codes
from qcode.store.codings import read_marks

if TYPE_CHECKING:
    from qcode.store.connection import Connection


_NUMBER = re.compile(r" \(\d+\)$")


def open_questions(project: Project) -> list[Question]:
    """The pairs nobody has answered yet, those most alike first."""
    with project.reading() as db:
        return questions_in(db)


def questions_in(db: Connection) -> list[Question]:
    """The open questions of the project that `db` has open."""
    codes = read_codes(db)
    makers = makers_of_codes(db)
    done = answered_pairs(db)
    # What two people called the same was numbered, and a number is much of a short name.
    said = {code.uuid: _NUMBER.sub("", code.name) for code in codes}
    pairs = []
    for one, other in combinations(codes, 2):
        degree = alike(said[one.uuid], said[other.uuid])
        known = makers.knew(one.uuid, other.uuid) or frozenset((one.uuid, other.uuid)) in done
        if degree >= ALIKE and not known:
            pairs.append((degree, one, other))
    if not pairs:
        return []
    counts: Counter[int] = Counter()
    sources: dict[int, set[int]] = {}
    for code, source, *_ in read_marks(db):
        counts[code] += 1
        sources.setdefault(code, set()).add(source)

    def side(code: Code) -> CodeSide:
        used = (counts[code.id], len(sources.get(code.id, ())))
        return CodeSide(code.uuid, code.name, code.path, code.colour, code.definition, makers.of(code.uuid), *used)

    found = [Question(question_id(one, other), side(one), side(other), degree) for degree, one, other in pairs]
    return sorted(found, key=lambda question: (-question.alike, question.id))


def question_id(one: Code, other: Code) -> str:
    """A hash of the two codes: the same in every copy."""
    return hashlib.sha256("\x1f".join(sorted((one.uuid, other.uuid))).encode()).hexdigest()[:10]
