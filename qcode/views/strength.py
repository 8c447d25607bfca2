"""What a project's evidence is judged by: the rule, kinds of source, stakeholder groups, and what was marked as contradicting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qcode.model.strength import PRESET, Rule
from qcode.store.codings import read_contradicting
from qcode.synthesis.standing import Codings
from qcode.synthesis.strength import Asked
from qcode.synthesis.values import PlaceValues
from qcode.views.permission import attribute_called

if TYPE_CHECKING:
    from qcode.store.connection import Connection
    from qcode.views.quotes import Selection
    from qcode.views.whereabouts import Whereabouts


def read_asked(db: Connection, where: Whereabouts, selection: Selection, rule: Rule = PRESET) -> Asked:
    """What `count_matrix` judges strength by, for the codings that the selection counts."""
    against = [mark for mark in read_contradicting(db) if selection.counts(mark)]
    return Asked(
        rule,
        _values(where, rule.kind_names),
        _values(where, rule.group_names),
        Codings(
            codes=[mark[0] for mark in against],
            places=[where.place_of(mark[1], mark[3], mark[4]) for mark in against],
            coders=[mark[2] for mark in against],
        ),
    )


def _values(where: Whereabouts, names: Sequence[str]) -> list[PlaceValues] | None:
    """Each place's values of the first of the attributes that there is; None without any."""
    name = attribute_called(where, names)
    return where.values(name) if name else None
