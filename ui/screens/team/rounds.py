"""Rounds of blind double coding, and the copies that were handed out, as two tables below the team."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qcode.views.team import HandedOut, Headway, Sample
from ui.screens.team.figures import FigureModel, FigureTable
from ui.screens.team.wording import moment, tr
from ui.style import set_look
from ui.theme import Theme

#: Beyond so many rows a table scrolls.
_MOST = 7


class SampleModel(FigureModel):
    """A row for each coder of each sample."""

    samples: Sequence[Sample] = ()

    def show_samples(self, found: Sequence[tuple[Sample, Sequence[Headway]]]) -> None:
        """Show other samples."""
        self.beginResetModel()
        self.heads = [tr("sample"), tr("coder"), tr("sources"), tr("finished"), tr("reading"), tr("seed"), tr("state")]
        self.samples = [sample for sample, people in found for _ in people]
        self.rows = [_row(sample, one) for sample, people in found for one in people]
        self.endResetModel()


class CopyModel(FigureModel):
    """A row for each copy that was handed out, the newest first."""

    def show_copies(self, copies: Sequence[HandedOut]) -> None:
        """Show other copies."""
        self.beginResetModel()
        self.heads = [tr("for"), tr("handed out"), tr("sources"), tr("codebook"), tr("work of others")]
        self.rows = [
            (
                one.coder,
                moment(one.at),
                tr("some") if one.partial else tr("all"),
                tr("locked") if one.locked else tr("open"),
                tr("left out") if one.blind else tr("shown"),
            )
            for one in copies
        ]
        self.endResetModel()


class Rounds(QWidget):
    """Emits `draw()` and `reveal(Sample)`."""

    draw = Signal()
    reveal = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.samples, self.copies = SampleModel(self), CopyModel(self)
        self.table = FigureTable(theme, self.samples, self.tr("Samples coded twice"), self)
        self.handed = FigureTable(theme, self.copies, self.tr("Copies handed out"), self)
        self.drawing = QPushButton(self.tr("Draw a sample…"), self)
        self.revealing = QPushButton(self.tr("Reveal…"), self)
        for button in (self.drawing, self.revealing):
            button.setAccessibleName(button.text())
        self.drawing.clicked.connect(self.draw)
        self.revealing.clicked.connect(self.reveal_current)
        self._lay_out()
        self.table.selectionModel().currentChanged.connect(self._look)
        theme.changed.connect(self._renew)

    @property
    def sample(self) -> Sample | None:
        """The sample whose row is current; the only one, where there is but one."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.samples.samples):
            return self.samples.samples[row]
        return self.samples.samples[0] if len({one.uuid for one in self.samples.samples}) == 1 else None

    def show_rounds(self, samples: Sequence[tuple[Sample, Sequence[Headway]]], copies: Sequence[HandedOut]) -> None:
        """Show other samples and copies; the row that is current stays so."""
        current = self.table.currentIndex()
        row, column = current.row(), current.column()
        self.samples.show_samples(samples)
        self.copies.show_copies(copies)
        if 0 <= row < self.samples.rowCount():
            self.table.setCurrentIndex(self.samples.index(row, column))
        self._renew()
        self._look()

    def reveal_current(self) -> None:
        """Ask to reveal the sample that is current."""
        if not self.why_not_reveal():
            self.reveal.emit(self.sample)

    def why_not_reveal(self) -> str:
        """Why no sample can be revealed, '' when one can."""
        if not self.samples.rowCount():
            return self.tr("There is no sample: draw one first.")
        if self.sample is None:
            return self.tr("Choose a sample in the list first.")
        return self.tr("{0} is revealed already.").format(self.sample.name) if self.sample.revealed else ""

    def _look(self) -> None:
        why = self.why_not_reveal()
        self.revealing.setEnabled(not why)
        self.revealing.setToolTip(why)

    def _lay_out(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        title, self._handed_title = QLabel(self.tr("Coded twice, blind"), self), QLabel(self.tr("Handed out"), self)
        for label in (title, self._handed_title):
            set_look(label, "strong")
        head.addWidget(title)
        head.addStretch(1)
        for button in (self.drawing, self.revealing):
            head.addWidget(button)
        column.addLayout(head)
        for widget in (self.table, self._handed_title, self.handed):
            column.addWidget(widget)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._renew()

    def _renew(self) -> None:
        for table, model, others in ((self.table, self.samples, (self.revealing,)), (self.handed, self.copies, (self._handed_title,))):
            some = model.rowCount() > 0
            for widget in (table, *others):
                widget.setVisible(some)
            table.setFixedHeight(min(table.content_height(), self._theme.px(_MOST * 28)))


def _row(sample: Sample, one: Headway) -> tuple[str, ...]:
    state = tr("revealed") if sample.revealed else tr("all finished") if sample.finished == len(sample.sources) else tr("blind")
    return sample.name, one.coder, f"{one.assigned:,}", f"{one.finished:,}", f"{one.begun:,}", str(sample.seed), state
