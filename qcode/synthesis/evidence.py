"""What a summary rests on: the codings of its cell as its writer saw them, and how that is written down."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple


class Seen(NamedTuple):
    """One coding as it stood when somebody looked. `code`, `source` and `cases` are UUIDs, `text` is a SHA-256, `start` and `end` are code
    points into it.

    `cases` are those that are counted for the column (sorted), None where it does not stand in the column. No words are kept: where the
    source is withdrawn, nothing of them stays.
    """

    code: str
    source: str
    text: str
    start: int
    end: int
    cases: tuple[str, ...] | None


_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Codings by UUID.
Evidence = Mapping[str, Seen]


def encode(evidence: Evidence) -> str:
    """Evidence as canonical JSON: the same codings give the same text. What many codings share stands in it once."""
    codes = sorted({seen.code for seen in evidence.values()})
    texts = sorted({(seen.source, seen.text) for seen in evidence.values()})
    cases = sorted({case for seen in evidence.values() for case in seen.cases or ()})
    of_code, of_text, of_case = ({one: at for at, one in enumerate(each)} for each in (codes, texts, cases))
    codings = [
        [
            key,
            of_code[seen.code],
            of_text[seen.source, seen.text],
            seen.start,
            seen.end,
            None if seen.cases is None else [of_case[case] for case in seen.cases],
        ]
        for key, seen in sorted(evidence.items())
    ]
    document = {"codes": codes, "texts": texts, "cases": cases, "codings": codings}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def decode(written: str) -> dict[str, Seen] | None:
    """What `encode` wrote down; None for what cannot be understood, as a damaged or foreign file may hold."""
    try:
        document = json.loads(written)
        codes, cases = ([str(one) for one in document[name]] for name in ("codes", "cases"))
        texts = [(str(source), str(text)) for source, text in document["texts"]]
        found: dict[str, Seen] = {}
        for key, code, text, start, end, at in document["codings"]:
            if not _UUID.fullmatch(key):
                return None
            source, sha256 = texts[text]
            of_cases = None if at is None else tuple(cases[case] for case in at)
            found[key] = Seen(codes[code], source, sha256, int(start), int(end), of_cases)
        return found
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
        return None
