"""What the team screen says: fields, kinds of conflict, states, dates and initials in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from qcode.exchange.exporters.wording import counted
from qcode.merge.content import Reason
from qcode.model.merging import Conflict, Contribution, Question
from qcode.views.merge_report import other_words
from ui.screens.team.review import Item, Review, is_decidable

_FIELDS = {
    "name": "Name",
    "parent": "Place in the tree",
    "definition": "Definition",
    "include": "Use it for",
    "exclude": "Do not use it for",
    "example": "Example",
    "colour": "Colour",
    "position": "Order",
    "memo": "Memo",
    "code": "Code",
    "span_start": "Ends of passage",
    "span_end": "Ends of passage",
    "important": "Important",
    "contradicts": "Contradicts",
    "value": "Value",
    "type": "Type",
    "status": "Reading",
    "title": "Title",
    "label": "Label",
    "language": "Language",
    "text": "Text",
    "words": "Text",
    "empty": "Why it is empty",
    "outcome": "Decision",
    "reason": "Reason",
}
_KINDS = {
    Reason.CONFLICT: "changed on both sides",
    Reason.EDITED: "removed by one, changed by the other",
    Reason.USED: "removed by one, used by the other",
    Reason.WAITING: "waits for what it refers to; another file brings it",
    Reason.MISSING: "refers to what no file has brought",
    Reason.CUT: "stood below itself; it stands at the top now",
    Reason.RENAMED: "another has its name; a number was added",
    Reason.RELABELLED: "another has its label; a number was added",
    Reason.FOLDED: "the same coding twice; both memos were kept",
    Reason.LENGTHENED: "another has its ID; a letter was added",
    Reason.RETYPED: "a value is not of its type; it is text now",
}
_GROUPS = {
    "codes": "Codes",
    "codings": "Codings",
    "cases": "Cases",
    "sources": "Sources",
    "summaries": "Summaries",
    "agreed": "Agreed",
    "others": "Others",
    "questions": "Questions",
}
_ANSWERS = {"same": "same", "different": "different", "below": "below"}


def tr(text: str) -> str:
    """The text in the language of the window."""
    return QCoreApplication.translate("Team", text)


def field_words(conflict: Conflict) -> str:
    """What the field is called; of a row that is there or not 'Kept or removed'."""
    if not conflict.field:
        return tr("As it is") if conflict.kind not in (Reason.EDITED, Reason.USED) else tr("Kept or removed")
    return named_field(conflict.field)


def named_field(field: str) -> str:
    """What a field is called."""
    return tr(_FIELDS.get(field, field.replace("_", " ").capitalize()))


def kind_words(conflict: Conflict) -> str:
    """What happened, as it stands beside the field."""
    words = tr(_KINDS[Reason(conflict.kind)])
    if conflict.kind == Reason.CONFLICT and conflict.base is not None and conflict.base.at:
        return tr("{0} since {1}").format(words, day(conflict.base.at))
    return words


def group_words(group: str) -> str:
    """The heading of a group of the list."""
    return tr(_GROUPS[group])


def day(at: str) -> str:
    """A day as '2 May', with the year if it is not this one; '' for none."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at).astimezone()
    words = QLocale().toString(QDate(moment.year, moment.month, moment.day), "d MMM")
    return words if moment.year == datetime.now().astimezone().year else f"{words} {moment.year}"


def moment(at: str) -> str:
    """A day and a time, '12 Jun, 08:40'."""
    return f"{day(at)}, {datetime.fromisoformat(at).astimezone():%H:%M}" if at else ""


def initials(name: str) -> str:
    """'BT' for 'Baktygul T.'."""
    words = [word for word in name.replace(".", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def item_title(item: Item) -> str:
    """What stands in the list."""
    if item.question:
        return f"{item.question.one.name} / {item.question.other.name}"
    return item.conflicts[0].title or tr("without a name")


def item_colour(item: Item) -> str:
    """The colour of the code the item is about, '' for none."""
    return item.question.one.colour if item.question else item.conflicts[0].colour


def item_words(item: Item, review: Review) -> str:
    """The second line in the list: fields, and who besides oneself."""
    if item.question:
        people = dict.fromkeys(initials(side.coder) for side in (item.question.one, item.question.other) if side.coder)
        return " · ".join((tr("Same code?"), ", ".join(people)))
    removed = next((one for one in item.conflicts if one.kind in (Reason.EDITED, Reason.USED) and len(one.values) > 1), None)
    if removed:
        keeper, deleter = removed.values
        kept = tr("changed") if removed.kind == Reason.EDITED else tr("used")
        by = initials(keeper.coder) if keeper.coder else tr("others")
        return tr("Removed by {0}, {1} by {2}").format(initials(deleter.coder), kept, by)
    fields = ", ".join(dict.fromkeys(field_words(one) for one in item.conflicts))
    others = dict.fromkeys(initials(said.coder) for one in item.conflicts for said in one.values if said.coder and not review.is_mine(said))
    return " · ".join(part for part in (fields.capitalize(), ", ".join(others)) if part)


def state_words(item: Item, review: Review) -> tuple[str, str]:
    """What the chip says, and its look: 'open', 'ok' or 'faint' for what settles itself."""
    if item.question:
        answer = review.answers.get(item.question.id)
        return (tr(_ANSWERS[answer.answer]), "ok") if answer else (tr("open"), "open")
    if not any(is_decidable(one) for one in item.conflicts):
        return tr("waits"), "faint"
    if any(not review.is_decided(one.id) for one in item.conflicts):
        return tr("open"), "open"
    if not review.again.isdisjoint(item.ids):
        return tr("look again"), "open"
    said = list(dict.fromkeys(_chosen_words(one, review) for one in item.conflicts))
    return (said[0] if len(said) == 1 else tr("decided")), "ok"


def _chosen_words(conflict: Conflict, review: Review) -> str:
    decision = review.decisions[conflict.id]
    if conflict.id in review.both:
        return tr("both")
    if decision.take is None:
        return tr("written")
    if conflict.kind in (Reason.EDITED, Reason.USED):
        return tr("kept") if decision.take == 0 else tr("removed")
    if len(conflict.values) == 1:
        return tr("as it is")
    return tr("mine") if review.is_mine(conflict.values[decision.take]) else tr("theirs")


def contribution_words(one: Contribution) -> str:
    """The second line of a contribution: file, when handed out, when changed last."""
    parts = [one.file]
    if one.handed_out:
        parts.append(tr("handed out {0}").format(day(one.handed_out)))
    if one.last_change:
        parts.append(tr("last change {0}").format(day(one.last_change)))
    if one.others:
        parts.append(tr("also {0}").format(other_words(one)))
    return " · ".join(parts)


def open_words(conflicts: Sequence[Conflict], questions: Sequence[Question]) -> str:
    """'5 conflicts and 1 question', 'nothing'."""
    parts = [counted(len(some), noun) for some, noun in ((conflicts, tr("conflict")), (questions, tr("question"))) if some]
    return tr(" and ").join(parts) or tr("nothing")


def files_words(count: int) -> str:
    """'1 file', '3 files'."""
    return counted(count, tr("file"))
