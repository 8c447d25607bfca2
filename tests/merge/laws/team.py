"""A team whose copies go on by themselves: what its people do, to whatever is there, by the verbs of the program."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qcode.errors import UserError
from qcode.model.identity import Identities
from qcode.model.merging import Decision
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.model.statement import Ground, Sort
from qcode.model.summary import Status, SummaryPlace
from qcode.opening import open_project
from qcode.operations.cases import assign_source, create_case, name_level, set_value
from qcode.operations.coders import ensure_coder
from qcode.operations.codes import change_code, create_code, delete_codes, move_code
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.operations.conflicts import answer_question, resolve
from qcode.operations.handout import hand_in, handout
from qcode.operations.merging import merge_files
from qcode.operations.purge import purge_source
from qcode.operations.readings import mark_reading
from qcode.operations.sources import add_pasted, change_source, delete_sources
from qcode.operations.statements import (
    change_statement,
    delete_statements,
    link_grounds,
    move_statement,
    review_statements,
    unlink_grounds,
    write_statement,
)
from qcode.operations.summaries import clear_summaries, review_summaries, write_summary
from qcode.project import Project
from qcode.store.codings import find_same, is_short_id_taken
from qcode.store.conflicts import read_disputes
from qcode.store.content import content_hash
from qcode.store.contributions import codings_there
from qcode.store.journal import Act
from qcode.store.purge import buried
from qcode.store.sources import text_of
from qcode.store.statements import read_grounds
from qcode.store.texts import add_text
from qcode.text.structure import find_blocks
from qcode.views.conflicts import ONE, open_conflicts
from qcode.views.merges import passages_of, read_merges
from qcode.views.questions import open_questions

PEOPLE = ("Ada", "Bo", "Cy", "Di")
NAMES = ("Pay", "pay")
VALUES = ("", "1", "2,5", "yes", "2021-03-04")
SPANS = (Span(0, 5), Span(7, 12))
TEXTS = ("Trainers were paid late.\n\nNobody knew why.\n", "The mayor backed the centre, ёлка 🙂.\n", "Staff left twice; pay was late.\n")
#: One ID that several copies give: six letters of random parts meet once in a thousand million times.
ONE_ID = "PAY01-ABCDEF"
_YEAR = timedelta(days=365)


class NothingThere(Exception):
    """What a person wanted to do something to is not there."""


class Verbs:
    """Does one of the things people do; whatever is refused is part of life."""

    def __init__(self, project: Project, chance: random.Random, *, joins: bool = False) -> None:
        self._project = project
        self._chance = chance
        self._joins = joins

    def choose(self, table: str) -> str:
        with self._project.reading() as db:
            keys = [key for (key,) in db.execute(f"SELECT uuid FROM {table} ORDER BY uuid")]
        if not keys:
            raise NothingThere
        # What has been there longest is what two people most likely have in common.
        return self._chance.choice(keys[:2] if self._chance.random() < 0.7 else keys)

    def name(self) -> str:
        return self._chance.choice(NAMES)

    def words(self) -> str:
        """What nobody wrote before."""
        return f"{self._project.coder} {self._chance.randrange(10**9)}"

    def any_of(self, *verbs: Callable[[], object]) -> None:
        try:
            self._chance.choice(verbs)()
        except (UserError, NothingThere):
            pass  # Refused, and so nothing was written: the hashes and `check` say so.

    def act(self) -> None:
        """One act of one person; the more often, the more likely two of them do it to one thing."""
        project, coder = self._project, self._chance.choice(PEOPLE[:2])
        self.any_of(
            *3 * (lambda: create_code(project, self.name(), example=self.words()),),
            lambda: create_code(project, self.name(), self.choose("codes"), example=self.words()),
            *4 * (lambda: change_code(project, self.choose("codes"), definition=self.words()),),
            *2 * (lambda: change_code(project, self.choose("codes"), name=self.name(), example=self.words()),),
            *6 * (lambda: move_code(project, self.choose("codes"), self.choose("codes")),),
            lambda: move_code(project, self.choose("codes"), None),
            *2 * (lambda: delete_codes(project, [self.choose("codes")]),),
            *2 * (lambda: create_case(project, f"{self.name()} > {self.name()}"),),
            *4 * (lambda: set_value(project, self.choose("cases"), self.name(), self._chance.choice(VALUES)),),
            lambda: name_level(project, 1, self._chance.choice(["", *NAMES])),
            *2 * (lambda: assign_source(project, self.choose("cases"), self.choose("sources")),),
            lambda: assign_source(project, self.choose("cases"), self.choose("sources"), self._chance.choice(SPANS)),
            *2 * (lambda: add_pasted(project, f"{self.name()}.txt", self._chance.choice(TEXTS)),),
            *3 * (lambda: change_source(project, self.choose("sources"), label=self.name(), title=self.words()),),
            lambda: change_source(project, self.choose("sources"), name=f"{self.name()}.txt"),
            lambda: delete_sources(project, [self.choose("sources")]),
            *2 * (lambda: edit_text(project, self.choose("sources"), self._chance.choice(TEXTS)),),
            *2 * (lambda: mark_reading(project, self.choose("sources"), self._chance.choice(list(ReadingStatus)), coder),),
            *10 * (lambda: self.code_passage(coder),),
            *2 * (lambda: self.code_passage_with(ONE_ID, coder),),
            *6 * (lambda: change_coding(project, self.choose("codings"), memo=self.words()),),
            *2 * (lambda: change_coding(project, self.choose("codings"), span=self._chance.choice(SPANS), important=True),),
            *2 * (lambda: change_coding(project, self.choose("codings"), code=self.choose("codes")),),
            *2 * (lambda: remove_codings(project, [self.choose("codings"), self.choose("codings")]),),
            *3 * (lambda: write_summary(project, self.cell(), self.words(), self._chance.choice(list(Status))),),
            lambda: review_summaries(project, [self.cell()]),
            lambda: clear_summaries(project, [self.cell()]),
            *3 * (lambda: write_statement(project, self._chance.choice(list(Sort)), self.words(), criterion=self.name()),),
            *2 * (lambda: change_statement(project, self.choose("statements"), words=self.words()),),
            *2 * (lambda: change_statement(project, self.choose("statements"), unit=self.words(), response="accepted"),),
            *3 * (lambda: link_grounds(project, self.choose("statements"), [self.ground(), self.ground()]),),
            lambda: self.unlink(self.choose("grounds")),
            *2 * (lambda: review_statements(project, [self.choose("statements")]),),
            lambda: move_statement(project, self.choose("statements"), self.choose("statements")),
            lambda: delete_statements(project, [self.choose("statements")]),
            self.answer,
        )

    def cell(self) -> SummaryPlace:
        """A code and a case, or the synthesis of a code."""
        return SummaryPlace(self.choose("codes"), self.choose("cases") if self._chance.random() < 0.8 else "")

    def ground(self) -> Ground:
        """Another statement, a coding, or a cell."""
        dice = self._chance.random()
        if dice < 0.4:
            return Ground(statement=self.choose("statements"))
        return Ground(coding=self.choose("codings")) if dice < 0.7 else Ground(cell=self.cell())

    def unlink(self, link: str) -> None:
        with self._project.reading() as db:
            (found,) = (one for one in read_grounds(db) if one.uuid == link)
        unlink_grounds(self._project, found.statement, [found.ground])

    def decide(self) -> None:
        """Settle one of the things a merge left open, or write something else instead."""
        conflicts = open_conflicts(self._project)
        if not conflicts:
            raise NothingThere
        conflict = self._chance.choice(conflicts)
        text = self.words() if self._chance.random() < 0.3 else None
        numbers = [at for at, said in enumerate(conflict.values) if said.value != ONE or self._joins]
        take = None if text or not numbers else self._chance.choice(numbers)
        resolve(self._project, [Decision(conflict.id, take, text)])

    def say_it_is_one(self) -> None:
        """Say that two rows of one name are one; where there are none of them, make what others may have made."""
        offered = [one for one in open_conflicts(self._project) if ONE in {said.value for said in one.values}]
        if not offered or self._chance.random() < 0.2:
            self.meet()
        else:
            conflict = self._chance.choice(offered)
            resolve(self._project, [Decision(conflict.id, next(at for at, said in enumerate(conflict.values) if said.value == ONE))])

    def meet(self) -> None:
        """Make what others may make as well."""
        if self._chance.random() < 0.5:
            set_value(self._project, create_case(self._project, self.name()), self.name(), self._chance.choice(VALUES))
        else:
            add_pasted(self._project, f"{self.name()}.txt", TEXTS[0])

    def answer(self) -> None:
        """Say whether two codes of nearly one name are the same."""
        questions = open_questions(self._project)
        if not questions:
            raise NothingThere
        question = self._chance.choice(questions)
        keep = self._chance.choice([question.one.uuid, question.other.uuid])
        answer_question(self._project, question.id, self._chance.choice(["same", "different", "below"]), keep)

    def code_passage(self, coder: str) -> None:
        span, code, memo = self._chance.choice(SPANS), self.choose("codes"), self.words()
        apply_code(self._project, self.choose("sources"), span, code, coder=coder, memo=memo)

    def code_passage_with(self, short_id: str, coder: str) -> None:
        """Code a passage under an ID that the same act in another copy gives as well."""
        source, code, span = self.choose("sources"), self.choose("codes"), self._chance.choice(SPANS)

        def work(act: Act) -> None:
            who = ensure_coder(act, coder)
            if is_short_id_taken(act.db, short_id) or find_same(act.db, source, span.start, span.end, code, who):
                return
            place = {"source": source, "text": text_of(act.db, source)[0], "span_start": span.start, "span_end": span.end}
            act.insert("codings", {**place, "code": code, "coder": who, "short_id": short_id, "memo": self.words()})

        self._project.transact("apply code", "Apply a code", work)


class Team:
    """Two to four people, each with a copy of one project in `folder`, and with a clock that may be a year wrong."""

    def __init__(self, folder: Path, template: bytes, chance: random.Random, *, joins: bool = False) -> None:
        self.folder = folder
        self.chance = chance
        self.files: dict[str, Path] = {}
        self._template, self._joins = template, joins
        self._visits = 0
        self._seed = chance.randrange(10**9)
        for person in PEOPLE[:2]:
            self.receive(person, template)
            if joins:
                with self.visit(self.files[person], person) as project:
                    self._work(project)

    def receive(self, person: str, content: bytes) -> None:
        """Give a person a file, in the place of her own if she has one."""
        self.files[person] = self.folder / f"{person}.qcode"
        self.files[person].write_bytes(content)

    @contextmanager
    def visit(self, path: Path, person: str = "Ada") -> Iterator[Project]:
        """A copy, open, at a time that no two visits share."""
        self._visits += 1
        wrong = _YEAR * (PEOPLE.index(person) % 3 - 1)
        identities = Identities.seeded(self._seed + self._visits, datetime(2022, 6, 1, tzinfo=UTC) + wrong)
        with open_project(path, coder=person, identities=identities, quiet=1000.0) as project:
            yield project

    def step(self, look: Callable[[Project], None]) -> None:
        """Something one of them does; `look` sees each copy that was written to while it is open."""
        dice = self.chance.random()
        if dice < 0.2 and len(self.files) < len(PEOPLE):
            self._hand_out()
            return
        person = self.chance.choice(list(self.files))
        with self.visit(self.files[person], person) as project:
            if dice < 0.35:
                self._merge(project, person)
                if self._joins:
                    self._work(project)
            elif dice < 0.36:
                self._purge(project)
            else:
                self._work(project)
            look(project)

    def copy_of(self, path: Path, name: str) -> Path:
        """A copy by the file manager, under another name."""
        copy = self.folder / f"{name}.qcode"
        copy.write_bytes(path.read_bytes())
        return copy

    def merged(self, into: Path, steps: Sequence[Sequence[Path]], name: str) -> tuple[str, tuple[object, ...]]:
        """Content hash, and what is to be decided, of a copy of `into` with several files merged in, those of each step in one go."""
        with self.visit(self.copy_of(into, name)) as project:
            for files in steps:
                merge_files(project, files)
            with project.reading() as db:
                return content_hash(db), tuple(read_disputes(db).content.listed)

    def others(self, person: str) -> list[Path]:
        return [path for name, path in self.files.items() if name != person]

    def _hand_out(self) -> None:
        """A copy by the file manager, of somebody's copy as it is by now, or one without what a colleague should not see."""
        giver, origin = self.chance.choice(list(self.files.items()))
        person = PEOPLE[len(self.files)]
        if self.chance.random() < 0.3:
            self.receive(person, origin.read_bytes())
            return
        with self.visit(origin, giver) as project, project.reading() as db:
            sources = [key for (key,) in db.execute("SELECT uuid FROM sources ORDER BY uuid")]
        some = self.chance.sample(sources, self.chance.randint(0, len(sources)))
        with self.visit(origin, giver) as project:
            handout(project, person, self.folder / f"{person}.qcode", sources=some, blind=self.chance.random() < 0.5)
        self.files[person] = self.folder / f"{person}.qcode"

    def _merge(self, project: Project, person: str) -> None:
        """One or several of the others' files; sometimes twice; sometimes taken back, and brought again or not."""
        others = self.others(person)
        files = self.chance.sample(others, self.chance.randint(1, len(others)))
        before, graves = hash_of(project), withdrawn(project)
        if self.chance.random() < 0.2:
            self._merge_hand_ins(project, files)
            return
        if not brings(project, files):
            assert withdrawn(project) != graves or hash_of(project) == before
            return
        after = hash_of(project)
        assert merge_files(project, files) is None, "what was merged brings nothing more"
        if self.chance.random() < 0.6:
            return
        project.undo()
        assert withdrawn(project) != graves or hash_of(project) == before, "a merge taken back leaves what was there before"
        again = self.chance.choice([None, project.redo, lambda: merge_files(project, files)])
        if again:
            again()
            assert hash_of(project) == after, "a merge that comes again is as if never taken back"

    def _merge_hand_ins(self, project: Project, paths: Sequence[Path]) -> None:
        """What colleagues did since they were handed their copies, as small files; one may go on from what is nowhere."""
        before = hash_of(project)
        try:
            changes = [self._change_file(path) for path in paths]
            merge_files(project, changes)
        except UserError:
            assert hash_of(project) == before, "a merge that was refused changed something"
            return
        assert merge_files(project, changes[::-1]) is None

    def _change_file(self, path: Path) -> Path:
        change = path.with_suffix(".qchange")
        change.unlink(missing_ok=True)
        with self.visit(path) as theirs:
            hand_in(theirs, change)
        return change

    def _purge(self, project: Project) -> None:
        try:
            purge_source(project, Verbs(project, self.chance).choose("sources"))
        except NothingThere:
            return

    def _work(self, project: Project) -> None:
        verbs = Verbs(project, self.chance, joins=self._joins)
        for _ in range(self.chance.randint(2, 8)):
            dice = self.chance.random()
            if dice < 0.08:
                project.undo()
            elif dice < 0.12:
                project.redo()
            elif dice < 0.22:
                verbs.any_of(verbs.decide)
            elif self._joins and dice < 0.45:
                verbs.any_of(verbs.say_it_is_one)
            elif dice < 0.85:
                verbs.act()
            else:
                self._done_and_undone(project, verbs)

    def _done_and_undone(self, project: Project, verbs: Verbs) -> None:
        """What is done and undone is as before, what is done again as after."""
        acts: list[int] = []
        stop = project.on_change(lambda changes: acts.append(changes.operation))
        before = hash_of(project)
        verbs.act()
        stop()
        if not acts:
            assert hash_of(project) == before, "what was refused changed something"
            return
        after = hash_of(project)
        project.undo()
        assert hash_of(project) == before, "undo does not lead to what was there before"
        if self.chance.random() < 0.7:
            project.redo()
            assert hash_of(project) == after, "redo does not lead to what was done"


def edit_text(project: Project, source: str, text: str) -> None:
    """Give a source another text, as an act."""
    project.transact(
        "edit text", "Edit a text", lambda act: act.update("sources", source, {"text": add_text(act, text, find_blocks(text))})
    )


def hash_of(project: Project) -> str:
    with project.reading() as db:
        return content_hash(db)


def brings(project: Project, files: Sequence[Path]) -> bool:
    """Merge, and say whether there is a merge to be taken back: that a source was withdrawn is none. What it says of codings is what
    became of them."""
    before, listed_before = codings_in(project), codings_in(project, in_tables=True)
    plan = merge_files(project, files)
    if plan is None:
        return False
    if not plan.completed and not plan.withdrawn:
        new = sum(one.new_codings for one in plan.contributions)
        assert len(codings_in(project)) == len(before) + new - plan.removed, "the figures of a merge are not what it did"
        if plan.operations:
            come = codings_in(project, in_tables=True) - listed_before - codings_aside(project)
            shown = {one.coding for one in passages_of(project, read_merges(project)[0].number) if one.is_new}
            assert come <= shown, "a coding came and is not listed as new"
    return plan.operations + plan.completed > 0


def codings_in(project: Project, *, in_tables: bool = False) -> set[str]:
    with project.reading() as db:
        return {key for (key,) in db.execute("SELECT uuid FROM codings")} if in_tables else codings_there(db)


def codings_aside(project: Project) -> set[str]:
    """Codings on which a mend lies: what is part of another one, or waited for its source, comes and goes with that."""
    with project.reading() as db:
        return {key for (key,) in db.execute("SELECT row_uuid FROM mends WHERE table_name = 'codings'")}


def withdrawn(project: Project) -> int:
    """How many sources were withdrawn: that alone no undo takes back."""
    with project.reading() as db:
        return len(buried(db))
