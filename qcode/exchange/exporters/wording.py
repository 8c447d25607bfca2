"""What an exported table says in words: the same sentences, marks and provenance in every format."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from qcode.exchange.exporters.characters import closed
from qcode.model.matrix import Cell, Column, Matrix, Measure, Presence, Row
from qcode.model.quote import Quote
from qcode.model.report import Provenance
from qcode.model.strength import PRESET, Evidence, Level, Rule, Strength

SEPARATOR = " > "
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
COUNTED = {
    Measure.CODINGS: "A number counts quotes.",
    Measure.SOURCES: "A number counts sources with at least one quote.",
    Measure.CASES: "A number counts cases with at least one quote.",
    Measure.PRESENCE: "A plus sign says that something was found.",
    Measure.COVERAGE: "A share says how much of the column's text the code covers.",
    Measure.STRENGTH: "A word says how strong the evidence is.",
}


class Look(StrEnum):
    """How a cell is shown: the three presence marks, with 'not (fully) read' told apart in three."""

    FOUND = "found"
    NOTHING = "nothing"
    PARTLY = "partly"
    UNREAD = "unread"
    EMPTY = "empty"

_NOT_READ = "nothing found so far, n sources not read for this code: not finished, or finished before the code was made"

def look_of(cell: Cell) -> Look:
    """Which of the five looks a cell has; PARTLY, UNREAD and EMPTY are all '?' in presence."""
    if cell.presence is Presence.FOUND:
        return Look.FOUND
    if cell.presence is Presence.NOTHING:
        return Look.NOTHING
    if not cell.known:
        return Look.EMPTY
    return Look.PARTLY if cell.read else Look.UNREAD


def counted(number: int, noun: str) -> str:
    """'1 quote', '1,204 quotes', '5 countries'."""
    return f"{number:,} {noun if number == 1 else plural_of(noun)}"


def plural_of(noun: str) -> str:
    """'quotes', 'countries', 'branches'."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def noun_of(each: str) -> str:
    """What somebody called one column, as a word inside an English sentence: 'country'; 'column' for a word that is not English."""
    if not each.isascii():
        return "column"
    return each if each[1:2].isupper() else f"{each[:1].lower()}{each[1:]}"


def ended(words: str) -> str:
    """Words as a sentence: with a full stop, unless the last of them is a name that ends in one."""
    return words if words.endswith(".") else f"{words}."


def percent(share: float) -> str:
    """A share from 0 to 1 as '4.2 %'; never '0.0 %' for something that is there."""
    if 0 < share < 0.0005:
        return "< 0.1 %"
    return f"{100 * share:.1f} %"


def name_of(row: Row) -> str:
    """The code's own name, without the path above it."""
    return row.label.rsplit(SEPARATOR, 1)[-1]


def group_of(row: Row) -> str:
    """The path above the code as far as the table shows it, or ''."""
    return row.label.rpartition(SEPARATOR)[0]


def base_of(cell: Cell) -> str:
    """'6 of 19 sources': of those read, or of all where unread sources hold quotes too."""
    base = cell.read if cell.sources <= cell.read else cell.known
    return f"{cell.sources:,} of {counted(max(base, cell.sources), 'source')}"


def unread_words(cell: Cell) -> str:
    """The words that stand for '?' in a cell: 'not yet read', '0 so far, 5 not read' or 'no sources'."""
    match look_of(cell):
        case Look.EMPTY:
            return "no sources"
        case Look.PARTLY:
            return f"0 so far, {cell.known - cell.read:,} not read"
        case _:
            return "not yet read"


def shown(cell: Cell, measure: Measure) -> str:
    """The text of a cell: its value where something was found, '0' where all was read, else words (or '?' for presence)."""
    if measure is Measure.PRESENCE:
        return cell.presence.value
    if cell.presence is Presence.NOTHING:
        return "0"
    if cell.presence is Presence.UNREAD:
        return unread_words(cell)
    value = cell.value(measure)
    if measure is Measure.COVERAGE:
        return percent(float(value))
    if isinstance(value, str):
        return value
    # '0' alone means 'read, nothing found'; a cell with quotes but no case must not look like it
    return f"{value:,}" if value else f"0 {measure.value}"


def beneath(cell: Cell, measure: Measure) -> str:
    """The second line of a cell where a format has room for it."""
    match look_of(cell):
        case Look.FOUND if measure in (Measure.CODINGS, Measure.STRENGTH):
            return base_of(cell)
        case Look.FOUND:
            return counted(cell.codings, "quote")
        case Look.NOTHING:
            return f"nothing in {cell.read:,} read"
        case Look.UNREAD if measure is not Measure.PRESENCE:
            return f"0 of {cell.known:,} for this code"
        case _ if measure is Measure.PRESENCE:
            return unread_words(cell)
        case _:
            return ""


def cell_sentence(row: Row, column: Column, cell: Cell, measure: Measure) -> str:
    """Everything a cell says in one sentence, for tooltips and screen readers."""
    return f"{name_of(row)}, {column.label}: {facts_of(cell, measure)}"


def facts_of(cell: Cell, measure: Measure) -> str:
    """'9 quotes from 6 of 19 sources read; 2 sources not yet read'."""
    match look_of(cell):
        case Look.EMPTY:
            return "no sources"
        case Look.UNREAD:
            return f"not yet read, 0 of {counted(cell.known, 'source')}"
        case Look.NOTHING:
            return f"nothing found in {counted(cell.read, 'source')}, all read"
        case Look.PARTLY:
            return f"nothing so far in {cell.read:,} of {counted(cell.known, 'source')}; {_left(cell)}"
    extra = ""
    if measure is Measure.CASES:
        extra = f"{counted(cell.cases, 'case')}, "
    elif measure is Measure.COVERAGE:
        extra = f"{percent(cell.coverage or 0.0)} of the text, "
    elif cell.strength and measure is Measure.STRENGTH:
        extra = f"{strength_words(cell.strength)}. "
    words = f"{extra}{counted(cell.codings, 'quote')} from {base_of(cell)}"
    if cell.read == cell.known:
        return words
    # Without 'read', '1 of 1 source; 1 source not yet read' would contradict itself.
    return f"{words}{' read' if cell.sources <= cell.read else ''}; {_left(cell)}"


def _left(cell: Cell) -> str:
    return f"{counted(cell.known - cell.read, 'source')} not yet read"


def read_of(column: Column) -> str:
    """'19 of 21 read', the line under a column's name."""
    return f"{column.read:,} of {column.sources:,} read"


def legend_of(matrix: Matrix) -> tuple[tuple[str, str], ...]:
    """The marks a reader meets in this matrix, each with its meaning; '0' and 'not yet read' are always told apart."""
    if matrix.measure is Measure.PRESENCE:
        return (
            ("+", "found in at least one source"),
            ("0", "all sources read, nothing found"),
            ("?", "not, or not fully, read: nothing can be said yet"),
        )
    totals = (matrix.row_totals, matrix.column_totals, (matrix.total,))
    looks = {look_of(cell) for cells in (*matrix.cells, *totals) for cell in cells}
    return (
        *(_levels_of(matrix) if matrix.measure is Measure.STRENGTH else ()),
        ("0", "all sources read, nothing found"),
        *((("0 so far, n not read", _NOT_READ),) if Look.PARTLY in looks else ()),
        ("not yet read", "no source has been read for this code"),
        *((("no sources", "there is nothing to read"),) if Look.EMPTY in looks else ()),
    )


def strength_words(strength: Strength) -> str:
    """'strong: 5 sources of 2 kinds and 3 stakeholder groups, nothing against; the rule asks for 3 sources, 2 kinds and 2 stakeholder
    groups': the level, the values, and what the level, or the next stronger one, asks for."""
    evidence, levels = strength.evidence, strength.rule.levels
    known = ((evidence.kinds, "kind"), (evidence.groups, "stakeholder group"))
    of = [counted(number, noun) for number, noun in known if number is not None]
    against = f"{counted(evidence.against, 'quote')} against" if evidence.against else "nothing against"
    said = f"{counted(evidence.sources, 'source')}{' of ' if of else ''}{' and '.join(of)}, {against}"
    at = next((number for number, level in enumerate(levels) if level.name == strength.level), len(levels))
    if at == 0:
        asked = f"the rule asks for {_demands(levels[0])}"
    else:
        stronger = levels[0] if strength.rank == 1 else levels[at - 1]
        asked = f"{stronger.name} asks for {_demands(stronger)}{_unknown(stronger, evidence)}"
    return f"{strength.level}: {said}; {asked}"


def _demands(level: Level) -> str:
    """'3 sources, 2 kinds and 2 stakeholder groups', with 'and nothing against' where the level allows no quote against."""
    asked = ((level.sources, "source"), (level.kinds, "kind"), (level.groups, "stakeholder group"), (level.cases, "case"))
    parts = [counted(number, noun) for number, noun in asked if number]
    parts += [] if level.contradicted else ["nothing against"]
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part) or "nothing"


def _unknown(level: Level, evidence: Evidence) -> str:
    """What the level asks for and nothing in the project says."""
    asked = ((level.kinds, evidence.kinds, "the kind of a source"), (level.groups, evidence.groups, "the stakeholder group"))
    missing = [noun for number, known, noun in asked if number and known is None]
    return f", but no attribute says {' or '.join(missing)}" if missing else ""


def _levels_of(matrix: Matrix) -> tuple[tuple[str, str], ...]:
    """The levels of the rule with what they ask for; what the project cannot know is said."""
    total = matrix.total.strength
    rule: Rule = total.rule if total else PRESET
    levels = ((level.name, f"at least {_demands(level)}{_unknown(level, total.evidence) if total else ''}") for level in rule.levels)
    return (*levels, (rule.contested, "a quote was marked as contradicting"))


def totals_note(matrix: Matrix) -> str:
    """Why totals may be smaller than sums."""
    if matrix.measure is Measure.PRESENCE:
        return "Total says whether the code was found anywhere in the columns."
    if matrix.measure is Measure.STRENGTH:
        return "Total judges all columns, or all codes, together; it is not the mean of their levels."
    return "Totals count each quote, source and case once, however many columns it stands in."


def day_of(moment: str) -> str:
    """An ISO date or time as '14 Apr 2022'; the text itself where it is no date."""
    try:
        day = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_of(provenance: Provenance) -> datetime:
    """The time of the last act in UTC, for file properties: same project, same bytes."""
    try:
        moment = datetime.fromisoformat(provenance.last_act)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
    aware = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.replace(microsecond=0)


def provenance_facts(provenance: Provenance) -> tuple[tuple[str, str], ...]:
    """Where an export comes from as pairs of a name and a value, none left out."""
    return (
        ("Project", provenance.project),
        ("File", provenance.file),
        ("Content", provenance.content_hash),
        ("Last act", day_of(provenance.last_act)),
        ("Layer", provenance.layer or "any coder"),
        ("Filter", provenance.filters or "none"),
        ("Made with", provenance.program),
    )


def provenance_line(provenance: Provenance) -> str:
    """One sentence that lets a reader ask for the same table again."""
    content = " ".join((provenance.content_hash[:4], provenance.content_hash[4:8])).strip()
    return (
        f"Made with {provenance.program} from {provenance.file}, last act {day_of(provenance.last_act)}, "
        f"layer: {provenance.layer or 'any coder'}, filter: {provenance.filters or 'none'}, content {content}."
    )


def place_of(quote: Quote) -> str:
    """The source as a reader knows it, with its page where there is one: 'KGZ07, Ministry of Labour, page 3'.

    For reading, not for a program: no part can turn the direction of those after it.
    """
    name = quote.source_label or quote.source
    parts = [name]
    if quote.source_title and quote.source_title != name:
        parts.append(quote.source_title)
    if quote.page:
        parts.append(f"page {quote.page}")
    return ", ".join(closed(part) for part in parts)


def attribution(quote: Quote) -> str:
    """The cases a quote belongs to, as one line; '' when it has none."""
    return "; ".join(quote.cases)


def belonging(quote: Quote) -> str:
    """The same beside `place_of`: what the source's title says already is not said again."""
    parts = ((case, *case.rpartition(SEPARATOR)) for case in quote.cases)
    shorter = (above if above and name == quote.source_title else case for case, above, _, name in parts)
    return "; ".join(dict.fromkeys(shorter))
