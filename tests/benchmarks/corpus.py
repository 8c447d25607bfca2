"""A seeded corpus to measure with: interview notes in three languages, a codebook, cases and codings, written as people send them.

The same size always gives the same bytes. Nothing is meant by the sentences; their words, lengths and letters are like those of real notes.
"""

from __future__ import annotations

import csv
import random
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from pathlib import Path

#: Part of the name of the folder a corpus is kept in: raise it when what is written below changes.
VERSION = 1
_MOST_CODED_SHARE = 0.075
_LINE = Sequence[object]


@dataclass(frozen=True)
class Size:
    """How much to write. `megabytes` are of UTF-8 text over all sources."""

    name: str
    sources: int
    megabytes: float
    codings: int
    codes: int = 200
    cases: int = 60
    coders: int = 10


SMALL = Size("small", 40, 1.2, 4_000)
MEDIUM = Size("medium", 200, 6, 20_000)
LARGE = Size("large", 1_000, 30, 100_000)


@dataclass(frozen=True)
class Corpus:
    """The files of one size, in a folder outside the checkout."""

    size: Size
    folder: Path

    @property
    def sources(self) -> Path:
        """A folder of txt files."""
        return self.folder / "sources"

    def table(self, name: str) -> Path:
        """One of codebook, cases, assign, codings (by position), codings-by-quote."""
        return self.folder / f"{name}.csv"


@dataclass(frozen=True)
class _Language:
    words: list[str]
    weights: list[float]
    question: str
    answer: str


def _language(stems: str, endings: str, particles: str, question: str, answer: str) -> _Language:
    """Particles first, as in every language, then every stem with every ending, ever rarer."""
    built = [stem + ending for ending, stem in product(endings.split(","), stems.split())]
    words = [*particles.split(), *built]
    return _Language(words, list(accumulate(1 / (rank + 4) for rank in range(len(words)))), question, answer)


_LANGUAGES = (
    _language(
        "train work manag support govern particip report farm market wom partner plan fund employ school local nation monitor train "
        "commit coordin consult discuss improv deliver chang expect result respond explain visit villag region minist donor project "
        "network travel staff contract budget delay translat record interview answer question cooper invest credit water road health "
        "teach learn measur observ repeat agree promis start finish continu return includ decid develop",
        ",ed,ing,s,er,ers,ment,ation,ations,able,ness,ion,ive,ity,al,ally,ence,ent,ful,less,ance,ship,ism,ist,ward,wise,like,ery,age,hood",
        "the of and to in a that we is was for it with as they on not but have had this are from were there which when who our by or "
        "more because after also their people very only many",
        "Question",
        "Respondent",
    ),
    _language(
        "работ проект обуч поддерж прав участ отчёт фермер рын женщин партнёр план финанс школ мест нацио монитор координ консульт "
        "обсужд улучш измен ожид результат ответ объясн посещ сел регион министр донор поезд сотрудн договор бюджет задерж перевод "
        "запис вопрос сотруд инвест кредит вод дорог здоров учител наблюд повтор соглас обещ начал окончан продолж возвращ включ "
        "реш развит област район общин",
        "а,ы,у,ом,е,и,ов,ам,ами,ах,ный,ная,ное,ные,ного,ной,ному,ным,ными,ить,ил,ила,или,ение,ения,ением,ость,ости,ально,ание,ания,анием",
        "и в не на что с мы было это как они но к по у же для от из был все так его было только когда или если уже есть более "
        "потому очень также люди много после",
        "Вопрос",
        "Респондент",
    ),
    _language(
        "travail projet form soutien gouvern particip rapport agricult march femm parten plan financ écol local nation suiv "
        "coordin consult discut amélior chang résult répond expliqu visit villag région minist bailleur réseau voyag personnel contrat "
        "retard traduct enregistr entretien question coopér invest crédit rout sant enseign mesur observ répét promess",
        "e,es,er,ement,ation,ations,eur,eurs,é,ée,ées,ait,aient,ons,ent,able,ité,if,ive,ique,iques,ance,ences,iste,al,ale,aux,ure,ant,ante",
        "de la le et les des en un du que nous est pour dans il a pas plus qui sur au par avec ce ont été mais ils sont cette "
        "aussi parce très quand d'une l'appui beaucoup après",
        "Question",
        "Répondante",
    ),
)
_SHARES = (0.6, 0.25, 0.15)
_COUNTRIES = ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan")
_GROUPS = ("government", "partner", "private sector", "civil society", "beneficiary")


def make_corpus(size: Size, folder: Path | None = None) -> Corpus:
    """The corpus of a size, written now if it is not there yet from an earlier run."""
    place = (folder or Path(tempfile.gettempdir()) / "qcode-benchmarks") / f"{size.name}-{VERSION}"
    if not place.is_dir():
        unfinished = place.with_name(place.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        _write(Corpus(size, unfinished))
        unfinished.rename(place)
    return Corpus(size, place)


def _write(corpus: Corpus) -> None:
    chance = random.Random(corpus.size.name)
    corpus.sources.mkdir(parents=True)
    each = int(corpus.size.megabytes * 1_000_000 / corpus.size.sources)
    texts = {f"note{number:04}.txt": write_note(chance, int(each * chance.uniform(0.6, 1.4))) for number in range(corpus.size.sources)}
    for name, text in texts.items():
        (corpus.sources / name).write_bytes(text.encode())
    codes = list(_codebook(corpus.size.codes))
    cases = list(_cases(corpus.size.cases))
    _write_csv(corpus.table("codebook"), "code parent definition include exclude example colour", codes)
    _write_csv(corpus.table("cases"), "case parent stakeholder year", cases)
    leaves = [f"{parent} > {case}" for case, parent, *_ in cases if parent]
    _write_csv(corpus.table("assign"), "case source", ((leaves[at % len(leaves)], name) for at, name in enumerate(texts)))
    paths = [f"{parent} > {code}" if parent else str(code) for code, parent, *_ in codes]
    codings = list(_codings(chance, texts, paths, corpus.size))
    _write_csv(corpus.table("codings"), "source start end code coder memo", codings)
    quotes = ((source, texts[source][start:end], code, coder, memo) for source, start, end, code, coder, memo in codings)
    _write_csv(corpus.table("codings-by-quote"), "source quote code coder memo", quotes)


def write_note(chance: random.Random, size: int) -> str:
    """One note: a heading, then questions and answers of 200 to 600 characters until the text has `size` bytes."""
    language = chance.choices(_LANGUAGES, _SHARES)[0]
    parts = [f"Interview {chance.randrange(10_000)}"]
    written = 0
    while written < size:
        asked = f"{language.question}: {_sentence(language, chance, 9)[:-1]}?"
        length = chance.randint(200, 600)
        words = chance.choices(language.words, cum_weights=language.weights, k=length // 5)
        answer = f"{language.answer}: {_sentences(words, chance)[:length].rstrip(' .')}."
        parts += [asked, answer]
        written += len(asked.encode()) + len(answer.encode()) + 4
    return "\n\n".join(parts) + "\n"


def _sentence(language: _Language, chance: random.Random, count: int) -> str:
    return _sentences(chance.choices(language.words, cum_weights=language.weights, k=count), chance, count)


def _sentences(words: list[str], chance: random.Random, longest: int = 18) -> str:
    sentences = []
    at = 0
    while at < len(words):
        step = chance.randint(min(8, longest), longest)
        sentence = " ".join(words[at : at + step])
        sentences.append(sentence[:1].upper() + sentence[1:] + ".")
        at += step
    return " ".join(sentences)


def _codebook(count: int) -> Iterable[_LINE]:
    """Eight codes at the top, four below each, and the rest below those: a tree of three levels."""
    tops = [f"Theme {number}" for number in range(1, 9)]
    middles = [(f"Factor {number}", tops[number % 8]) for number in range(1, 33)]
    definition = "What people said about this, in their own words, and what they thought had caused it."
    for top in tops:
        yield top, "", definition, "Statements of fact and opinion.", "Hearsay.", "", "#3366cc"
    for name, top in middles:
        yield name, top, definition, "", "", "", "#cc6633"
    for number in range(1, count - len(tops) - len(middles) + 1):
        name, top = middles[number % len(middles)]
        yield f"Reason {number}", f"{top} > {name}", definition, "", "", "", ""


def _cases(count: int) -> Iterable[_LINE]:
    """Five countries, and people below them."""
    for country in _COUNTRIES:
        yield country, "", "", ""
    for number in range(count - len(_COUNTRIES)):
        yield f"Person {number + 1}", _COUNTRIES[number % 5], _GROUPS[number // 5 % 5], 2018 + number % 5


def _codings(
    chance: random.Random, texts: dict[str, str], codes: Sequence[str], size: Size
) -> Iterable[tuple[str, int, int, str, str, str]]:
    """Passages of 40 to 260 characters; the last code has 7.5 % of them, some codes have very few. No two are alike."""
    names = list(texts)
    weights = list(accumulate(1 / (rank + 8) for rank in range(len(codes) - 1)))
    seen = set()
    for number in range(size.codings):
        source = names[number % len(names)]
        length = chance.randint(40, 260)
        start = chance.randrange(len(texts[source]) - length)
        usual = chance.choices(codes[:-1], cum_weights=weights)[0]
        code = codes[-1] if chance.random() < _MOST_CODED_SHARE else usual
        coder = f"Coder {chance.randrange(size.coders) + 1}"
        line = (source, start, start + length, code, coder)
        if line not in seen:
            seen.add(line)
            yield (*line, "Compare with what the ministry said." if number % 20 == 0 else "")


def _write_csv(path: Path, columns: str, lines: Iterable[_LINE]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns.split())
        writer.writerows(lines)
