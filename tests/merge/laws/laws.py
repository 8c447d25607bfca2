"""The laws of a team's work: a random history, in which every copy is looked at after each visit, and what must hold at its end."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

from qcode.merge.content import Reason
from qcode.operations.merging import merge_files
from qcode.project import Project
from qcode.store.bundle import withheld_rows
from qcode.store.check import check
from qcode.store.conflicts import read_disputes
from qcode.store.content import content_hash
from tests.merge.laws.model import Content, Id, Known, Listed, Meaning, Row, content_of, read_known, texts_of
from tests.merge.laws.team import Team, Verbs, brings, hash_of, withdrawn

#: A content hash, and what is listed for somebody to decide.
Outcome = tuple[str, tuple[object, ...]]
_WRITTEN = ("memo", "definition", "example", "title", "words", "unit")


Look = Callable[[Project], None]


def one_history(folder: Path, template: bytes, chance: random.Random, *, joins: bool = False) -> None:
    """A random history of a team and, after it, every law. With `joins` people also say that two rows of one name are one, of which the
    slow model knows nothing: each copy is then only sound."""
    team = Team(folder, template, chance, joins=joins)
    look: Look = is_sound if joins else means_what_the_model_says
    for _ in range(chance.randint(3, 9)):
        team.step(look)
    together = taken_back_and_brought_again(team, look)
    in_any_order(team, together)
    done_and_undone_is_nothing_to_others(team, together)
    the_same_brings_nothing(team)


def means_what_the_model_says(project: Project) -> None:
    """The tables hold what the slow model makes of the journal, and what it lists is listed; the hash is the one from nothing."""
    with project.reading() as db:
        known = read_known(db)
        meaning = Meaning(known, texts_of(db))
        actual = content_of(db)
        for table, rows in meaning.content.items():
            assert actual[table] == rows, table
        listed = {(one.reason, one.table, one.row, one.field) for one in read_disputes(db).content.listed}
        never_made = {one for one in listed if one[0] is Reason.MISSING}
        assert listed - never_made == meaning.listed
        is_partial = bool(withheld_rows(db))
        assert not never_made or is_partial, "what a file refers to is in it, unless it was withheld"
        assert content_hash(db) == content_hash(db, from_nothing=True)
        nothing_is_gone(known, meaning.listed, actual, is_partial=is_partial)


def nothing_is_gone(known: Known, listed: Listed, actual: Content, *, is_partial: bool) -> None:
    """Laws 3 and 5: what somebody wrote is there, unless somebody who knew of it deleted it or wrote something else instead; in a copy
    from which something was withheld, unless what it was written about is not in the copy."""
    said = json.dumps(actual, ensure_ascii=False)
    disputed = {(table, row) for _, table, row, _ in listed}
    for operation in known.active:
        for row, write in operation.writes.items():
            if write.removed or _ended_knowingly(known, operation.id, row):
                continue
            if is_partial and not any(one.writes[row].made for one in known.writing[row]):
                continue
            assert row[1] in actual[row[0]] or row in disputed, f"{row} is gone"
            for name in _WRITTEN:
                words = json.dumps(write.fields.get(name) or "", ensure_ascii=False)[1:-1]
                assert words in said or row in disputed or _replaced(known, operation.id, row, name), f"'{words}' is gone"


def _ended_knowingly(known: Known, operation: Id, row: Row) -> bool:
    """Whether somebody who knew of an operation deleted the row, or took back an act that had made it."""
    deletes = [one for one in known.active if row in one.writes and one.writes[row].removed]
    makers = [one for one in known.operations.values() if row in one.writes and one.writes[row].made]
    return any(known.saw(one.id, operation) for one in (*deletes, *(undo for maker in makers for undo in known.undoers(maker.id))))


def _replaced(known: Known, operation: Id, row: Row, name: str) -> bool:
    later = (one for one in known.active if one.id != operation and row in one.writes and name in one.writes[row].fields)
    return any(known.saw(one.id, operation) for one in later)


def is_sound(project: Project) -> None:
    """The rules between rows hold, and the hash is the one from nothing."""
    assert sound(project)
    with project.reading() as db:
        assert content_hash(db) == content_hash(db, from_nothing=True)


def taken_back_and_brought_again(team: Team, look: Look = means_what_the_model_says) -> Outcome:
    """Law 6 for a merge, and what comes of merging everybody's file into the leader's: the merge taken back leaves what was before; a
    colleague who receives that file has all her work; brought again it is as if it had never been taken back."""
    leader, *others = team.files.values()
    target = team.copy_of(leader, "leader")
    with team.visit(target) as project:
        before, graves = hash_of(project), withdrawn(project)
        merge = brings(project, others)
        look(project)
        after = outcome(project)
        if merge:
            project.undo()
        told = withdrawn(project) != graves
        assert told or hash_of(project) == before, "a merge that is taken back does not leave what was there before"
        assert sound(project)
    if not told:
        assert team.merged(others[0], [[target]], "hers") == team.merged(others[0], [[leader]], "hers"), "her work went with an undo"
    with team.visit(target) as project:
        if merge and team.chance.random() < 0.5:
            project.redo()
        else:
            merge_files(project, team.chance.sample(others, len(others)))
        assert outcome(project) == after, "a merge that comes again is not what it was"
        assert sound(project)
    return after


def in_any_order(team: Team, together: Outcome) -> None:
    """Law 2: the same content and the same things to decide, whoever merges whom first."""
    files = list(team.files.values())
    assert team.merged(files[-1], [[file] for file in files[-2::-1]], "backwards") == together
    if len(files) > 2:
        two = team.copy_of(files[1], "two")
        with team.visit(two) as project:
            merge_files(project, [files[0]])
        assert team.merged(files[-1], [[two, *files[2:-1]]], "by twos") == together


def done_and_undone_is_nothing_to_others(team: Team, together: Outcome) -> None:
    """Law 6: what one side did and undid changes nothing on the other and is no conflict."""
    one, *others = team.files.values()
    busy = team.copy_of(one, "busy")
    with team.visit(busy) as project:
        acts: list[int] = []
        project.on_change(lambda changes: acts.append(changes.operation))
        for _ in range(3):
            Verbs(project, team.chance).act()
        for _ in list(acts):
            project.undo()
    assert team.merged(busy, [others], "busy with others") == together


def the_same_brings_nothing(team: Team) -> None:
    """Law 1: neither a copy of itself nor what was merged already brings anything."""
    path = team.chance.choice(list(team.files.values()))
    same = team.copy_of(path, "same")
    with team.visit(path) as project:
        before = hash_of(project)
        assert merge_files(project, [same]) is None
        assert hash_of(project) == before


def outcome(project: Project) -> Outcome:
    with project.reading() as db:
        return content_hash(db), tuple(read_disputes(db).content.listed)


def sound(project: Project) -> bool:
    with project.reading() as db:
        assert check(db) == []
    return True
