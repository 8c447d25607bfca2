"""The team screen: who brought what, the review of a merge before it is written, and what is still to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qcode.exchange.exporters.wording import counted
from qcode.model.change import Changes
from qcode.model.merging import Decision, MergePlan
from qcode.operations.settling import Answer, Settled, settle_review
from qcode.views.merges import passages_of
from ui.actions import Action
from ui.files import Files
from ui.open_file import CHANGES, SUFFIX
from ui.screen import Screen
from ui.screens.team.actions import team_actions
from ui.screens.team.bar import TeamBar
from ui.screens.team.begun_apart import BegunApartMerge
from ui.screens.team.footer_words import chip_words, open_footer, plan_footer
from ui.screens.team.handing import Handing
from ui.screens.team.merging import Merged, Merging, Occasion
from ui.screens.team.overview import Overview
from ui.screens.team.report import report_request
from ui.screens.team.review import Review
from ui.screens.team.review_page import ReviewPage
from ui.screens.team.sampling import Sampling
from ui.screens.team.state import State, read_state
from ui.screens.team.taking_back import TakingBack
from ui.screens.team.taking_out import TakingOut
from ui.screens.team.telling import Telling, merged_words
from ui.screens.team.wording import files_words, tr
from ui.sheets.export_sheet import export_from
from ui.widgets.sheet import Question as QuestionSheet
from ui.widgets.sheet import SheetHost
from ui.workspace import Workspace

MERGED = (SUFFIX, CHANGES)
_PAUSE = 150


class TeamScreen(Screen):
    """Three states: the team and its merges; a plan under review, with nothing written; what is open in the project.

    What is decided in a plan is kept here and carried out as one act right after the merge; what is open is decided at once.
    """

    id = "team"
    title = "Team"
    icon = "git-merge"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._state = State()
        self._is_open_shown = self._is_stale = False
        self._acts_heard_of = 0
        self._review = Review(workspace.project.coder)
        self.overview = Overview(workspace.theme, self)
        self.page = ReviewPage(workspace.theme, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.overview)
        self._stack.addWidget(self.page)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self.handing = Handing(workspace, self)
        self.taking_out, self.merging = TakingOut(workspace, self), Merging(workspace, BegunApartMerge(workspace, self), self)
        self.taking_back = TakingBack(workspace, self, self.said.emit, self._renew)
        self.sampling, self.telling = Sampling(workspace, self), Telling(self)
        self._make_bar()
        self._actions = team_actions(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setAcceptDrops(True)
        self._connect()
        self._show_state()
        self._renew()

    @property
    def plan(self) -> MergePlan | None:
        """What merging the files under review would do; None when there are none."""
        return self.merging.plan

    @property
    def is_reviewing(self) -> bool:
        """Whether a plan, or what is open, is shown."""
        return self._stack.currentWidget() is self.page

    def actions_of(self) -> Sequence[Action]:
        """Everything a user can do here."""
        return self._actions

    def toolbar_widgets(self) -> Sequence[QWidget]:
        """What a review holds, and what can be done next."""
        return (self._bar,)

    def panes_of(self) -> Sequence[QWidget]:
        """What F6 goes through: of the page that is shown."""
        if not self.is_reviewing:
            return tuple(each for at in range(2) if (each := self.overview.splitter.widget(at)))
        halves = (each for at in range(2) if (each := self.page.splitter.widget(at)))
        return (self.page.table, *halves)

    # Files.

    def choose_files(self) -> None:
        """Ask for the files that came back, and show what merging them would do."""
        files = getattr(self.window(), "files", None)
        if isinstance(files, Files):
            kinds = " ".join(f"*{ending}" for ending in MERGED)
            self.take_files(files.open_many(self.tr("Files that came back"), self.tr("qcode ({0})").format(kinds)))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Show what merging these files, with those under review already, would do; nothing is written."""
        self.page.detail.keep_words()
        self.merging.add(paths)

    def merge(self) -> None:
        """Merge the files under review, then carry out what was decided."""
        self.page.detail.keep_words()
        if self.plan is not None and not self.why_not_merge():
            self.merging.carry_out(list(self._review.decisions.values()), list(self._review.answers.values()))
            self._say_plan()

    def leave(self) -> None:
        """Back to the team; of a plan nothing is kept, which is asked first where something was decided in it."""
        if self.merging.is_merging:
            return
        text = self.given_up()
        sheets = getattr(self.window(), "sheets", None)
        if not text or not isinstance(sheets, SheetHost):
            self.give_up()
            return
        leave, stay = self.tr("Leave the review"), self.tr("Go on deciding")
        sheet = QuestionSheet(self._workspace.theme, self.tr("Leave the review"), text, [leave, stay])
        sheet.chosen.connect(lambda verb: self.give_up() if verb == leave else None)
        sheets.show_sheet(sheet)

    def given_up(self) -> str:
        """What was decided of a merge that is not done yet."""
        if self.plan is None or self.merging.is_merging:
            return ""
        self.page.detail.keep_words()
        decided = self._review.held
        text = self.tr("{0} would be given up. Nothing was written, and the files stay as they are.")
        return text.format(counted(decided, self.tr("decision"))) if decided else ""

    def give_up(self) -> None:
        """Leave the review, whatever was decided in it."""
        was_plan = self.plan is not None
        if was_plan:
            self.telling.drop()
        self.merging.leave()
        self._is_open_shown = False
        self._review = Review(self._workspace.project.coder)
        self._show_state()
        if was_plan:
            self.said.emit(self.tr("Nothing was written."))
        self.setFocus()

    def review_open(self) -> None:
        """Show what is still to be decided."""
        if self.why_not_review() or self.plan is not None:
            return
        self._is_open_shown = True
        self._show_state()
        self.page.list.setFocus()

    def save_report(self) -> None:
        """Ask where to write the plan, or the report of the merge that is shown."""
        merge = self.overview.merge
        plan = self.plan or (merge.plan if merge else None)
        if plan is not None:
            request = report_request(self._workspace.project, plan, done=self.plan is None)
            export_from(self, request, self._workspace.project.path.parent)

    def ask_to_take_out(self) -> None:
        """Ask whose work of the merge that is shown is to go."""
        if self.overview.merge is not None:
            self.taking_out.ask(self.overview.merge, self.overview.person)

    def ask_to_take_back(self) -> None:
        """Say what goes with the merge that is shown, and take it back if that is wanted."""
        self.taking_back.ask(self.overview.number)

    # What is missing.

    def why_not_write(self) -> str:
        """Why nothing can be written, '' when it can."""
        if self._workspace.project.read_only:
            return self.tr("This project is open for reading only.")
        return self.tr("A merge is under way: wait for it, or stop it.") if self.merging.is_merging else ""

    def why_not_merge(self) -> str:
        """Why the plan cannot be carried out."""
        if self.plan is not None and self.plan.lost:
            return self.tr("The counts do not add up, so nothing is merged: save the plan as a report and send it in.")
        return self.why_not_write()

    def why_not_review(self) -> str:
        """Why nothing can be decided."""
        if self.plan is not None:
            return self.tr("Finish or leave the review first.")
        return "" if self._state.conflicts or self._state.questions else self.tr("Nothing is open.")

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: the screen is shown; what changed meanwhile is read now."""
        super().showEvent(event)
        if self._is_stale:
            self._renew()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt tells: project and change files can be dropped here to be merged."""
        if self._dropped(event):
            event.acceptProposedAction()
            self.said.emit(self.tr("Drop to see what merging would do; nothing is written yet."))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Qt tells: they went elsewhere."""
        self.said.emit("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt tells: there they are."""
        event.acceptProposedAction()
        why = self.why_not_write()
        if why:
            self.said.emit(why)
        else:
            self.take_files(self._dropped(event))

    def _dropped(self, event: QDropEvent) -> list[Path]:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return paths if all(path.suffix.lower() in MERGED for path in paths) else []

    def _planned(self, plan: MergePlan, occasion: Occasion) -> None:
        if occasion is Occasion.FIRST:
            self._review = Review(self._workspace.project.coder)
        self._is_open_shown = False
        carrying = self.page.show_plan(plan, self._review)
        self._show_state()
        self.telling.say_carried(carrying, self._review, plan.contributions, occasion, self.page.go_to)
        if occasion is Occasion.FIRST:
            self.page.list.setFocus()

    def _nothing_new(self, paths: list[Path]) -> None:
        names = ", ".join(path.name for path in paths)
        words = self.tr("{0}: nothing in it is new here, so there is nothing to merge.").format(names)
        if self.plan is not None:
            self.page.detail.keep_words()
            words += " " + self.tr("What you decided was not carried out.") if self._review.held else ""
            written = self._review.written
            self.give_up()
            self.telling.offer_words(written, is_settled=False)
        self.telling.say("info", words)

    def _merged(self, merged: Merged) -> None:
        files = files_words(len(self.merging.paths))
        self.merging.leave()
        before, self._review = self._review, Review(self._workspace.project.coder)
        if merged.plan is None:
            self.telling.say("info", self.tr("Nothing in the files was new here: nothing was merged."))
        else:
            self.telling.say("ok", merged_words(files, merged))
        self.telling.say_refused(merged.settled, before)
        if merged.failure:
            self._workspace.tasks.failed.emit(self.tr("Carry out the decisions"), merged.failure)
            self.telling.offer_words(before.written, is_settled=False)
        self._show_state()
        self._renew(newest=merged.plan is not None)
        self.overview.list.setFocus()

    # What is decided.

    def _decided(self, decisions: list[Decision], answers: list[Answer]) -> None:
        if self.plan is not None:
            self._note(decisions, answers)
            self._say_plan()
            return
        why = self.why_not_write()
        if why:
            self.said.emit(why)
            return
        project = self._workspace.project
        self._workspace.tasks.run(
            *(self, self.tr("Settle"), lambda _: settle_review(project, decisions, answers)),
            lambda settled: self._settled(settled, decisions, answers),
            can_stop=False,
        )

    def _settled(self, settled: Settled, decisions: list[Decision], answers: list[Answer]) -> None:
        left = [one for one, _ in settled.refused]
        self.telling.say_refused(settled, self._review)
        self._note([one for one in decisions if one not in left], [one for one in answers if one not in left])

    def _note(self, decisions: list[Decision], answers: list[Answer]) -> None:
        for decision in decisions:
            self._review.note(decision)
        for answer in answers:
            self._review.answer(answer)
        self.page.renew()

    def _reopened(self, name: str) -> None:
        if self.plan is None:
            self.said.emit(self.tr("This is decided in the project already: Undo takes it back."))
            return
        self._review.reopen(name)
        self.page.renew()
        self._say_plan()

    # What is shown.

    def _changed(self, changes: Changes) -> None:
        if changes.operation:
            self._acts_heard_of += 1
            if not self.merging.is_merging:
                self._pause.start()

    def _renew(self, newest: bool = False) -> None:
        """Read everything again, beside the window; a plan is made again, for it may be another one by now."""
        self._is_stale = not (self.isVisible() or newest)
        if self._is_stale and self._state.members:
            return
        project, heard_of = self._workspace.project, self._acts_heard_of

        def done(state: State) -> None:
            if heard_of != self._acts_heard_of:
                # Read before an act that is shown already: what it settled would be open again until the next reading.
                self._renew(newest)
                return
            self._take(state)
            if newest and state.merges:
                self.overview.choose(state.merges[0].number)

        self._workspace.tasks.run(self, self.tr("Read the team"), lambda _: read_state(project), done, can_stop=False)
        self.merging.look_again()

    def _take(self, state: State) -> None:
        self._state = state
        self.overview.show_team(state.members, state.merges, self._workspace.project.coder)
        self.overview.rounds.show_rounds(state.samples, state.copies)
        self.overview.show_open(len(state.conflicts) + len(state.questions))
        if self.plan is None:
            self._review.show_open(state.conflicts, state.questions)
            self._show_state()

    def _read_passages(self, number: int) -> None:
        project = self._workspace.project
        self._workspace.tasks.run(
            *(self, self.tr("Read the passages"), lambda _: passages_of(project, number)),
            lambda passages: self.overview.show_passages(number, passages),
            can_stop=False,
        )

    def _show_state(self) -> None:
        if self.plan is not None:
            self._say_plan()
        elif self._is_open_shown:
            self.page.show_open(self._review)
            self._say_open()
        reviewing = self.plan is not None or self._is_open_shown
        self._stack.setCurrentWidget(self.page if reviewing else self.overview)
        self.setFocusProxy(self.page.list if reviewing else self.overview.list)
        self._show_bar()
        title = self.tr("Merge review") if self.plan else self.tr("To decide") if self._is_open_shown else self.tr("Team")
        if title != self.title:
            self.title = title
            self.renamed.emit(title)
        if not reviewing:
            self.status.emit("")

    def _show_bar(self) -> None:
        bar, plan = self._bar, self.plan
        if plan is not None:
            bar.show_only(self._files_chip, self._conflicts_chip, self._questions_chip, self._add, self._save, self._cancel)
        elif self._is_open_shown:
            bar.show_only(self._team, self._main)
        else:
            bar.show_only(self._out, self._in, self._main)

    def _say_plan(self) -> None:
        if self.plan is None:
            self._say_open()
            return
        tally = self._review.tally
        self._files_chip.setText(files_words(len(self.merging.paths)))
        self._conflicts_chip.setText(chip_words(tally.conflicts, tally.open_conflicts, tr("conflict"), tally.again))
        self._questions_chip.setText(chip_words(tally.questions, tally.open_questions, tr("question")))
        self._bar.fit()
        footer = self.page.footer
        footer.say(plan_footer(self.plan, self._review))
        footer.button.show()
        footer.offer(self.tr("Merge {0}").format(files_words(len(self.merging.paths))), self.why_not_merge())

    def _say_open(self) -> None:
        self.page.footer.say(open_footer(self._review))
        self.page.footer.button.hide()

    def _make_bar(self) -> None:
        bar = self._bar = TeamBar(self._workspace.theme)
        self._files_chip, self._conflicts_chip, self._questions_chip = (bar.add_chip(look) for look in ("faint", "open", "info"))
        self._team = bar.add_button(self.tr("The team"), "users", self.leave, "Esc")
        self._out = bar.add_button(self.tr("Hand out…"), "file-down", self._hand_out)
        self._in = bar.add_button(self.tr("Hand in…"), "file-input", self.handing.hand_in)
        self._add = bar.add_button(self.tr("Add file…"), "file-plus", self.choose_files, "Ctrl+M")
        self._save = bar.add_button(self.tr("Save plan as report"), "file-check", self.save_report)
        self._cancel = bar.add_strong(self.tr("Cancel"), "plain", self.leave, "Esc")
        self._main = bar.add_strong(self.tr("Merge files…"), "primary", self._choose_or_say, "Ctrl+M")

    def _choose_or_say(self) -> None:
        why = self.why_not_write()
        if why:
            self.said.emit(why)
        else:
            self.choose_files()

    def _hand_out(self) -> None:
        why = self.why_not_write()
        if why:
            self.said.emit(why)
        else:
            self.handing.ask()

    def _connect(self) -> None:
        overview, page = self.overview, self.page
        overview.chosen.connect(self._read_passages)
        overview.go.connect(self.go)
        overview.review.connect(self.review_open)
        overview.take_back.connect(lambda _: self.ask_to_take_back())
        overview.rounds.draw.connect(self.sampling.ask)
        overview.rounds.reveal.connect(self.sampling.ask_to_reveal)
        overview.take_out.connect(self.ask_to_take_out)
        overview.save.connect(lambda _: self.save_report())
        page.decided.connect(self._decided)
        page.reopened.connect(self._reopened)
        page.merge_wanted.connect(self.merge)
        page.said.connect(self.status)
        page.refused.connect(self.said)
        self.merging.planned.connect(self._planned)
        self.merging.nothing_new.connect(self._nothing_new)
        self.merging.merged.connect(self._merged)
        self.merging.stopped.connect(self._say_plan)
        self._pause.timeout.connect(self._renew)
        self._workspace.changes.changed.connect(self._changed)
