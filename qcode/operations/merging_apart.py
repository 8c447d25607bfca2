"""Merging a project that was begun apart: nothing is common but what people say is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from pathlib import Path

from qcode.errors import UserError
from qcode.merge.matching import WITHDRAWN_HERE, WITHDRAWN_THERE, Pair, Side, match_paths, match_sources, match_withdrawn
from qcode.model.merging import Match
from qcode.opening import open_project
from qcode.operations.joining import say_same
from qcode.operations.merging import bring_apart
from qcode.progress import Progress
from qcode.project import Project, Step
from qcode.store.bundle import project_rows, read_operations, tombstones_of
from qcode.store.cases import read_cases, read_whole_assignments
from qcode.store.codes import read_codes
from qcode.store.connection import Connection
from qcode.store.incoming import refuse_common
from qcode.store.journal import Act
from qcode.store.replay import text_of
from qcode.store.sources import read_sources

_SURVEY = "survey"


def propose_matches(project: Project, path: Path) -> list[Match]:
    """Which rows of the project at `path` are probably those of this one, and by which rule: sources, cases, codes.

    Raises UserError when the file is no project, or has history in common with this one.
    """
    with ExitStack() as opened:
        theirs = opened.enter_context(open_project(path, read_only=True))
        mine = opened.enter_context(project.reading())
        other = opened.enter_context(theirs.reading())
        refuse_common(mine, (sent.id for sent in read_operations(other)), path.name)

        def text(sha256: str) -> str:
            return text_of(mine, sha256) or text_of(other, sha256)

        sides = _sides(mine), _sides(other)
        here, there = ({told[0]: key for key, told in tombstones_of(db).items()} for db in (mine, other))
        found = match_withdrawn(*sides, here, there, text) + match_sources(*sides, text)
        matches = _matches("sources", found, _titles(mine, "sources"), _titles(other, "sources"))
        for table in ("cases", "codes"):
            ours, those = _titles(mine, table), _titles(other, table)
            matches += _matches(table, match_paths(ours, those), ours, those)
        return matches


def merge_apart(project: Project, path: Path, same: Collection[str], progress: Progress | None = None) -> int:
    """Merge a project that was begun apart, the matches of the IDs `same` being one row each, and give how many were joined.

    The merge is one step to undo; what is said to be the same is a second one, an act that travels. Both are done or neither. Where both
    say something different that is listed for review; where only one does that is taken. A source with the text of one that was withdrawn
    in the other project leaves for good if that match is among `same`. Raises UserError for an ID that was not proposed, with nothing
    done; Cancelled when `progress` was asked to stop.
    """
    matches = propose_matches(project, path)
    unknown = set(same) - {match.id for match in matches}
    if unknown:
        raise UserError(f"There is no match '{min(unknown)}': list them again.")
    with open_project(path, read_only=True) as theirs, theirs.reading() as db:
        strangers, buried_there = project_rows(db), tombstones_of(db)
    with project.reading() as db:
        ours, buried_here = project_rows(db), tombstones_of(db)
    chosen = [match for match in matches if match.id in same]
    withdrawn = {match.other: buried_here[match.one] for match in chosen if match.rule == WITHDRAWN_HERE}
    withdrawn |= {match.one: buried_there[match.other] for match in chosen if match.rule == WITHDRAWN_THERE}
    projects = [("project", one, other) for one in ours[:1] for other in strangers]
    joined = [(match.table, match.one, match.other) for match in chosen if not match.leaves]

    def work(act: Act) -> None:
        for table, one, other in (*projects, *joined):
            say_same(act, table, one, other)

    bring_apart(project, path, withdrawn, Step("join", f"Say what is the same in {path.name}", work), progress)
    return len(joined)


def _sides(db: Connection) -> list[Side]:
    paths = {case.id: case.path for case in read_cases(db)}
    whole = read_whole_assignments(db)
    return [
        Side(one.uuid, one.name, one.text, tuple(sorted(paths[case] for case in whole.get(one.id, ()))), one.format == _SURVEY)
        for one in read_sources(db)
    ]


def _titles(db: Connection, table: str) -> dict[str, str]:
    if table == "sources":
        return {source.uuid: source.name for source in read_sources(db)}
    rows: Sequence[object] = read_cases(db) if table == "cases" else read_codes(db)
    return {row.uuid: row.path for row in rows}  # type: ignore[attr-defined]


def _matches(table: str, pairs: Sequence[Pair], ours: dict[str, str], theirs: dict[str, str]) -> list[Match]:
    return [
        Match(
            id=_id(table, pair),
            table=table,
            one=pair.one,
            other=pair.other,
            title=ours.get(pair.one) or theirs[pair.other],
            other_title=theirs.get(pair.other) or ours[pair.one],
            rule=pair.rule,
            alike=pair.alike,
            sure=pair.sure,
            leaves=pair.rule in (WITHDRAWN_HERE, WITHDRAWN_THERE),
        )
        for pair in pairs
    ]


def _id(table: str, pair: Pair) -> str:
    return hashlib.sha256(f"{table}\x1f{pair.one}\x1f{pair.other}".encode()).hexdigest()[:10]
