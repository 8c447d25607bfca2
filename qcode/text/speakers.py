"""Who speaks: the name before a colon that opens a turn in a transcript."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import IntEnum

_NAME_REACH = 60
_TURN = re.compile(
    r"""[>*_\s]*
    (?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s+)?        # a time stamp before the name
    [*_]*
    (?P<name>[^\W\d_][\w.'’\-]*(?:[ \u00a0][\w.'’\-]+){0,3})
    (?:[ \u00a0]?\([^()\n]{1,30}\))?                     # (female, 34)
    [*_]*[ \u00a0\u202f]?:[*_]*(?=\s|$)""",
    re.VERBOSE,
)

_QUESTION_LABELS = frozenset(
    "q question questions interviewer вопрос вопросы интервьюер enquêteur enquêtrice enqueteur суроо савол сұрақ".split()
)
_ASKERS = frozenset("moderator facilitator modérateur modératrice animateur animatrice модератор ведущий ведущая фасилитатор i".split())
_ANSWERERS = frozenset(
    "a answer answers respondent respondents interviewee participant participants informant speaker "
    "réponse répondant répondante participante participants enquêté enquêtée "
    "ответ респондент респондентка участник участница участники информант спикер жооп жауап javob".split()
)
_NOT_SPEAKERS = frozenset(
    "note notes source sources table figure box annex chart date place location time duration country countries region project title key "
    "finding findings conclusion conclusions recommendation recommendations lesson lessons objective objectives output outputs outcome "
    "outcomes indicator indicators activity activities result results target targets budget total summary subject re from to cc example "
    "examples language method phone email e-mail tel fax web website http https keywords "
    "tableau figure encadré annexe pays lieu durée projet titre constat constats conclusion recommandation exemple objet langue "
    "примечание источник таблица рисунок приложение дата место время страна регион проект вывод выводы рекомендация рекомендации "
    "урок уроки цель цели задача задачи результат результаты пример итого тема язык метод тел".split()
)

_KNOWN = _QUESTION_LABELS | _ANSWERERS | (_ASKERS - {"i"})


class Role(IntEnum):
    """What a label before a colon says of the words after it."""

    ANSWERS = 0
    MAY_ASK = 1
    ASKS = 2


def find_name(text: str, start: int, end: int) -> str:
    """The name before a colon that opens text[start:end], as written there, or ''."""
    if text.find(":", start, min(end, start + _NAME_REACH)) < 0:
        return ""
    match = _TURN.match(text, start, end)
    if not match or (match.end() == end and _first_word(match["name"]) not in _KNOWN):
        return ""
    return match["name"]


def roles_of(names: Iterable[str]) -> dict[str, Role]:
    """The role of those of `names` that are speakers: words such as 'Respondent', or capitalised names that open two turns or more."""
    counts = Counter(names)
    return {name: _role(name) for name, count in counts.items() if name and _is_speaker(name, count)}


def _role(name: str) -> Role:
    word = _first_word(name)
    if word in _QUESTION_LABELS:
        return Role.ASKS
    return Role.MAY_ASK if word in _ASKERS else Role.ANSWERS


def _is_speaker(name: str, count: int) -> bool:
    if _first_word(name) in _KNOWN:
        return True
    words = (word.rstrip("0123456789.") for word in name.casefold().replace("\u00a0", " ").split(" "))
    return count >= 2 and not name[0].islower() and _NOT_SPEAKERS.isdisjoint(words)


def _first_word(name: str) -> str:
    return name.replace("\u00a0", " ").partition(" ")[0].casefold().rstrip("0123456789.")
