"""Searching all texts of a project."""

from __future__ import annotations

from qcode.model.hit import Hit
from qcode.project import Project
from qcode.store.search import search_pattern, search_words

FIRST = 1_000_000


def search(project: Project, query: str, *, regex: bool = False, limit: int = FIRST) -> list[Hit]:
    """The paragraphs that hold all words of `query` ('…' in quotation marks stand together, '*' ends an open word), or match it as a
    regular expression; in order of source and text, `limit` at most. Raises UserError for a query without words or a wrong pattern."""
    with project.reading() as db:
        return list(search_pattern(db, query, limit) if regex else search_words(db, query, limit))
