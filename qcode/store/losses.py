"""What a damaged file lets one know of rows that are gone without a trace of themselves."""

from __future__ import annotations

from qcode.store.content_salvage import SalvagedContent
from qcode.store.journal_salvage import MendedJournal
from qcode.store.pages import page_size_of
from qcode.store.salvage import Salvage
from qcode.store.schema import CONTENT
from qcode.store.trees import stated_pages


def count_missing(found: Salvage, journal: MendedJournal, kept: SalvagedContent) -> None:
    """Count as lost the rows that the journal goes on about though it lost how they began, and the codings that were counted.

    How many codings a source has is kept beside its digest, and never more than there were.
    """
    for table, count in _named_by_journal(journal, kept).items():
        kept.lost[table] = max(kept.lost[table], count)
    counted = sum(int(str(row[0])) for row in found.rows["coding_digests"].values())
    kept.lost["codings"] = max(kept.lost["codings"], counted - len(kept.tables["codings"]))


def missing_pages(content: bytes, found: Salvage, *, journal_whole: bool) -> list[str]:
    """Sentences about pages that are not there: how early the file ends, and whose pages cannot be read while no journal tells more."""
    size = page_size_of(content)
    there, stated = len(content) // size, stated_pages(content)
    sentences = [f"The file ends early: {there} of {stated} pages are there."] if there < stated else []
    if journal_whole:
        return sentences
    for table in (*CONTENT, "texts"):
        if found.gone[table]:
            pages = "1 page" if found.gone[table] == 1 else f"{found.gone[table]} pages"
            name = table.replace("_", " ").capitalize()
            sentences.append(f"{name}: {pages} of them cannot be read, so more may be missing than is counted.")
    return sentences


def _named_by_journal(journal: MendedJournal, kept: SalvagedContent) -> dict[str, int]:
    begun: set[tuple[str, str]] = set()
    ended: set[tuple[str, str]] = set()
    named: set[tuple[str, str]] = set()
    for _, table, key, before, after in journal.changes.values():
        named.add((table, key))
        if before is None:
            begun.add((table, key))
        if after is None:
            ended.add((table, key))
    gone = [table for table, key in named - begun - ended if key not in kept.tables[table]]
    return {table: gone.count(table) for table in set(gone)}
