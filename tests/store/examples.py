"""Projects and random acts for the tests of the store, made through the engine's lowest writers."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from qcode.model.identity import Identities, uuid_of
from qcode.opening import create_project, open_project
from qcode.project import Project
from qcode.store.codes import keep_codebook
from qcode.store.codings import find_same
from qcode.store.content import content_hash
from qcode.store.journal import Act
from qcode.store.schema import CONTENT, Values
from qcode.store.texts import add_original, add_text
from qcode.text.structure import find_blocks

WORDS = "доход ёлка benefits hadn't вернулся été région 47% кызматкер o‘zbek The staff left twice ; — №5 «так»".split()


def new_project(path: Path, seed: int = 1, quiet: float = 1000.0) -> Project:
    """An empty project with ids and times from a seed, which folds nothing in by itself."""
    return create_project(path, "Example", coder="Ada", identities=Identities.seeded(seed), quiet=quiet)


def reopen(path: Path, seed: int, quiet: float = 1000.0) -> Project:
    return open_project(path, coder="Ada", identities=Identities.seeded(seed), quiet=quiet)


def hash_of(project: Project) -> str:
    with project.reading() as db:
        return content_hash(db)


def words(rng: random.Random, count: int) -> str:
    """A text of `count` words, some alphabets and some paragraphs."""
    return "".join(rng.choice(WORDS) + rng.choice([" ", " ", " ", "\n\n"]) for _ in range(count)) + "end."


def add_source(act: Act, rng: random.Random, name: str, text: str = "") -> str:
    """A source with text, original, a case, a value and a reading."""
    text = text or words(rng, 60)
    sha256 = add_text(act, text, find_blocks(text))
    original = add_original(act, name, text.encode(), sha256, ())
    label = name.rpartition("/")[2].removesuffix(".txt").replace(".", "")
    return act.insert("sources", {"name": name, "label": label, "format": "txt", "text": sha256, "original": original})


def add_coding(act: Act, rng: random.Random, source: str, code: str, coder: str, memo: str = "") -> str:
    sha256, characters, label = act.db.execute(
        "SELECT t.sha256, t.characters, s.label FROM sources s JOIN texts t ON t.id = s.text_id WHERE s.uuid = ?", (source,)
    ).fetchone()
    start = rng.randrange(characters - 5)
    end = rng.randint(start + 1, min(characters, start + 90))
    same = find_same(act.db, source, start, end, code, coder)
    if same is not None:
        return same
    key = act.identities.new_uuid()
    place: Values = {"source": source, "text": sha256, "span_start": start, "span_end": end}
    who: Values = {"code": code, "coder": coder, "memo": memo, "short_id": f"{label}-{key[-8:]}"}
    return act.insert("codings", {**place, **who}, key)


def fill(project: Project, sources: int = 4, codings: int = 30, seed: int = 1) -> None:
    """One act that puts rows into every table."""
    rng = random.Random(seed)

    def work(act: Act) -> None:
        coders = [act.insert("coders", {"name": name}) for name in ("Ada", "Бакыт")]
        top = act.insert("codes", {"name": "Constraints", "definition": "what hinders", "colour": "#aa0000"})
        codes = [act.insert("codes", {"name": f"code {i}", "parent": top, "position": float(i)}) for i in range(4)]
        country = act.insert("cases", {"name": "Kyrgyzstan"})
        case = act.insert("cases", {"name": "Osh", "parent": country})
        attribute = act.insert("attributes", {"name": "region", "type": "text"})
        act.insert("case_values", {"case": case, "attribute": attribute, "value": "south"})
        codebook = keep_codebook(act.db, ())
        for number in range(sources):
            source = add_source(act, rng, f"notes/KGZ{number}.txt")
            act.insert("source_values", {"source": source, "attribute": attribute, "value": str(number)})
            act.insert("assignments", {"case": case, "source": source})
            reading: Values = {"coder": coders[0], "source": source, "status": "finished", "codebook": codebook}
            act.insert("readings", reading, uuid_of("readings", coders[0], source))
            for _ in range(codings // sources):
                add_coding(act, rng, source, rng.choice(codes), rng.choice(coders), "memo " + rng.choice(WORDS))

    project.transact("fill", "Fill the project", work)


def keys(act: Act, table: str) -> list[str]:
    return [key for (key,) in act.db.execute(f"SELECT uuid FROM {table} ORDER BY uuid")]


def _new_code(act: Act, rng: random.Random) -> None:
    parent = rng.choice([None, *keys(act, "codes")])
    act.insert("codes", {"name": f"code {rng.random():.9f}", "parent": parent, "position": rng.random()})


def _change_code(act: Act, rng: random.Random) -> None:
    key = rng.choice(keys(act, "codes") or [""])
    if key:
        act.update("codes", key, {"definition": words(rng, 3), "name": f"code {rng.random():.9f}"})


def _delete_codes(act: Act, rng: random.Random) -> None:
    """A code with all below it and all codings of these, children before or after their parents."""
    gone = rng.sample(keys(act, "codes"), k=min(1, len(keys(act, "codes"))))
    for code in gone:
        below = "SELECT c.uuid FROM codes c JOIN codes p ON p.id = c.parent_id WHERE p.uuid = ?"
        gone.extend(key for (key,) in act.db.execute(below, (code,)))
    for code in gone:
        sql = "SELECT c.uuid FROM codings c JOIN codes k ON k.id = c.code_id WHERE k.uuid = ?"
        act.delete("codings", [key for (key,) in act.db.execute(sql, (code,))])
    rng.shuffle(gone)
    act.delete("codes", gone)


def _new_source(act: Act, rng: random.Random) -> None:
    add_source(act, rng, f"{rng.random():.9f}.txt", words(rng, 12))


def _new_codings(act: Act, rng: random.Random) -> None:
    sources, codes, coders = keys(act, "sources"), keys(act, "codes"), keys(act, "coders")
    coder = rng.choice(coders) if coders and rng.random() < 0.9 else act.insert("coders", {"name": f"{rng.random():.9f}"})
    if sources and codes:
        for _ in range(rng.randint(1, 3)):
            add_coding(act, rng, rng.choice(sources), rng.choice(codes), coder)


def _change_coding(act: Act, rng: random.Random) -> None:
    """Several changes of one coding in one act, the last of which counts."""
    codings, codes = keys(act, "codings"), keys(act, "codes")
    if codings:
        key = rng.choice(codings)
        act.update("codings", key, {"memo": words(rng, 2), "important": 1})
        new: Values = {"span_start": 0, "span_end": rng.randint(1, 9), "code": rng.choice(codes)}
        values = {**(act.rows.read(CONTENT["codings"], key) or {}), **new}
        source, code, coder = (str(values[name]) for name in ("source", "code", "coder"))
        if find_same(act.db, source, 0, int(str(new["span_end"])), code, coder) is None:
            act.update("codings", key, {"memo": words(rng, 2), **new})


def _delete_coding(act: Act, rng: random.Random) -> None:
    codings = keys(act, "codings")
    if codings:
        key = rng.choice(codings)
        act.update("codings", key, {"memo": "about to go"})
        act.delete("codings", [key])


def _mark_reading(act: Act, rng: random.Random) -> None:
    """A row whose UUID comes from what it links: made, changed, removed, made again."""
    sources, coders = keys(act, "sources"), keys(act, "coders")
    if not sources or not coders:
        return
    source, coder = rng.choice(sources), rng.choice(coders)
    key = uuid_of("readings", coder, source)
    if act.rows.has("readings", key):
        act.delete("readings", [key])
        if rng.random() < 0.5:
            return
    act.insert("readings", {"coder": coder, "source": source, "status": rng.choice(["reading", "finished"])}, key)
    act.update("readings", key, {"status": "finished"})


def _come_and_go(act: Act, rng: random.Random) -> None:
    key = act.insert("cases", {"name": words(rng, 1)})
    act.update("cases", key, {"name": "other"})
    act.delete("cases", [key])


def _new_case(act: Act, rng: random.Random) -> None:
    case = act.insert("cases", {"name": f"case {rng.random():.9f}"})
    for source in keys(act, "sources")[:1]:
        act.insert("assignments", {"case": case, "source": source})


ACTS: list[Callable[[Act, random.Random], None]] = [
    _new_code,
    _change_code,
    _delete_codes,
    _new_source,
    _new_codings,
    _new_codings,
    _change_coding,
    _delete_coding,
    _mark_reading,
    _come_and_go,
    _new_case,
]


def random_act(project: Project, rng: random.Random) -> None:
    """One act of one to three random parts, some of them acts within the act."""
    parts = rng.choices(ACTS, k=rng.choice([1, 1, 2, 3]))

    def work(act: Act) -> None:
        for number, part in enumerate(parts):
            if number:
                project.transact("inner", "within", lambda inner, part=part: part(inner, rng))
            else:
                part(act, rng)

    project.transact("random", parts[0].__name__, work)
