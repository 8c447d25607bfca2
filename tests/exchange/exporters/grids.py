"""Framework grids made up for the exporters' tests: a small one with every kind of summary, a hostile one, one as large as is asked for."""

from __future__ import annotations

from qcode.model.report import CellText, GridReport
from tests.exchange.exporters.reports import HOSTILE, hostile_report, large_report, small_report


def text(words: str, status: str = "draft", reviewer: str = "", stale: tuple[str, ...] = (), empty: str = "") -> CellText:
    return CellText(
        words,
        empty,
        status,
        "Baktygul T.",
        "2022-05-03T09:00:00+00:00",
        reviewer,
        "2022-06-14T09:00:00+00:00" if reviewer else "",
        stale,
    )


def small_grid() -> GridReport:
    """Reviewed, draft, stale, and empty for a reason; a synthesis of a row and of a column; an ID that leads nowhere."""
    why = (
        "#KGZ01-Q00001 is no longer coded here: recoded to Political will by Aida, 3 May 2022",
        "2 new quotes since: #TJK02-AB, #TJK02-CD",
    )
    cells = {
        (2, 0): text("Four heads in three years [#KGZ01-Q00000].\nNobody knows the Convention [#KGZ01-Q00001].", "reviewed", "Aida", why),
        (2, 1): text("As in Kyrgyzstan [#KGZ01-Q00002], says one; see also [#KGZ99-GONE00].", "reviewed", "Baktygul T."),
        (0, 1): text("One lawyer knew our law [#KGZ01-Q00003]."),
        (3, 0): text("", empty="asked, nothing said"),
    }
    return GridReport(
        small_report(),
        cells,
        {2: text("Turnover is the constraint named most [#KGZ01-Q00000].")},
        {1: text("Experts carry the work.", "reviewed", "Aida", ("the words of #KGZ01-Q00003 were changed by Aida, 3 May 2022",))},
    )


def hostile_grid() -> GridReport:
    """Hostile words as summary, author, reason and ID, and a summary of 40,000 characters."""
    table = hostile_report()
    words = (*HOSTILE, "long " + "x" * 39_990 + " end.")
    cells = {
        (row, 0): CellText(f"{word} [#{word}]", "", "reviewed", word[:60], word, word[:60], word, (word[:60],))
        for row, word in enumerate(words)
    }
    return GridReport(table, cells, {0: text(HOSTILE[0])}, {0: text(HOSTILE[1])})


def large_grid(rows: int, columns: int) -> GridReport:
    """Two sentences with chips in each cell that has quotes; every fifth is stale, every third reviewed; a synthesis of each row."""
    table = large_report(rows, columns, 3)
    cells = {}
    for number, ((row, column), indexes) in enumerate(sorted(table.behind.items())):
        chips = " ".join(f"[#{table.quotes[index].id}]" for index in indexes[:2])
        words = f"Officials change posts so often that nobody who was trained is still there {chips}. Where heads stay, the work goes on."
        why = (f"#{table.quotes[indexes[0]].id} is no longer coded here: removed by Aida, 3 May 2022",) if number % 5 == 0 else ()
        reviewed = number % 3 == 0
        cells[row, column] = text(words, "reviewed" if reviewed else "draft", "Aida" if reviewed else "", why)
    syntheses = {row: text(f"Across all countries code {row + 1} says much the same, but for two in the south.") for row in range(rows)}
    return GridReport(table, cells, syntheses, {})
