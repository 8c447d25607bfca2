"""The coding screen: sources, text, codebook and inspector put together. What is shown follows from what the engine says changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

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
from ui.screens.coding.actions import TEXT, coding_actions
from ui.screens.coding.acts import CodingActs
from ui.screens.coding.codebook_pane import CodebookPane
from ui.screens.coding.document_head import DocumentHead
from ui.screens.coding.find_bar import FindBar
from ui.screens.coding.inspector import Inspector
from ui.screens.coding.key_tree import KEY
from ui.screens.coding.keys import sequence_of
from ui.screens.coding.languages import LANGUAGES
from ui.screens.coding.panes import CodingPanes
from ui.screens.coding.picker import Picker
from ui.screens.coding.sources_pane import SourcesPane
from ui.screens.coding.text_pane import TextPane
from ui.screens.coding.toolbar import CodingToolbar, Shows
from ui.settings import PLACES, TEXT_SCALE
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
        self._places: dict[str, tuple[int, int]] = {}
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
        self.acts = CodingActs(self)
        self._actions = coding_actions(self)
        self._by_key = {QKeySequence(key).toString(): action for action in self._actions if action.pane == TEXT for key in action.keys}
        self.toolbar = CodingToolbar(theme, {action.id: action for action in self._actions}, self.do)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.text)
        self.text.set_text_scale(workspace.settings.get(TEXT_SCALE))
        self._open_first()

    def actions_of(self) -> Sequence[Action]:
        """Everything a user can do here."""
        return self._actions

    def toolbar_widgets(self) -> Sequence[QWidget]:
        """Apply, repeat, memo; which stripes; find."""
        return (self.toolbar,)

    def show_place(self, place: Place) -> None:
        """Open a source and, where the place says so, select a passage in it and the coding that is on it."""
        self.open_source(place.source)
        if self.document is None or place.start < 0:
            return
        end = place.end if place.end > place.start else place.start + 1
        self.text.select(Span(place.start, end))
        self.text.go_to(place.start)
        found = next((one for one in self.document.codings.values() if (one.start, one.end) == (place.start, place.end)), None)
        if found:
            self.choose(found.uuid)
        self.text.setFocus()

    def open_source(self, source: str) -> None:
        """Show a source (a UUID) where it was left."""
        if self.document and self.document.source.uuid == source:
            return
        self._leave()
        try:
            self.document = open_document(self.project, source)
        except UserError as error:
            self.say(str(error))
            return
        self._show_document()
        caret, scrolled = self._places.get(source, (0, 0))
        self.text.put_caret(min(caret, len(self.text.text)))
        self.text.scroll_back(scrolled)
        self._workspace.settings.put_of(PLACES, str(self.project.path), {"source": source, "caret": caret, "scroll": scrolled})

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

    def find_words(self) -> None:
        """Open the find bar, with the selected words if there are a few."""
        span = self.text.selection()
        words = span.of(self.text.text) if span and span.length < 60 else ""
        self.find_bar.open_bar(self.text.text, self.text.caret(), words)

    def find_step(self, by: int) -> None:
        """Go to the next or previous place of what is sought."""
        if self.find_bar.field.text():
            self.find_bar.step(by)
        else:
            self.find_words()

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
        self.safely(action.run)

    def safely(self, act: object, *given: object) -> None:
        """Do something; what the engine refuses is said in the status bar."""
        try:
            act(*given)  # type: ignore[operator]
        except UserError as error:
            self.say(str(error))

    # What the acts ask for.

    def choose(self, coding: str) -> None:
        """Select a coding in the margin and the inspector."""
        found = self.text.marks.coding(coding)
        self.text.marks.select(coding if found else "")
        self.inspector.show_coding(found, self.text.text)
        self.toolbar.renew()

    def go_to_coding(self, coding: str) -> None:
        """Select a coding, the caret at its start, its passage in sight."""
        found = self.text.marks.coding(coding)
        if found:
            self.inspector.pin.setChecked(False)
            self.text.put_caret(found.start)
            self.text.go_to(found.start)
            self.choose(coding)
            self.codebook.show_current(found.code)

    def place_of_new_code(self) -> str | None:
        """Beside the code that is current in the codebook, or below it when it only holds others together."""
        key = str(self.codebook.view.currentIndex().data(KEY) or "")
        code = self.codes.codes.get(key)
        if code is None:
            return None
        return key if self.codebook.model.is_heading(key) else code.parent

    def name(self, code: str) -> str:
        """The name of a code."""
        known = self.codes.codes.get(code)
        return known.name if known else ""

    def say(self, words: str) -> None:
        """Say something in the status bar."""
        self.status.emit(words)

    def show_right_pane(self) -> None:
        """Bring the right pane back if it is put away."""
        self.panes.bring(self.inspector)

    # Keys, and what Qt says.

    def take_key(self, event: QKeyEvent) -> bool:
        """A key pressed in the text."""
        if self.acts.is_adjusting:
            self.safely(self.acts.take_adjusting_key, event)
            return True
        if event.key() == Qt.Key.Key_Escape:
            return self._step_out()
        if event.key() == Qt.Key.Key_Enter:
            self.do(self._by_key["Return"])
            return True
        action = self._by_key.get(sequence_of(event))
        if action is None:
            return False
        self.do(action)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Says where one is, once the window has made room for it."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._say_where)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keeps what was written and where the text was left."""
        super().hideEvent(event)
        self._leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl and the wheel change the size of the text."""
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._scale_text(1 if event.angleDelta().y() > 0 else -1)
            return True
        return super().eventFilter(watched, event)

    def _scale_text(self, step: int) -> None:
        self.text.set_text_scale(round(self.text.text_scale + step * 0.1, 1))
        self._workspace.settings.put(TEXT_SCALE, self.text.text_scale)

    def _step_out(self) -> bool:
        if self.find_bar.isVisible():
            self.find_bar.close_bar()
        elif self.text.marks.only:
            self.text.marks.set_only("")
            self._say_place()
        elif self.text.selection():
            self.text.select(None)
        else:
            return False
        return True

    def _moved(self) -> None:
        """The caret is elsewhere: the inspector follows, unless it is pinned."""
        if self.document is None:
            return
        if not self.inspector.is_pinned:
            unit = self.text.shown.positions.to_units(self.text.caret())
            here = self.text.marks.segments(unit, unit + 1) or self.text.marks.segments(max(0, unit - 1), unit)
            names = here[0].names if here else ()
            if self.inspector.coding not in names or not names:
                self.choose(names[0] if names else "")
        self._say_place()
        self.toolbar.renew()

    def _say_where(self) -> None:
        language = self.document.source.language if self.document else ""
        self.language.emit(LANGUAGES.get(language, language))
        self._say_place()

    def _say_place(self) -> None:
        if self.document is None:
            self.say("")
            return
        span = self.text.selection()
        number = max(0, self.text.shown.paragraph_at(span.start if span else self.text.caret())) + 1
        parts = [self.tr("Paragraph {n} of {all}").format(n=number, all=len(self.document.blocks))]
        if span:
            parts.append(self.tr("{n} characters selected").format(n=span.length))
        count = len(self.document.codings)
        parts.append(self.tr("1 coding here") if count == 1 else self.tr("{n} codings here").format(n=count))
        self.say("   ·   ".join(parts))

    def _menu(self, point: QPoint) -> None:
        """The same actions with their keys, at the pointer."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self._actions:
            if action.pane == TEXT and action.menu and not action.why_not():
                made = menu.addAction(f"{action.title}\t{action.keys[0]}")
                made.triggered.connect(lambda _=False, one=action: self.do(one))
        menu.popup(point)

    # Changes.

    def _changed(self, changes: Changes) -> None:
        patch = self.document.patch(self.project, changes) if self.document else Patch(())
        touched = self.codes.patch(changes, patch)
        if self.document and self.document.source.uuid in (*changes.of("sources").updated, *changes.of("sources").deleted):
            self._reopen()
        self.text.patch(patch)
        if touched is None:
            self.text.marks.codes_changed()
        self.codebook.patch(touched, self.document.counts() if self.document else {})
        self.sources.patch(self.source_list.patch(changes, self._only_here(changes, patch)))
        self._show_status()
        self._select_after(patch)
        if patch.pairs:
            self.text.describe_stripes()

    def _only_here(self, changes: Changes, patch: Patch) -> list[str]:
        """The open source, when the act touched codings of no other one."""
        rows = changes.of("codings")
        here = len(rows.inserted) + len(rows.updated) + len(rows.deleted) == len(patch.pairs)
        return [self.document.source.uuid] if here and self.document and patch.pairs else []

    def _select_after(self, patch: Patch) -> None:
        codings = self.document.codings if self.document else {}
        if self.awaited_is_here():
            self.choose(self.acts.awaited)
            self.acts.awaited = ""
        elif self.inspector.coding and any(self.inspector.coding in (old and old.uuid, new and new.uuid) for old, new in patch.pairs):
            gone = self.inspector.coding not in codings
            self.choose("" if gone else self.inspector.coding)
        elif patch.pairs:
            self.toolbar.renew()

    def awaited_is_here(self) -> bool:
        """Whether the coding that an act made has been told of."""
        return bool(self.acts.awaited and self.document and self.acts.awaited in self.document.codings)

    def _reopen(self) -> None:
        """The source itself is another one, or gone."""
        source = self.document.source.uuid if self.document else ""
        self.document = None
        self.text.show_document(None)
        if self.source_list.line(source):
            self.open_source(source)
        else:
            self._show_document()

    def _mark(self, status: ReadingStatus) -> None:
        if self.document:
            self.safely(mark_reading, self.project, self.document.source.uuid, status)

    # Putting together.

    def _show_document(self) -> None:
        self.text.show_document(self.document)
        self.head.show_document(self.document)
        self.choose("")
        self.find_bar.set_text(self.text.text)
        self.codebook.patch(set(), self.document.counts() if self.document else {})
        if self.document:
            self.sources.show_current(self.document.source.uuid)
        self._show_status()
        self._say_where()
        if self.document and not self.acts.recent:
            mine = sorted((one for one in self.document.codings.values() if one.coder == self.project.coder), key=lambda one: one.uuid)
            for coding in mine:
                self.acts.note_recent(coding.code)
        self.toolbar.renew()
        self.text.describe_stripes()

    def _show_status(self) -> None:
        line = self.source_list.line(self.document.source.uuid) if self.document else None
        if line and line.status is not self.head.shown_status:
            self.head.show_status(line.status)

    def _leave(self) -> None:
        """Keep where the open source was left, and what was written."""
        self.inspector.save_memo()
        if self.document:
            place = (self.text.caret(), self.text.scroll_place())
            source = self.document.source.uuid
            self._places[source] = place
            self._workspace.settings.put_of(PLACES, str(self.project.path), {"source": source, "caret": place[0], "scroll": place[1]})

    def _open_first(self) -> None:
        """The place of yesterday; else the first source that is not finished."""
        kept = self._workspace.settings.get_of(PLACES, str(self.project.path), {})
        source = str(kept.get("source", ""))
        if self.source_list.line(source):
            self._places[source] = (int(kept.get("caret", 0)), int(kept.get("scroll", 0)))
        else:
            lines = self.source_list.lines
            unread = (line.uuid for line in lines if line.status is not ReadingStatus.FINISHED)
            source = next(unread, lines[0].uuid if lines else "")
        if source:
            self.open_source(source)
        else:
            self._show_document()

    def _set_shows(self, shows: Shows) -> None:
        """All codings, those of the current code's branch, or one's own."""
        if shows is Shows.MINE:
            self.text.marks.set_filter(lambda coding: coding.coder == self.project.coder)
        elif shows is Shows.BRANCH:
            branch = self._branch()
            self.text.marks.set_filter(lambda coding: coding.code in branch)
        else:
            self.text.marks.set_filter(_all)

    def _branch(self) -> set[str]:
        key = str(self.codebook.view.currentIndex().data(KEY) or "")
        code = self.codes.codes.get(key)
        while code and code.parent:
            code = self.codes.codes.get(code.parent)
        return self.codes.branch(code.uuid) if code else set(self.codes.codes)

    def _code_clicked(self, code: str) -> None:
        if self.text.selection() and not self.acts.why_no_writing():
            self.safely(self.acts.apply, code)
        else:
            self.acts.step_in_code(code)
        self.text.setFocus()

    def _connect(self) -> None:
        text, inspector, acts, project = self.text, self.inspector, self.acts, self.project
        self._workspace.changes.changed.connect(self._changed)
        text.keys = self.take_key
        text.moved.connect(self._moved)
        text.chosen.connect(self._stripe_clicked)
        text.memo_wanted.connect(self._memo_wanted)
        text.ends_moved.connect(lambda *ends: self.safely(acts.move_ends, *ends))
        text.dropped.connect(lambda code, span: self.safely(acts.apply, code, span))
        text.told.connect(self.say)
        text.menu_wanted.connect(self._menu)
        for editor in text.findChildren(QWidget, "document"):
            editor.installEventFilter(self)
        self.sources.opened.connect(self._source_clicked)
        self.codebook.clicked.connect(self._code_clicked)
        self.codebook.passage_dropped.connect(lambda code, span: self.safely(acts.apply, code, span))
        self.codebook.told.connect(self.say)
        self.codebook.view.selectionModel().currentChanged.connect(lambda *_: self._renew_branch())
        inspector.memo_left.connect(lambda uuid, memo: self.safely(lambda: change_coding(project, uuid, memo=memo)))
        inspector.important.connect(lambda uuid, on: self.safely(lambda: change_coding(project, uuid, important=on)))
        inspector.contradicts.connect(lambda uuid, on: self.safely(lambda: change_coding(project, uuid, contradicts=on)))
        inspector.recode.connect(lambda _: acts.recode())
        inspector.adjust.connect(lambda _: acts.adjust(start=False))
        inspector.remove.connect(lambda _: self.safely(acts.remove))
        inspector.copied.connect(lambda words: self.say(self.tr("Copied {id}").format(id=words)))
        inspector.text_wanted.connect(text.setFocus)
        self.picker.picked.connect(lambda code, stays: self.safely(acts.picked, code, stays))
        self.picker.named.connect(lambda name: self.safely(acts.create, name))
        self.picker.closed.connect(text.setFocus)
        self.find_bar.found.connect(self._show_found)
        self.find_bar.closed.connect(text.setFocus)
        self.head.finished.connect(lambda: self.do(next(one for one in self._actions if one.id == "coding.finish")))
        self.head.status_chosen.connect(lambda status: self._mark(ReadingStatus(status)))
        self.toolbar.shows.connect(self._set_shows)

    def _renew_branch(self) -> None:
        if self.toolbar.shown is Shows.BRANCH:
            self._set_shows(Shows.BRANCH)

    def _stripe_clicked(self, coding: str) -> None:
        if coding:
            self.go_to_coding(coding)
        self.text.setFocus()

    def _memo_wanted(self, coding: str) -> None:
        self.go_to_coding(coding)
        self.acts.memo()

    def _source_clicked(self, source: str) -> None:
        self.open_source(source)
        self.text.setFocus()

    def _show_found(self, span: Span) -> None:
        self.text.select(span)
        self.text.go_to(span.start)

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


def _all(_: Coding) -> bool:
    return True
