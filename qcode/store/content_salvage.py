"""The content of a damaged project: what its tables have left, with what its journal says in the place of what they lost."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from qcode.model.document import Block, BlockKind
from qcode.model.identity import uuid_of
from qcode.store.lost_text import substitute
from qcode.store.salvage import Row, Salvage
from qcode.store.schema import CONTENT, Table, Value, Values
from qcode.store.texts import sha256_of

_TREES = ("codes", "cases")
Tables = dict[str, dict[str, Values]]


@dataclass
class SalvagedContent:
    """Rows by table and UUID, sound in themselves; texts, and the paragraphs of those that have kept them; what became of the rest."""

    tables: Tables = field(default_factory=lambda: {name: {} for name in CONTENT})
    texts: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    rebuilt: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    sentences: list[str] = field(default_factory=list)

    def drop(self, table: str, key: str) -> None:
        """Leave out a row that cannot be kept, and count it."""
        del self.tables[table][key]
        self.lost[table] += 1


def gather(found: Salvage, expected: Tables, whole: Set[str]) -> SalvagedContent:
    """What can be kept. `expected` is what the journal says; `whole` are the tables of which nothing is missing, 'row_changes' among
    them where the journal can be relied on."""
    kept = SalvagedContent()
    broken, names = _sort_texts(found, kept)
    actual, quotes = _actual_rows(found, expected, names)
    for name, rows in kept.tables.items():
        _choose(rows, actual[name], expected[name], name in whole, "row_changes" in whole)
    _complete_references(kept, expected)
    _mend_texts(kept, broken, quotes)
    _mend_places(kept)
    _mend_readings(kept, {str(row[0]) for row in found.rows["codebooks"].values()})
    _mend_names(kept)
    for name, rows in kept.tables.items():
        kept.rebuilt[name] = len(rows.keys() - actual[name].keys())
    return kept


def _sort_texts(found: Salvage, kept: SalvagedContent) -> tuple[dict[str, str], dict[int, str]]:
    """Keep the texts that are what they are named after, with their paragraphs; gives what was read of the others, and all names."""
    broken: dict[str, str] = {}
    names: dict[int, str] = {}
    for key, (name, content, _) in [*found.torn.items(), *found.of("texts").items()]:
        names[key] = str(name)
        text = str(content)
        if hashlib.sha256(text.encode(errors="replace")).hexdigest() == name:
            kept.texts[str(name)] = text
        else:
            broken[str(name)] = text
    blocks: dict[int, list[Block]] = defaultdict(list)
    for text_id, start, end, kind, level, speaker in found.of("paragraphs").values():
        blocks[int(str(text_id))].append(Block(int(str(start)), int(str(end)), BlockKind(str(kind)), int(str(level)), str(speaker)))
    for key, name in names.items():
        ordered = tuple(sorted(blocks[key], key=lambda block: block.start))
        if name in kept.texts and _covers(kept.texts[name], ordered):
            kept.blocks[name] = ordered
    return broken, names


def _covers(text: str, blocks: tuple[Block, ...]) -> bool:
    """Whether paragraphs hold every character of the text that is not a blank, in order."""
    at = 0
    for block in blocks:
        if not at <= block.start < block.end <= len(text) or not 0 <= block.level <= 6 or text[at : block.start].strip():
            return False
        at = block.end
    return not text[at:].strip()


def _actual_rows(found: Salvage, expected: Tables, names: dict[int, str]) -> tuple[Tables, dict[str, str]]:
    """The rows of the tables by UUID, references as keys that travel; and the quotes of the codings."""
    books = {key: str(row[0]) for key, row in found.rows["codebooks"].items()}
    keys: dict[str, dict[int, str]] = {"texts": names, "codebooks": books}
    for name in CONTENT:
        keys[name] = {key: str(row[0]) for key, row in found.rows[name].items()}
    for name, table in CONTENT.items():
        _learn(table, found, expected[name], keys)
    actual: Tables = {}
    for name, table in CONTENT.items():
        actual[name] = {str(row[0]): _values(table, row, keys) for row in found.of(name).values()}
    width = len(CONTENT["codings"].fields) + 1
    quotes = {str(row[0]): str(row[width]) for row in found.rows["codings"].values()}
    return actual, quotes


def _learn(table: Table, found: Salvage, expected: Mapping[str, Values], keys: dict[str, dict[int, str]]) -> None:
    """Learn from rows that the journal has too what the integer keys of lost rows stood for."""
    for row in found.rows[table.name].values():
        said = expected.get(str(row[0]))
        for given, value in zip(table.fields, row[1:], strict=False):
            if given.ref and isinstance(value, int) and said and said[given.name]:
                keys[given.ref].setdefault(value, str(said[given.name]))


def _values(table: Table, row: Row, keys: dict[str, dict[int, str]]) -> Values:
    values: Values = {}
    for given, value in zip(table.fields, row[1:], strict=False):
        if given.ref and isinstance(value, int):
            values[given.name] = keys[given.ref].get(value) or uuid_of("lost", given.ref, str(value))
        else:
            values[given.name] = float(value) if isinstance(given.default, float) and isinstance(value, int) else _plain(value)
    return values


def _plain(value: object) -> Value:
    return value if isinstance(value, str | int | float) else None


def _choose(
    rows: dict[str, Values], actual: Mapping[str, Values], expected: Mapping[str, Values], whole: bool, journal_whole: bool
) -> None:
    """A journal without holes is right. Else the tables are, and the journal has the rows they lost."""
    if journal_whole:
        rows.update({key: dict(values) for key, values in expected.items()})
        return
    rows.update(actual)
    if not whole:
        rows.update({key: dict(values) for key, values in expected.items() if key not in actual})


def _complete_references(kept: SalvagedContent, expected: Tables) -> None:
    """Every row that is referred to is there: from the journal, or one that stands in for it, or the reference goes."""
    for name in reversed(CONTENT):
        table = CONTENT[name]
        waiting = list(kept.tables[name])
        while waiting:
            key = waiting.pop()
            values = kept.tables[name][key]
            for given in table.references:
                target = values[given.name]
                if target is None or target in kept.tables[given.ref]:
                    continue
                if target in expected[given.ref]:
                    kept.tables[given.ref][str(target)] = dict(expected[given.ref][str(target)])
                    waiting.extend([str(target)] if given.ref == name else [])
                elif given.name == "parent":
                    values["parent"] = None
                elif name == "codings" or (name == "summaries" and given.ref != "sources"):
                    kept.tables[given.ref][str(target)] = _stand_in(given.ref, str(target), values)
                    kept.lost[given.ref] += 1
                else:
                    kept.drop(name, key)
                    break


def _stand_in(table: str, key: str, coding: Values) -> Values:
    """A row in the place of one that is lost and that codings or summaries refer to."""
    name = f"Lost {table.removesuffix('s')} {key[-6:]}"
    values: Values = {**CONTENT[table].defaults, "name": name}
    return values | ({"text": coding["text"], "label": "LOST", "format": "txt"} if table == "sources" else {})


def _mend_texts(kept: SalvagedContent, broken: Mapping[str, str], quotes: Mapping[str, str]) -> None:
    """Put a text made of what is left in the place of every text that is named and was lost."""
    sources, codings, passages = (kept.tables[name] for name in ("sources", "codings", "assignments"))
    _name_lost_texts(kept, broken)
    missing = {str(row["text"]) for row in [*sources.values(), *codings.values()]} - kept.texts.keys()
    for name in sorted(missing):
        here = [key for key, row in codings.items() if row["text"] == name]
        for key in here:
            if not quotes.get(key):
                kept.drop("codings", key)
        given = [(key, int(codings[key]["span_start"] or 0), quotes[key]) for key in here if key in codings]
        made = substitute(broken.get(name, ""), given)
        new = sha256_of(made.text)
        kept.texts[new] = made.text
        for key, (start, end) in made.places.items():
            codings[key] |= {"text": new, "span_start": start, "span_end": end}
        for row in sources.values():
            if row["text"] == name:
                row["text"] = new
                kept.sentences.append(f"{row['name']}: its text could not be read whole; what was read and its quotes stand for it.")
        kept.lost["texts"] += 1
    for key in [key for key, row in passages.items() if row["text"] is not None and row["text"] not in kept.texts]:
        kept.drop("assignments", key)


def _name_lost_texts(kept: SalvagedContent, broken: Mapping[str, str]) -> None:
    """Call the lost text of a source by one name, that of what was read of it if there is any: codings of which the journal tells know its
    SHA-256, others only the key it had. Under two names it would come back as two texts, with the source in one of them alone."""
    sources, codings = kept.tables["sources"], kept.tables["codings"]
    lost = [row for row in codings.values() if row["text"] not in kept.texts and sources[str(row["source"])]["text"] not in kept.texts]
    for row in lost:
        if row["text"] in broken:
            sources[str(row["source"])]["text"] = row["text"]
    for row in lost:
        row["text"] = sources[str(row["source"])]["text"]


def _mend_places(kept: SalvagedContent) -> None:
    """Leave out what does not lie in its text."""
    for name in ("codings", "assignments"):
        for key in [key for key, row in kept.tables[name].items() if not _lies_in_text(row, kept.texts, name)]:
            kept.drop(name, key)


def _mend_readings(kept: SalvagedContent, codebooks: Set[str]) -> None:
    """A reading of a version of the codebook that is lost says only that there was one: its source counts as not read for any code."""
    for row in kept.tables["readings"].values():
        if row["codebook"] is not None and row["codebook"] not in codebooks:
            row["codebook"] = None
            kept.lost["codebooks"] += 1


def _lies_in_text(row: Values, texts: Mapping[str, str], name: str) -> bool:
    place = (row["text"], row["span_start"], row["span_end"])
    if place == (None, None, None):
        return name == "assignments"
    text, start, end = place
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(texts[str(text)])


def _mend_names(kept: SalvagedContent) -> None:
    """No circle of parents, no path and no ID twice: rows from the tables and from the journal may not have met before."""
    for name in _TREES:
        rows = kept.tables[name]
        for key in sorted(rows):
            if key in _ancestors(rows, key):
                rows[key]["parent"] = None
        names: dict[Value, set[str]] = defaultdict(set)
        for key in sorted(rows):
            rows[key]["name"] = _free(str(rows[key]["name"]), " ({})", names[rows[key]["parent"]])
    ids: set[str] = set()
    for _, row in sorted(kept.tables["codings"].items()):
        if row["short_id"]:
            row["short_id"] = _free(str(row["short_id"]), "-{}", ids)


def _free(name: str, suffix: str, taken: set[str]) -> str:
    """`name`, with the first number that makes it differ from those that are taken; it is taken from now on."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = name + suffix.format(number)
    taken.add(free)
    return free


def _ancestors(rows: Mapping[str, Values], key: str) -> Iterator[str]:
    seen: set[str] = set()
    parent = rows[key]["parent"]
    while parent is not None and parent not in seen:
        seen.add(str(parent))
        yield str(parent)
        parent = rows[str(parent)]["parent"]
