"""The coding screen: sources, text, codebook and inspector put together. What is shown follows from what the engine says changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qcode.errors import UserError
from qcode.model.change import Changes
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.codings import change_coding
from qcode.operations.readings import mark_reading
from qcode.views.coding_codes import CodeList
from qcode.views.coding_document import Coding, CodingDocument, Patch, open_document
from qcode.views.coding_sources import SourceList
from ui.actions import Action
from ui.screen import Screen
from ui.screens.coding.actions import coding_actions
from ui.screens.coding.acts import CodingActs
from ui.screens.coding.codebook_pane import CodebookPane
from ui.screens.coding.document_head import DocumentHead
from ui.screens.coding.ends_by_keys import EndsByKeys
from ui.screens.coding.find_bar import FindBar
from ui.screens.coding.finding import Finding
from ui.screens.coding.inspector import Inspector
from ui.screens.coding.languages import LANGUAGES
from ui.screens.coding.left_places import LeftAt, LeftPlaces
from ui.screens.coding.panes import CodingPanes
from ui.screens.coding.picker import Picker
from ui.screens.coding.pointing import Pointing
from ui.screens.coding.selected import Selected
from ui.screens.coding.sources_pane import SourcesPane
from ui.screens.coding.text_keys import TextKeys
from ui.screens.coding.text_pane import TextPane
from ui.screens.coding.text_size import TextSize
from ui.screens.coding.toolbar import CodingToolbar
from ui.screens.coding.which_shown import WhichShown
from ui.style import set_look
from ui.workspace import Place, Workspace


class CodingScreen(Screen):
    """Read a source and code it."""

    id = "coding"
    title = "Coding"
    icon = "highlighter"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.project = workspace.project
        self.document: CodingDocument | None = None
        self._left = LeftPlaces(workspace.settings, self.project.path)
        theme = workspace.theme
        self.codes = CodeList(self.project)
        self.source_list = SourceList(self.project, self.project.coder)
        self.sources = SourcesPane(theme, self.source_list)
        self.head = DocumentHead(theme)
        self.find_bar = FindBar(theme)
        self.text = TextPane(theme, self.codes)
        self.codebook = CodebookPane(theme, self.codes)
        self.inspector = Inspector(theme, self.codes)
        self.picker = Picker(theme, self)
        self.selected = Selected(self)
        self.finding = Finding(self.text, self.find_bar)
        self.text_size = TextSize(self.text, workspace.settings, self.say)
        self.acts = CodingActs(self)
        self.ends = EndsByKeys(self, self.acts)
        self._actions = coding_actions(self)
        self.toolbar = CodingToolbar(theme, {action.id: action for action in self._actions}, self.do)
        self._keys, self._pointing = TextKeys(self), Pointing(self)
        self._shown = WhichShown(self.toolbar, self.text.marks, self.codebook, self.codes, self.project.coder, self.selected)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.text)
        self._open_first()

    def actions_of(self) -> Sequence[Action]:
        """Everything a user can do here."""
        return self._actions

    def toolbar_widgets(self) -> Sequence[QWidget]:
        """Apply, repeat, memo; which stripes; find."""
        return (self.toolbar,)

    def show_place(self, place: Place) -> None:
        """Open a source and, where the place says so, select a passage in it and the coding that is on it; the lists show both."""
        self.open_source(place.source)
        if self.document is None or place.start < 0:
            return
        self.sources.show_open(place.source)
        end = place.end if place.end > place.start else place.start + 1
        found = self._coding_at(place)
        if found:
            if not self.text.marks.is_shown(found):
                self.toolbar.show_all()
            self.selected.go_to(found.uuid, bring=True)
        self.text.select(Span(place.start, end))
        self.text.go_to(place.start)
        if found:
            self.selected.choose(found.uuid)
        self.text.setFocus()

    def _coding_at(self, place: Place) -> Coding | None:
        """The coding a place means: several may lie on the same words."""
        codings = self.document.codings if self.document else {}
        if place.coding:
            return codings.get(place.coding)
        return next((one for one in codings.values() if (one.start, one.end) == (place.start, place.end)), None)

    def open_source(self, source: str) -> None:
        """Show a source (a UUID) where it was left."""
        if self.document and self.document.source.uuid == source:
            return
        self._leave()
        self.ends.leave()
        self.selected.expect_nothing()
        try:
            self.document = open_document(self.project, source)
        except UserError as error:
            self.say(str(error))
            return
        self._show_document()
        place = self._left.of(source)
        self.text.put_caret(min(place.caret, len(self.text.text)))
        self.text.scroll_back(place.scroll)
        self._left.keep(source, place)

    def open_neighbour(self, step: int) -> None:
        """Show the source after (1) or before (-1) this one in the list."""
        found = self.sources.neighbour(step)
        if found:
            self.open_source(found)

    def finish(self) -> None:
        """Mark the source finished and go to the next that is not."""
        if self.document is None:
            return
        self.inspector.save_memo()
        following = self.sources.neighbour(1, unread=True)
        self._mark(ReadingStatus.FINISHED)
        if following:
            self.open_source(following)
            self.text.setFocus()

    def move_source(self) -> None:
        """Ask which case the open source is to belong to."""
        if self.document:
            self.panes.bring(self.sources)
            self.sources.show_open(self.document.source.uuid)
            self.sources.choose_group(self.document.source.uuid, self.sources.row_point(self.document.source.uuid))

    def filter_sources(self) -> None:
        """Go to the field that filters the sources."""
        self.panes.bring(self.sources)
        self.sources.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sources.field.selectAll()

    def filter_codes(self) -> None:
        """Go to the field that filters the codes."""
        self.panes.bring(self.codebook)
        self.codebook.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def do(self, action: Action) -> None:
        """Do an action, or say what is missing for it."""
        missing = action.why_not()
        if missing:
            self.say(missing)
            return
        self.ends.leave()
        self.safely(action.run)

    def write(self, act: Callable[..., object], *given: object) -> None:
        """Do something that writes, or say why nothing can be written now."""
        refused = self._refusal_to_write(act, *given)
        if refused:
            self.say(refused)

    def _refusal_to_write(self, act: Callable[..., object], *given: object) -> str:
        """Do something that writes; why not, when nothing can be written now or the engine refuses it."""
        missing = self.acts.why.no_writing()
        if missing:
            self.inspector.show_flags()
            return missing
        self.inspector.save_memo()
        return self._refusal(act, *given)

    def _pick(self, act: Callable[..., object], *given: object, stays: bool = False) -> None:
        """Do what was chosen in the picker; when it cannot be, the picker stays open with what was typed, and says why."""
        refused = self._refusal_to_write(act, *given)
        if refused:
            self.picker.tell(refused)
        elif not stays:
            self.picker.hide()

    def safely(self, act: Callable[..., object], *given: object) -> None:
        """Do something, once what is being typed is saved; what the engine refuses is said in the status bar."""
        self.inspector.save_memo()
        self._try(act, *given)

    def _try(self, act: Callable[..., object], *given: object) -> bool:
        refused = self._refusal(act, *given)
        if refused:
            self.say(refused)
        return not refused

    def _refusal(self, act: Callable[..., object], *given: object) -> str:
        try:
            act(*given)
        except UserError as error:
            return str(error)
        return ""

    def _save_memo(self, coding: str, memo: str) -> None:
        if not self._try(lambda: change_coding(self.project, coding, memo=memo)):
            self.inspector.keep_memo()

    def say(self, words: str) -> None:
        """Say something in the status bar for some seconds, '' for nothing more."""
        self.said.emit(words)

    def tell(self, words: str) -> None:
        """Say what an act did."""
        self.did.emit(words)

    def say_place(self) -> None:
        """Say in the status bar where one is in the text."""
        if self.document is None:
            self.status.emit("")
            return
        span = self.text.selection()
        number = max(0, self.text.shown.paragraph_at(span.start if span else self.text.caret())) + 1
        parts = [self.tr("Paragraph {n} of {all}").format(n=number, all=len(self.document.blocks))]
        if span:
            parts.append(self.tr("{n} characters selected").format(n=span.length))
        count = len(self.document.codings)
        parts.append(self.tr("1 coding here") if count == 1 else self.tr("{n} codings here").format(n=count))
        self.status.emit("   ·   ".join(parts))

    def show_right_pane(self) -> None:
        """Bring the right pane back if it is put away."""
        self.panes.bring(self.inspector)

    def showEvent(self, event: QShowEvent) -> None:
        """Says where one is, once the window has made room for it."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._say_where)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keeps what was written and where the text was left."""
        super().hideEvent(event)
        self._leave()

    def _moved(self) -> None:
        """The caret is elsewhere."""
        if self.document is None:
            return
        self.ends.follow()
        self.selected.follow_caret()
        if not self.ends.is_taken:
            self.say_place()
        self.toolbar.renew()

    def _say_where(self) -> None:
        language = self.document.source.language if self.document else ""
        self.language.emit(LANGUAGES.get(language, language))
        self.say_place()

    def step_back(self) -> bool:
        """Take the last move of an end back while one is moved with the keys."""
        return self.ends.step_back()

    # Changes.

    def _changed(self, changes: Changes) -> None:
        patch = self.document.patch(self.project, changes) if self.document else Patch(())
        touched = self.codes.patch(changes, patch)
        here = self._only_here(changes, patch)
        if self.document and self.document.source.uuid in (*changes.of("sources").updated, *changes.of("sources").deleted):
            self._reopen()
            # The text was read anew with its codings as they are by now.
            patch = Patch(())
        self.text.patch(patch)
        if touched is None:
            self.text.marks.codes_changed()
        if self.isVisible() and not self.ends.is_taken:
            self.say_place()
        self.codebook.patch(touched, self.document.counts() if self.document else {})
        self.sources.patch(self.source_list.patch(changes, here))
        self._show_status()
        if self.document is None and changes.of("sources").inserted:
            # The first that came: an empty page beside a list of sources asks for something nobody needs to be asked.
            self._open_first()
        rows = changes.of("codings")
        self.selected.follow(patch, (*rows.inserted, *rows.updated))

    def _only_here(self, changes: Changes, patch: Patch) -> list[str]:
        """The open source, when the act touched codings of no other one."""
        rows = changes.of("codings")
        here = len(rows.inserted) + len(rows.updated) + len(rows.deleted) == len(patch.pairs)
        return [self.document.source.uuid] if here and self.document and patch.pairs else []

    def _reopen(self) -> None:
        """The source itself is another one, or gone."""
        source = self.document.source.uuid if self.document else ""
        self.document = None
        self.selected.expect_nothing()
        self.text.show_document(None)
        self.open_source(source)
        if self.document is None:
            self._show_document()

    def _mark(self, status: ReadingStatus) -> None:
        if self.document:
            self.write(mark_reading, self.project, self.document.source.uuid, status)

    def _show_document(self) -> None:
        self.text.show_document(self.document)
        self.head.show_document(self.document)
        self.selected.choose("")
        self.find_bar.set_text(self.text.text)
        self.codebook.patch(set(), self.document.counts() if self.document else {})
        if self.document:
            self.sources.show_open(self.document.source.uuid)
        missing = self.acts.why.no_writing() if self.document else ""
        self.inspector.forbid(missing)
        self.head.forbid(missing)
        self._show_status()
        self._say_where()
        if self.document and not self.acts.recent:
            mine = sorted((one for one in self.document.codings.values() if one.coder == self.project.coder), key=lambda one: one.uuid)
            for coding in mine:
                self.acts.note_recent(coding.code)
        self.toolbar.renew()

    def _show_status(self) -> None:
        line = self.source_list.line(self.document.source.uuid) if self.document else None
        if line and line.status is not self.head.shown_status:
            self.head.show_status(line.status)

    def _leave(self) -> None:
        """Keep where the open source was left, and what was written."""
        self.inspector.save_memo()
        if self.document:
            self._left.keep(self.document.source.uuid, LeftAt(self.text.caret(), self.text.scroll_place()))

    def _open_first(self) -> None:
        """The place of yesterday; else the first source that is not finished."""
        source, lines = self._left.last(), self.source_list.lines
        if not self.source_list.line(source):
            unread = (line.uuid for line in lines if line.status is not ReadingStatus.FINISHED)
            source = next(unread, lines[0].uuid if lines else "")
        if source:
            self.open_source(source)
        else:
            self._show_document()

    # Putting together.

    def _connect(self) -> None:
        text, inspector, acts, project = self.text, self.inspector, self.acts, self.project
        self._workspace.changes.changed.connect(self._changed)
        text.moved.connect(self._moved)
        inspector.memo_left.connect(self._save_memo)
        inspector.important.connect(lambda uuid, on: self.write(lambda: change_coding(project, uuid, important=on)))
        inspector.contradicts.connect(lambda uuid, on: self.write(lambda: change_coding(project, uuid, contradicts=on)))
        inspector.recode.connect(lambda _: self.do(self._called("coding.recode")))
        inspector.adjust.connect(lambda _: self.do(self._called("coding.take_end")))
        inspector.remove.connect(lambda _: self.do(self._called("coding.remove")))
        inspector.copied.connect(lambda words: self.say(self.tr("Copied {id}").format(id=words)))
        inspector.text_wanted.connect(text.setFocus)
        self.picker.picked.connect(lambda code, stays: self._pick(acts.picked, code, stays, stays=stays))
        self.picker.named.connect(lambda name: self._pick(acts.named, name))
        self.picker.closed.connect(acts.left_picker)
        self.picker.closed.connect(text.setFocus)
        self.head.finished.connect(lambda: self.do(self._called("coding.finish")))
        self.head.status_chosen.connect(lambda status: self._mark(ReadingStatus(status)))

    def _called(self, name: str) -> Action:
        return next(one for one in self._actions if one.id == name)

    def _lay_out(self) -> None:
        centre = QFrame()
        set_look(centre, "paper")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QFrame()
        set_look(line, "line")
        line.setFixedHeight(1)
        for widget in (self.head, line, self.find_bar):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        self.panes = CodingPanes(self._workspace, centre, self.sources, self.codebook, self.inspector)
        self.panes.narrowed.connect(self.toolbar.set_narrow)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)
