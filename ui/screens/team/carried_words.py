"""What is said of decisions when a plan was made anew: which need another look, and why."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.exchange.exporters.wording import counted, ended
from qcode.model.merging import Conflict, Contribution, Said
from ui.screens.team.carrying import Carried, Carrying, Fate
from ui.screens.team.wording import named_field, tr

_MOST = 3
_LOOK = {
    Fate.WORDS: "{0} changed in {1}: look at it again. Your words are kept in the field.",
    Fate.CHOICE: "{0} changed in {1}: look at it again. What you chose is kept.",
    Fate.GONE: "{0} changed in {1}: decide it again. What you chose is not among the values any more.",
}
_OF_ITSELF = "{0} has not the value any more that you chose: decide it again."
_SETTLED = "{0} is not in dispute any more: what you decided is not needed."


def carrying_words(carrying: Carrying, contributions: Sequence[Contribution], coder: str) -> str:
    """The sentences about everything that has to be looked at, decided again, or is not needed; '' for nothing. Those about words that
    have no place any more are `words_without_place`."""
    said = [_sentence(one, contributions, coder) for one in carrying.of(Fate.GONE, Fate.WORDS, Fate.CHOICE)]
    said += [tr(_SETTLED).format(begun(place_words(one.conflict))) for one in carrying.of(Fate.SETTLED) if one.decision.text is None]
    for question in carrying.unasked:
        names = f"{question.one.name} / {question.other.name}"
        said.append(tr("Whether {0} are the same code is not asked any more: your answer is not needed.").format(names))
    more = len(said) - _MOST
    if more > 0:
        said = [*said[:_MOST], tr("The same holds for {0}.").format(counted(more, tr("more decision")))]
    return " ".join(said)


def words_without_place(carried: Sequence[Carried], *, is_settled: bool = True) -> tuple[str, str]:
    """What is said of somebody's own words that go nowhere, for it `is_settled` what they were about or for another reason, and the words
    themselves."""
    places = [place_words(one.conflict) for one in carried]
    what = ended((tr("Not in dispute any more: {0}") if is_settled else tr("Not written: {0}")).format(", ".join(places)))
    said = " ".join((what, tr("Your words there are not needed.") if is_settled else tr("Your words can be copied.")))
    if len(carried) == 1:
        return said, carried[0].decision.text or ""
    return said, "\n\n".join(f"{begun(place)}:\n{one.decision.text}" for place, one in zip(places, carried, strict=True))


def place_words(conflict: Conflict) -> str:
    """'the definition of Staff turnover', within a sentence."""
    title = conflict.title or tr("a row without a name")
    if not conflict.field:
        return tr("keeping or removing {0}").format(title)
    if conflict.field in ("include", "exclude"):
        return tr("the field “{0}” of {1}").format(named_field(conflict.field), title)
    return tr("the {0} of {1}").format(named_field(conflict.field).lower(), title)


def _sentence(one: Carried, contributions: Sequence[Contribution], coder: str) -> str:
    place = begun(place_words(one.conflict))
    where = _where(one.news, contributions, coder)
    return tr(_LOOK[one.fate]).format(place, where) if where else tr(_OF_ITSELF).format(place)


def _where(news: Sequence[Said], contributions: Sequence[Contribution], coder: str) -> str:
    """The files that brought the new values; who gave them, where no file is known."""
    found: dict[str, None] = {}
    for said in news:
        files = [one.file for one in contributions if one.coder == said.coder]
        found.update(dict.fromkeys(files or [tr("this project") if said.coder == coder else tr("the work of {0}").format(said.coder)]))
    return tr(" and ").join(found)


def begun(words: str) -> str:
    """Words as a sentence begins."""
    return words[:1].upper() + words[1:]
