"""Reports made up for the exporters' tests: a small one with every mark, hostile words, and one as large as is asked for."""

from __future__ import annotations

from qcode.model.matrix import Cell, Column, Matrix, Measure, Presence, Row
from qcode.model.quote import Quote
from qcode.model.report import MatrixReport, Provenance, QuoteReport

PROVENANCE = Provenance(
    project="Decent work in Central Asia",
    file="central_asia.qcode",
    content_hash="7f3a91c2" + "0" * 56,
    program="qcode 0.2",
    filters="",
    layer="any coder",
    last_act="2022-06-14T16:20:00+00:00",
)
HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+1",
    "@SUM(A1)",
    "http://example.org/a",
    "left \u202eright-to-left override",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "emoji \U0001f469\u200d\U0001f33e \U0001f600",
    "line\u2028separator\u2029and\u0085next\nnew line\ttab",
    "bell \x07 and \x1b[31m and _x0041_",
    "</style></script><!-- javascript:alert(1) -->",
    "| pipe | `tick` *star* [x](javascript:alert(1)) ![i](http://e.org/i.png)",
    "{{ 7*7 }} {% raw %}",
)


def quote(index: int, text: str, source: str = "Kyrgyzstan/note1.txt", code: str = "Constraints > Staff turnover", **more: object) -> Quote:
    """A quote with a place of its own."""
    fields: dict[str, object] = {
        "id": f"KGZ01-Q{index:05d}",
        "source": source,
        "source_label": "KGZ01",
        "source_title": "Ministry of Labour",
        "start": index * 100,
        "end": index * 100 + len(text),
        "quote": text,
        "before": "",
        "after": "",
        "code": code,
        "coder": "Baktygul T.",
        "memo": "",
        "cases": ("Kyrgyzstan > Government",),
        "page": "",
    }
    return Quote(**(fields | more))  # type: ignore[arg-type]


def found(codings: int, sources: int, known: int, read: int, coverage: float | None = None) -> Cell:
    return Cell(codings, sources, 1, Presence.FOUND, known, read, coverage)


NOTHING = Cell(0, 0, 0, Presence.NOTHING, 18, 18, 0.0)
PARTLY = Cell(0, 0, 0, Presence.UNREAD, 11, 6, 0.0)
UNREAD = Cell(0, 0, 0, Presence.UNREAD, 11, 0, 0.0)
EMPTY = Cell(0, 0, 0, Presence.UNREAD, 0, 0, 0.0)


def small_report(measure: Measure = Measure.CODINGS) -> MatrixReport:
    """Four codes, three columns, all five looks; quote 2 stands in two cells."""
    quotes = (
        quote(0, "In three years I have worked with four heads of department.", page="3", memo="typical"),
        quote(1, "Our lawyer left, and nobody has read the Convention since."),
        quote(2, "Both countries lost their experts.", cases=("Kyrgyzstan", "Tajikistan")),
        quote(3, 'She knew our law; "она знала наш закон", he said.', "Tajikistan/note2.docx", "Success factors > Technical expertise"),
    )
    rows = (
        Row("r1", "Success factors > Technical expertise", "Success factors > Technical expertise"),
        Row("r2", "Success factors > Use of research", "Success factors > Use of research"),
        Row("r3", "Constraints > Staff turnover", "Constraints > Staff turnover"),
        Row("r4", "Constraints > Political will", "Constraints > Political will"),
    )
    columns = (Column("k", "Kyrgyzstan", 21, 19), Column("t", "Tajikistan", 18, 18), Column("u", "Turkmenistan", 11, 6))
    cells = (
        (NOTHING, found(1, 1, 18, 18, 0.0123456), PARTLY),
        (NOTHING, NOTHING, UNREAD),
        (found(3, 2, 21, 19, 0.25), found(1, 1, 18, 18, 0.0001), PARTLY),
        (NOTHING, NOTHING, EMPTY),
    )
    matrix = Matrix(
        measure,
        rows,
        columns,
        cells,
        (found(1, 1, 50, 43, 0.01), UNREAD, found(3, 2, 50, 43, 0.02), UNREAD),
        (found(3, 2, 21, 19, 0.25), found(2, 2, 18, 18, 0.01), UNREAD),
        found(4, 3, 50, 43, 0.03),
        Column("", "Total", 50, 43),
    )
    behind = {(0, 1): (3,), (2, 0): (0, 1, 2), (2, 1): (2,)}
    return MatrixReport("Decent work programme in Central Asia, 2018–22", matrix, quotes, behind, PROVENANCE)


def hostile_report() -> MatrixReport:
    """Hostile words in the quotes, the names, the columns and the provenance, and one quote of 40,000 characters."""
    words = (*HOSTILE, "long " + "x" * 39_990 + " end.")
    quotes = tuple(
        quote(i, w, source=f"{w[:40]}.txt", source_title=w[:60], memo=w[:200], coder=w[:60], cases=(w[:60],), page=w[:20], code=w[:60])
        for i, w in enumerate(words)
    )
    rows = tuple(Row(str(i), w[:60], w[:60]) for i, w in enumerate(words))
    columns = tuple(Column(str(i), w[:60], 3, 2) for i, w in enumerate(words[:4]))
    cells = tuple(tuple(found(1, 1, 3, 2) for _ in columns) for _ in rows)
    totals = tuple(found(4, 1, 3, 2) for _ in rows)
    behind = {(r, c): (r,) for r in range(len(rows)) for c in range(len(columns))}
    matrix = Matrix(Measure.CODINGS, rows, columns, cells, totals, tuple(found(9, 1, 3, 2) for _ in columns), found(60, 1, 3, 2))
    provenance = Provenance(HOSTILE[0], HOSTILE[0], HOSTILE[0], HOSTILE[1], HOSTILE[12], HOSTILE[10], HOSTILE[2])
    return MatrixReport(HOSTILE[0], matrix, quotes, behind, provenance)


def large_report(
    rows: int, columns: int, each: int, text: str = "Our lawyer left, and nobody has read the Convention since. "
) -> MatrixReport:
    """`each` quotes in most cells; every seventh cell is unread, every fifth read and empty, the first row of each ten in two cells."""
    quotes: list[Quote] = []
    behind: dict[tuple[int, int], tuple[int, ...]] = {}
    grid = []
    for r in range(rows):
        line = []
        for c in range(columns):
            turn = r * columns + c
            if turn % 7 == 3:
                line.append(UNREAD if turn % 2 else PARTLY)
                continue
            if turn % 5 == 2:
                line.append(NOTHING)
                continue
            number = 1 + turn % each if each > 1 else 1
            first = len(quotes)
            name = f"Group {r // 10 + 1} > Code number {r + 1}"
            quotes += [quote(first + i, text + str(first + i), f"Country {c + 1}/note{i}.txt", name) for i in range(number)]
            behind[(r, c)] = tuple(range(first, first + number))
            line.append(found(number, min(number, 9), 21, 19))
        grid.append(tuple(line))
    names = tuple(Row(str(r), f"{_group(r)} > Code number {r + 1} with a longer name", f"{_group(r)} > Code {r + 1}") for r in range(rows))
    heads = tuple(Column(str(c), f"Country {c + 1}" if c % 3 else f"Turkmenistan {c + 1}", 21, 19) for c in range(columns))
    total = found(len(quotes), 9, 210, 190)
    totals = tuple(found(sum(cell.codings for cell in line), 9, 210, 190) for line in grid)
    below = tuple(found(sum(line[c].codings for line in grid), 9, 21, 19) for c in range(columns))
    matrix = Matrix(Measure.CODINGS, names, heads, tuple(grid), totals, below, total)
    return MatrixReport("A large table", matrix, tuple(quotes), behind, PROVENANCE)


def _group(row: int) -> str:
    return "Success factors" if row < 30 else "Constraints"


def quote_report(report: MatrixReport) -> QuoteReport:
    """The quotes of a matrix as a list."""
    return QuoteReport(report.title, report.quotes, report.provenance)
