"""What the matrix screen shows: choices of rows and columns, and a counted table with its codes under their groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qcode.exchange.exporters.heat import tone_of
from qcode.exchange.exporters.wording import Look, beneath, cell_sentence, counted, look_of, noun_of, percent, strength_words
from qcode.model.case import AttributeType
from qcode.model.matrix import Cell, Column, Matrix, Measure, Presence, Row
from qcode.model.paths import SEPARATOR
from qcode.model.strength import Strength
from qcode.project import Project
from qcode.store.codes import read_codes
from qcode.views.matrix import MatrixQuestion, Table
from qcode.views.whereabouts import Whereabouts

#: An attribute with more values than this makes no columns and no filter: dates of interviews, numbers of people.
MOST_VALUES = 60
CODER = "coder"
#: In how many steps the strength of evidence is shown, whatever the rule calls them.
STRENGTH_LEVELS = 4
_SOURCE = "source"


@dataclass(frozen=True, slots=True)
class MatrixChoices:
    """What a matrix of this project can be asked for.

    `groups` are the paths of codes that have codes below them, `depth` how many levels the cases have, `levels` what these are called
    from the top ('' for a level without a name), `attributes` each attribute
    of few enough values with these, `coders` their names.
    """

    groups: tuple[str, ...] = ()
    depth: int = 0
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    coders: tuple[str, ...] = ()
    codes: int = 0
    sources: int = 0
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and the rows below it, as indexes into the matrix's rows. `path` is '' for rows under no heading."""

    path: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """One counted matrix as the screen shows it; never changes, so it can be made on any thread.

    All measures but coverage stand in every cell, so `measure` is asked for where words and figures are. `tones` are 'pos' or
    'neg' for each row of the matrix.
    """

    question: MatrixQuestion
    matrix: Matrix
    groups: tuple[Group, ...]
    tones: tuple[str, ...]

    @property
    def heads(self) -> tuple[Column, ...]:
        """The heads of all columns, the totals' last."""
        everything = self.matrix.everything
        return (*self.matrix.columns, Column(everything.key, "All", everything.sources, everything.read))

    def has(self, measure: Measure) -> bool:
        """Whether the cells can be shown in `measure` without counting again."""
        return measure is not Measure.COVERAGE or self.matrix.measure is measure

    def cell(self, row: int, column: int) -> Cell:
        """The cell of a row and a column; the row's total for the column after the last."""
        return self.matrix.cells[row][column] if column < len(self.matrix.columns) else self.matrix.row_totals[row]

    def spread(self, row: int) -> tuple[int, int]:
        """In how many of the columns the row was found, and how many there are."""
        cells = self.matrix.cells[row]
        return sum(cell.presence is Presence.FOUND for cell in cells), len(cells)

    def spread_words(self, row: int) -> str:
        """'4 of 5 countries': the small line of a total."""
        found, count = self.spread(row)
        return f"{found:,} of {counted(count, noun_of(self.matrix.each))}"

    def sentence(self, row: int, column: int, measure: Measure) -> str:
        """All a cell says, with how strong its evidence is and by which rule: for tooltips and screen readers."""
        cell = self.cell(row, column)
        said = cell_sentence(self.matrix.rows[row], self.heads[column], cell, measure)
        if cell.strength is None or measure is Measure.STRENGTH:
            return said
        return f"{said}. Strength {level_of(cell.strength)} of {STRENGTH_LEVELS}, {strength_words(cell.strength)}"

    @property
    def is_contested(self) -> bool:
        """Whether there is a cell or a total whose evidence is contested."""
        totals = self.matrix.row_totals
        return any(cell.strength is not None and contested(cell.strength) for line in (*self.matrix.cells, totals) for cell in line)

    def heading_value(self, group: Group, column: int, measure: Measure) -> str:
        """What stands beside a heading: the sum of quotes, for other measures the share of codes with something found.

        A quote has one code, so quotes may be added up; sources and cases may not, for they would count twice.
        """
        cells = [self.cell(row, column) for row in group.rows]
        if measure is Measure.CODINGS:
            return f"{sum(cell.codings for cell in cells):,}"
        return f"{sum(cell.presence is Presence.FOUND for cell in cells):,} of {len(cells):,}"

    def heading_sentence(self, group: Group, column: int, measure: Measure) -> str:
        """The same in words: 'Success factors, Kyrgyzstan: 56 quotes under 6 codes'."""
        cells = [self.cell(row, column) for row in group.rows]
        quotes = counted(sum(cell.codings for cell in cells), "quote")
        codes = counted(len(cells), "code")
        found = sum(cell.presence is Presence.FOUND for cell in cells)
        value = f"{quotes} under {codes}" if measure is Measure.CODINGS else f"{found:,} of {codes} found, {quotes}"
        return f"{group.path}, {self.heads[column].label}: {value}"

    def figures(self) -> tuple[int, int, int, int]:
        """How many cells there are below headings, with quotes, read and empty, and not fully read and empty."""
        headings = self.matrix.headings
        cells = [cell.presence for row, line in enumerate(self.matrix.cells) if row not in headings for cell in line]
        return len(cells), cells.count(Presence.FOUND), cells.count(Presence.NOTHING), cells.count(Presence.UNREAD)


def read_choices(project: Project) -> MatrixChoices:
    """What a matrix of the project can be asked for. This is a read-only operation."""
    with project.reading() as db:
        where = Whereabouts(db)
        codes = read_codes(db)
        parents = {code.parent for code in codes if code.parent}
        attributes = []
        for attribute in where.attributes.values():
            values = {value for given in where.values(attribute.name) for value in given}
            if attribute.type is not AttributeType.COUNT and 0 < len(values) <= MOST_VALUES:
                attributes.append((attribute.name, tuple(sorted(values, key=str.casefold))))
        depth = max((case.depth for case in where.cases.values()), default=0)
        return MatrixChoices(
            groups=tuple(code.path for code in codes if code.uuid in parents),
            depth=depth,
            attributes=tuple(attributes),
            coders=tuple(sorted(where.coders.values(), key=str.casefold)),
            codes=len(codes),
            sources=len(where.sources),
            levels=tuple(where.level_names.get(level, "") for level in range(1, depth + 1)),
        )


def fitting(question: MatrixQuestion, choices: MatrixChoices) -> MatrixQuestion:
    """The question without what the project does not have (any longer)."""
    values = {name.casefold(): set(given) for name, given in choices.attributes} | {CODER: set(choices.coders)}
    levels = {"case", *(f"case:{depth}" for depth in range(1, choices.depth + 1))} if choices.depth else set()
    known = {_SOURCE, CODER, *levels, *(name for name, _ in choices.attributes)}
    first = "case:1" if choices.depth else _SOURCE
    return replace(
        question,
        rows=tuple(path for path in question.rows if path in choices.groups),
        columns=question.columns if question.columns in known else first,
        conditions=tuple((name, value) for name, value in question.conditions if value in values.get(name.casefold(), ())),
    )


def read_table(project: Project, question: MatrixQuestion) -> MatrixTable:
    """The counted matrix with its codes under their groups, every cell judged. Raises UserError for unknown codes, attributes and values.

    Takes 0.1-0.2 s for 200 codes by 60 cases over 100,000 codings, so not on the window's thread. This is a read-only operation.
    """
    with project.reading() as db:
        matrix = Table(db, question, judged=True).matrix
    return MatrixTable(question, matrix, group_rows(matrix), tuple(tone_of(row) for row in matrix.rows))


def group_rows(matrix: Matrix) -> tuple[Group, ...]:
    """The rows under the code they stand below, in the order of the rows.

    A code with codes below it is their heading; it is a row too, the last under its own heading, when it has quotes itself.
    """
    above = {row.path.rpartition(SEPARATOR)[0] for row in matrix.rows}
    found: dict[str, list[int]] = defaultdict(list)
    own: dict[str, int] = {}
    for index, row in enumerate(matrix.rows):
        if row.path not in above:
            found[row.path.rpartition(SEPARATOR)[0]].append(index)
        elif matrix.row_totals[index].codings:
            own[row.path] = index
    for path, index in own.items():
        found[path].append(index)
    order = _order(matrix.rows, found)
    return tuple(Group(path, tuple(found[path])) for path in order)


def _order(rows: Sequence[Row], found: dict[str, list[int]]) -> list[str]:
    """The headings in the order of the codebook: where a heading's own code stands, else where its first row does."""
    place = {row.path: index for index, row in reversed(list(enumerate(rows)))}
    return sorted(found, key=lambda path: place.get(path, found[path][0]) if path else -1)


def level_of(strength: Strength) -> int:
    """From 0, for evidence that meets no level, to `STRENGTH_LEVELS`."""
    return min(strength.rank, STRENGTH_LEVELS)


def contested(strength: Strength) -> bool:
    """Whether a quote speaks against the others and no level of the rule lets it stand."""
    return strength.level == strength.rule.contested


def shown_value(cell: Cell, measure: Measure) -> str:
    """The large figure of a cell: its value, '0' where all was read, '–' for nothing so far."""
    if cell.presence is Presence.NOTHING:
        return "0"
    if cell.presence is Presence.UNREAD:
        return "–"
    if measure is Measure.PRESENCE:
        return "+"
    value = cell.value(measure)
    return value if isinstance(value, str) else percent(float(value)) if measure is Measure.COVERAGE else f"{value:,}"


def second_line(cell: Cell, measure: Measure) -> str:
    """The small line of a cell: '6 of 19 sources', 'nothing in 18 read', '5 not yet read', '0 of 11 for this code'."""
    match look_of(cell):
        case Look.PARTLY:
            return f"{cell.known - cell.read:,} not yet read"
        case Look.UNREAD:
            return f"0 of {cell.known:,} for this code"
        case Look.EMPTY:
            return ""
        case _:
            return beneath(cell, measure)
