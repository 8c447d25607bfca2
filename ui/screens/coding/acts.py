"""What the coding screen does: each act is one operation of the engine; the screen changes when the engine says what changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt

from qcode.model.span import Span
from qcode.operations.cases import move_source
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.views.coding_document import Coding
from ui.screens.coding.parts import Parts
from ui.screens.coding.reasons import Reasons
from ui.screens.coding.selecting import paragraph_or_more, sentence_or_more

_MOST_RECENT = 9
_LONGEST_NAME = 60


class CodingActs(QObject):
    """The verbs of the screen; `why` says what is missing for them."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.recent: list[str] = []
        #: What the open picker is about: its passage, and the coding that is to have another code, '' for a new one.
        self._picking: tuple[Span, str] | None = None
        self.why = Reasons(parts, self)

    def current(self) -> Coding | None:
        """The coding that is selected; one that the filter hides is not acted on."""
        marks = self._parts.text.marks
        found = marks.coding(self._parts.inspector.coding)
        return found if found and marks.is_shown(found) else None

    # Marking.

    def passage(self) -> Span | None:
        """What a code would be applied to: the selection, else the sentence at the caret."""
        text = self._parts.text
        return text.selection() or text.sentence(text.caret())

    def apply(self, code: str, span: Span | None = None, *, stays: bool = False) -> None:
        """Code a passage, by default `passage`."""
        document, passage = self._parts.document, span or self.passage()
        if document is None or passage is None:
            return
        where = self._parts.text.whole(passage)
        self.note_recent(code)
        is_there = self._parts.selected.expect(apply_code(self._parts.project, document.source.uuid, where, code))
        if not stays:
            self._parts.text.put_caret(where.end)
        name = self._parts.codes.name(code)
        if is_there:
            self._parts.say(self.tr("Already coded {code}").format(code=name))
        else:
            self._parts.tell(self.tr("Applied {code}").format(code=name))

    def repeat(self, number: int) -> None:
        """Apply the code used `number` (from 1) codes before."""
        known = [code for code in self.recent if code in self._parts.codes.codes]
        if number <= len(known):
            self.apply(known[number - 1])

    def pick(self) -> None:
        """Open the picker for `passage`, which is selected if it was not."""
        span = self.passage()
        if span is None:
            return
        if self._parts.text.selection() is None:
            self._parts.text.select(span)
        self._open_picker(span)

    def picked(self, code: str, stays: bool) -> None:
        """A code was chosen in the picker; when it `stays`, what is chosen next is another code for the same passage."""
        if self._picking is None:
            return
        span, recoded = self._picking
        if recoded:
            self._picking = (span, "")
            self.recode_as(code, recoded, copies=False)
        else:
            self.apply(code, span, stays=stays)

    def named(self, name: str) -> None:
        """A new code was named in the picker."""
        if self._picking:
            self._create(name, *self._picking)

    def left_picker(self) -> None:
        """The picker is closed, whichever way: what it was about is over."""
        self._picking = None

    def _create(self, name: str, span: Span, recoded: str = "") -> None:
        """Make a code of this name beside the one that is current in the codebook, and apply it; one act."""
        project, document = self._parts.project, self._parts.document
        if document is None:
            return
        parent = self._parts.codebook.place_of_new_code()

        def work(_: object) -> tuple[str, str]:
            code = create_code(project, name, parent)
            if recoded:
                change_coding(project, recoded, code=code)
                return code, recoded
            return code, apply_code(project, document.source.uuid, span, code)

        code, coding = project.transact("apply code", self.tr("Apply the new code {name}").format(name=name), work)
        self._parts.selected.expect(coding)
        self.note_recent(code)
        self._parts.text.put_caret(span.end)

    def in_vivo(self) -> None:
        """Make a code called as the selected words."""
        span = self._parts.text.selection()
        if span:
            words = " ".join(span.of(self._parts.text.text).replace(">", " ").split())
            self._create(words[:_LONGEST_NAME].rstrip(" .,;:"), span)

    def sentence(self) -> None:
        """Select the sentence, or one more."""
        text = self._parts.text
        text.select(sentence_or_more(text.text, text.shown.blocks, text.caret(), text.selection()))

    def paragraph(self) -> None:
        """Select the paragraph, or one more."""
        text = self._parts.text
        text.select(paragraph_or_more(text.shown.blocks, text.caret(), text.selection()))

    # Changing the current coding.

    def recode(self) -> None:
        """Open the picker for another code."""
        coding = self.current()
        if coding:
            self._open_picker(coding.span, coding.uuid)

    def remove(self) -> None:
        """Remove it."""
        coding = self.current()
        if coding:
            remove_codings(self._parts.project, [coding.uuid])
            self._parts.tell(self.tr("Removed {code}. Ctrl+Z brings it back.").format(code=self._parts.codes.name(coding.code)))

    def recode_as(self, code: str, coding: str, *, copies: bool) -> None:
        """Give a coding another code, or with `copies` its passage that code too."""
        found = self._parts.text.marks.coding(coding)
        if found is None:
            return
        if found.code == code:
            self._parts.say(self.tr("Already coded {code}").format(code=self._parts.codes.name(code)))
            return
        if copies:
            self.apply(code, found.span)
            return
        self.note_recent(code)
        change_coding(self._parts.project, coding, code=code)
        self._parts.selected.expect(coding)
        self._parts.tell(self.tr("Now coded {code}. Ctrl+Z takes it back.").format(code=self._parts.codes.name(code)))

    def memo(self) -> None:
        """Go to its memo."""
        if self.current():
            self._parts.show_right_pane()
            self._parts.inspector.write_memo()

    def inspect(self) -> None:
        """Go to the inspector."""
        if self.current():
            self._parts.show_right_pane()
            self._parts.inspector.code.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def important(self) -> None:
        """Mark it as important, or not."""
        coding = self.current()
        if coding:
            change_coding(self._parts.project, coding.uuid, important=not coding.important)

    def contradicts(self) -> None:
        """Mark it as speaking against the others, or not."""
        coding = self.current()
        if coding:
            change_coding(self._parts.project, coding.uuid, contradicts=not coding.contradicts)

    def move_ends(self, uuid: str, start: int, end: int) -> None:
        """Put it on another passage."""
        coding = self._parts.text.marks.coding(uuid)
        if coding and (coding.start, coding.end) != (start, end):
            change_coding(self._parts.project, uuid, span=Span(start, end))
            self._parts.selected.expect(uuid)
            self._parts.tell(self.tr("Moved {code}").format(code=self._parts.codes.name(coding.code)))

    def move_source(self, source: str, group: str) -> None:
        """Have a source belong to the case at the top called `group` ('' for none) instead of the one it is listed under."""
        line = self._parts.source_list.line(source)
        if line and line.group != group and move_source(self._parts.project, source, group, line.group):
            words = self.tr("Moved {source} to {group}. Ctrl+Z takes it back.")
            self._parts.tell(words.format(source=line.label or line.title, group=group or self.tr("No country")))

    def raise_other(self) -> None:
        """Put the lowest coding at the caret on top."""
        text = self._parts.text
        found = text.marks.raise_one(text.shown.positions.to_units(text.caret()))
        if found:
            self._parts.selected.choose(found)

    # Moving.

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) coding in the text, going round at the ends."""
        text = self._parts.text
        ordered = text.marks.all()
        if not ordered:
            self._parts.say(self.tr("No codings here yet."))
            return
        names = [name for _, _, name in ordered]
        if self._parts.inspector.coding in names:
            place = names.index(self._parts.inspector.coding) + by
        else:
            caret = text.shown.positions.to_units(text.caret())
            after = next((number for number, one in enumerate(ordered) if one[0] >= caret), len(ordered))
            place = after if by > 0 else after - 1
        self._parts.selected.go_to(names[place % len(names)])

    def step_in_code(self, code: str) -> None:
        """Go to the next passage of a code, and wash only that code's until Esc."""
        text = self._parts.text
        text.marks.set_only(code)
        ordered = [one for one in text.marks.all() if (coding := text.marks.coding(one[2])) and coding.code == code]
        if not ordered:
            text.marks.set_only("")
            self._parts.say(self.tr("{code} is not applied in this source.").format(code=self._parts.codes.name(code)))
            return
        names = [name for _, _, name in ordered]
        caret = text.shown.positions.to_units(text.caret())
        if self._parts.inspector.coding in names:
            place = names.index(self._parts.inspector.coding) + 1
        else:
            place = next((number for number, one in enumerate(ordered) if one[0] >= caret), 0)
        self._parts.selected.go_to(names[place % len(names)])
        self._parts.say(self.tr("Only {code} is shown. Esc shows all.").format(code=self._parts.codes.name(code)))

    def note_recent(self, code: str) -> None:
        """Put a code first among those used last."""
        self.recent = [code, *(one for one in self.recent if one != code)][:_MOST_RECENT]

    def _open_picker(self, span: Span, recoded: str = "") -> None:
        self._picking = (span, recoded)
        codes = self._parts.codes.codes
        window = self._parts.text.window()
        within = QRect(window.mapToGlobal(window.rect().topLeft()), window.size())
        recent = [codes[code] for code in self.recent if code in codes]
        self._parts.picker.open_at(self._parts.text.rect_of(span), span.length, list(codes.values()), recent, within)
