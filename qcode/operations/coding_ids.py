"""The IDs of codings in a table somebody wrote or an export that came back: which coding one names, and what a new coding is called."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qcode.errors import UserError
from qcode.model.identity import SHORT_LETTERS, short_letters

_SHORT_ID = re.compile(r"[^\W_]+(-[^\W_]+)*-[2-9A-HJ-NP-Z]{6,12}")
_SEVERAL = ""


class CodingIds:
    """Every ID that codings are known by: of each its UUID, its short ID, the one it came with ('' for none)."""

    def __init__(self, ids: Iterable[tuple[str, str, str]]) -> None:
        self._exact: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        #: The letters of short IDs without the label of the source before them, with the whole ID.
        self._letters: dict[str, str] = {}
        #: The six-letter forms of IDs that had to be made longer; they open the coding too.
        self._short_forms: dict[str, str] = {}
        for key, short_id, imported_id in ids:
            self._add(key, short_id, imported_id)

    def find(self, written: str) -> str | None:
        """The UUID of the coding that an ID names, however its letters are cased; None for an ID that is not known yet.

        Raises UserError for an ID that names several codings, and for the letters of one without the label they stand behind.
        """
        given = written.strip()
        if not given:
            return None
        folded = given.casefold()
        found = self._exact.get(given, self._folded.get(folded, self._short_forms.get(folded)))
        if found == _SEVERAL:
            raise UserError(f"'{given}' names several codings: write the whole ID as it stands in the export.")
        if found is None and (whole := self._letters.get(folded)):
            raise UserError(f"'{given}' is only the end of the ID {whole}: write it whole, or leave the cell empty.")
        return found

    def name(self, key: str, written: str, label: str) -> dict[str, str]:
        """The fields `short_id` and, where it came with an ID of another form, `imported_id` of the new coding `key`; known from now on."""
        given = written.strip()
        short_id = given if _SHORT_ID.fullmatch(given) else ""
        letters = SHORT_LETTERS
        while not short_id or short_id in self._exact:
            short_id = f"{label}-{short_letters(key, letters)}"
            letters += 1
        imported_id = given if given != short_id else ""
        self._add(key, short_id, imported_id)
        return {"short_id": short_id, "imported_id": imported_id} if imported_id else {"short_id": short_id}

    def _add(self, key: str, short_id: str, imported_id: str) -> None:
        label, _, letters = short_id.rpartition("-")
        for name in filter(None, (key, short_id, imported_id)):
            self._exact[name] = key
            _put(self._folded, name.casefold(), key)
        self._letters[letters.casefold()] = short_id
        if len(letters) > SHORT_LETTERS:
            _put(self._short_forms, f"{label}-{letters[:SHORT_LETTERS]}".casefold(), key)


def _put(names: dict[str, str], name: str, key: str) -> None:
    names[name] = key if names.get(name, key) == key else _SEVERAL
