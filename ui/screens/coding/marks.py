"""The codings of the open source as they are painted: which are shown, where in Qt's units, what lies on top, in what colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from PySide6.QtCore import QObject, Signal

from qcode.text.lanes import Stretch
from qcode.text.segments import Segment, segments_of
from qcode.text.stretches import Stretches
from qcode.views.coding_codes import CodeList
from qcode.views.coding_document import Coding, CodingDocument, Patch
from ui.text_positions import TextPositions
from ui.theme import CodeColours, Theme


class Marks(QObject):
    """What washes, stripes and labels are painted from.

    Emits `changed(start, end)` with the units whose marks are other ones, and `selected_changed()`.
    """

    #: So many codes over one stretch have a line each.
    MOST_LINES = 3

    changed = Signal(int, int)
    selected_changed = Signal()

    def __init__(self, theme: Theme, codes: CodeList) -> None:
        super().__init__()
        self._theme = theme
        self._codes = codes
        self._document: CodingDocument | None = None
        self._positions = TextPositions("")
        self._stretches = Stretches()
        self._raised: dict[str, int] = {}
        self._colours: dict[str, CodeColours] = {}
        self._hatched: set[str] | None = None
        self._shows: Callable[[Coding], bool] = lambda _: True
        self.only = ""
        self.selected = ""
        theme.changed.connect(self._forget_colours)

    def show(self, document: CodingDocument | None, positions: TextPositions) -> None:
        """Begin anew with a source."""
        self._document, self._positions = document, positions
        self._raised.clear()
        self.selected = ""
        self.only = ""
        self._gather()

    def set_filter(self, shows: Callable[[Coding], bool]) -> None:
        """Show only the codings that `shows` lets through."""
        self._shows = shows
        self._gather()

    def is_shown(self, coding: Coding) -> bool:
        """Whether the filter lets a coding through."""
        return self._shows(coding)

    def set_only(self, code: str) -> None:
        """Wash only the passages of one code (a UUID), those of all codes for ''."""
        self.only = code
        self._tell_all()

    def select(self, coding: str) -> None:
        """Mark one coding (a UUID) as the selected one, none for ''."""
        if coding != self.selected:
            self.selected = coding
            self.selected_changed.emit()

    def codes_changed(self) -> None:
        """Names or colours of codes are other ones."""
        self._colours.clear()
        self._hatched = None
        self._tell_all()

    def patch(self, patch: Patch) -> None:
        """Take in what an act did to the source's codings."""
        for old, new in patch.pairs:
            for coding, change in ((old, self._stretches.remove), (new, self._stretches.add)):
                if coding and self._shows(coding):
                    stretch = (*self.units(coding), coding.uuid)
                    change(stretch)
                    self.changed.emit(stretch[0], stretch[1])

    def raise_one(self, unit: int) -> str:
        """Put the coding that lies lowest at a unit on top of the others there; its UUID, '' where none does."""
        found = self.segments(unit, unit + 1)
        if not found:
            return ""
        lowest = found[0].names[-1]
        self._raised[lowest] = min(self._raised.values(), default=0) - 1
        coding = self.coding(lowest)
        if coding:
            self.changed.emit(*self.units(coding))
        return lowest

    def coding(self, uuid: str) -> Coding | None:
        """A coding of the open source."""
        return self._document.codings.get(uuid) if self._document else None

    def units(self, coding: Coding) -> tuple[int, int]:
        """Where a coding lies."""
        return self._positions.to_units(coding.start), self._positions.to_units(coding.end)

    def touching(self, start: int, end: int) -> list[Stretch]:
        """The codings that are shown and touch some units: start, end, UUID; in text order."""
        return self._stretches.touching(start, end)

    def all(self) -> list[Stretch]:
        """All codings that are shown, in text order."""
        return self._stretches.all()

    def cluster(self, start: int, end: int) -> list[Stretch]:
        """The codings that touch some units, and all that hang together with these by overlapping; in text order."""
        return self._stretches.cluster(start, end)

    def segments(self, start: int, end: int) -> list[Segment]:
        """What is washed between some units."""
        lying = self._stretches.touching(start, end)
        if self.only:
            lying = [one for one in lying if self._code_of(one[2]) == self.only]
        return segments_of(lying, start, end, lambda uuid: self._raised.get(uuid, 0))

    def codes_of(self, segment: Segment) -> list[str]:
        """The codes (UUIDs) over a segment, each once, the one on top first; no more of them than are painted."""
        return list(islice(self._each_code(segment), self.MOST_LINES))

    def names_at(self, unit: int) -> list[str]:
        """The names of all codes over a unit, the one on top first."""
        return [self.name(code) for segment in self.segments(unit, unit + 1) for code in self._each_code(segment)]

    def _each_code(self, segment: Segment) -> Iterator[str]:
        codings = self._document.codings if self._document else {}
        told: set[str] = set()
        for uuid in segment.names:
            code = codings[uuid].code
            if code not in told:
                told.add(code)
                yield code

    def colours(self, code: str) -> CodeColours:
        """The colours of a code (a UUID)."""
        found = self._colours.get(code)
        if found is None:
            known = self._codes.codes.get(code)
            found = self._colours[code] = self._theme.code(known.colour if known else "Slate")
        return found

    def name(self, code: str) -> str:
        """The name of a code (a UUID)."""
        return self._codes.name(code)

    def is_hatched(self, code: str) -> bool:
        """Whether an earlier code has the same colour, so that this one needs another mark."""
        if self._hatched is None:
            self._hatched = self._second_rounds()
        return code in self._hatched

    def _forget_colours(self) -> None:
        # Not the dictionary's own method: the theme would hold on to that for ever.
        self._colours.clear()

    def _second_rounds(self) -> set[str]:
        """The codes whose colour a code before them has. Codes that only hold others together have no swatch and count for nothing."""
        holding = {one.parent for one in self._codes.codes.values() if one.parent and not self._codes.counts.get(one.parent)}
        taken: set[str] = set()
        found = set()
        for one in self._codes.codes.values():
            if one.uuid not in holding:
                if one.colour in taken:
                    found.add(one.uuid)
                taken.add(one.colour)
        return found

    def _code_of(self, uuid: str) -> str:
        coding = self.coding(uuid)
        return coding.code if coding else ""

    def _gather(self) -> None:
        codings = self._document.codings.values() if self._document else ()
        self._stretches = Stretches((*self.units(coding), coding.uuid) for coding in codings if self._shows(coding))
        self._tell_all()

    def _tell_all(self) -> None:
        self.changed.emit(0, self._positions.units + 1)
