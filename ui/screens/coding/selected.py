"""Which coding is selected, in the margin, the inspector and the codebook at once."""

from __future__ import annotations

from collections.abc import Collection

from qcode.views.coding_document import Patch
from ui.screens.coding.parts import Parts


class Selected:
    """The coding that is selected, and the one (a UUID) that will be once the engine has told of it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._awaited = ""

    def expect(self, coding: str) -> bool:
        """Select a coding (a UUID) that an act has made or changed: at once if it stands in the text, else when the engine tells of it.
        Whether it stood there already."""
        document = self._parts.document
        is_there = document is not None and coding in document.codings
        # Only of what is new is it certain that the engine will tell.
        self._awaited = "" if is_there else coding
        if is_there:
            self.choose(coding)
        return is_there

    def expect_nothing(self) -> None:
        """Another source is shown: what was on its way is not in it."""
        self._awaited = ""

    def choose(self, coding: str) -> None:
        """Select a coding (a UUID) in the margin and the inspector, none for ''."""
        parts = self._parts
        found = parts.text.marks.coding(coding)
        parts.text.marks.select(coding if found else "")
        parts.inspector.show_coding(found, parts.text.text)
        parts.toolbar.renew()

    def go_to(self, coding: str, *, bring: bool = False) -> None:
        """Select a coding, the caret at its start, its passage in sight and its code marked in the codebook, where with `bring` a
        filter gives way to it."""
        text = self._parts.text
        found = text.marks.coding(coding)
        if found:
            self._parts.inspector.pin.setChecked(False)
            text.put_caret(found.start)
            text.go_to(found.start)
            self.choose(coding)
            self._parts.codebook.show_current(found.code, bring=bring)

    def follow_caret(self) -> None:
        """The caret is elsewhere: the inspector follows, unless it is pinned or a coding is on its way to it."""
        text, inspector = self._parts.text, self._parts.inspector
        if inspector.is_pinned or self._awaited:
            return
        unit = text.shown.positions.to_units(text.caret())
        here = text.marks.segments(unit, unit + 1) or text.marks.segments(max(0, unit - 1), unit)
        names = here[0].names if here else ()
        if inspector.coding not in names or not names:
            self.choose(names[0] if names else "")

    def let_go_of_hidden(self) -> None:
        """Other codings are shown: the inspector keeps none that is hidden, and takes up the one at the caret."""
        marks, inspector = self._parts.text.marks, self._parts.inspector
        found = marks.coding(inspector.coding)
        if found and not marks.is_shown(found):
            self.choose("")
        self.follow_caret()
        self._parts.toolbar.renew()

    def follow(self, patch: Patch, told: Collection[str]) -> None:
        """Codings are other ones, those that are `told` of: the awaited one is selected, one that is gone no longer."""
        document, inspector = self._parts.document, self._parts.inspector
        codings = document.codings if document else {}
        awaited = self._awaited if self._awaited in told else ""
        if awaited:
            # Also when it is gone again: nothing else would come for it.
            self._awaited = ""
        if awaited in codings:
            self.choose(awaited)
        elif inspector.coding in told or any(inspector.coding == one.uuid for pair in patch.pairs for one in pair if one):
            # Told of, yet no other than before: it was changed and changed back before either was heard here.
            self.choose(inspector.coding if inspector.coding in codings else "")
        elif patch.pairs:
            self._parts.toolbar.renew()
