"""The left pane: pairs of coders above, agreement by code below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from qcode.agreement.figures import Agreement
from qcode.exchange.exporters.wording import counted
from qcode.views.agreement import Pair
from ui.measures import PANE_HEADER, PANE_PADDING
from ui.screens.agreement.asked import Figures
from ui.screens.agreement.code_list import CodeLine, CodeList, CodeListHead, lines_of
from ui.screens.agreement.pairs import PairTable
from ui.screens.agreement.wording import unit_noun
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.elided import Elided


class FiguresPane(QFrame):
    """Emits `pair_chosen(first, second)`, `code_chosen(CodeLine)` for the row that became current, `code_opened(CodeLine)` for one that
    was entered."""

    pair_chosen = Signal(str, str)
    code_chosen = Signal(object)
    code_opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_look(self, "panel")
        self.pairs = PairTable(theme, self)
        self.codes = CodeList(theme, self)
        self._what, self._interval = Elided(), Elided()
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._lay_out()
        self.pairs.chosen.connect(self.pair_chosen)
        self.codes.chosen.connect(self.code_chosen)
        self.codes.opened.connect(self.code_opened)

    def show_figures(self, figures: Figures) -> None:
        """Show other figures by code, and the pairs that are known of the same coders until theirs come."""
        coders = figures.choices.coders
        if coders != self.pairs.pairs.coders:
            self.pairs.pairs.show_pairs(coders, ())
        self.pairs.show_current(figures.asked.coders)
        code = figures.asked.code
        self._what.setText(self.tr("Krippendorff α, {0}").format(code or self.tr("all codes")))
        measured = figures.measured
        self.codes.lines.show_lines(lines_of(measured) if measured else [])
        draws = measured.agreement.draws if measured else 0
        self._interval.setText(self.tr("with 95 % interval") if draws else self.tr("too few sources for an interval"))
        self._note.setText(self._explained(measured.agreement) if measured else "")

    def show_pairs(self, pairs: tuple[Pair, ...]) -> None:
        """Show the pairs."""
        coders = self.pairs.pairs.coders
        self.pairs.pairs.show_pairs(coders, [pair for pair in pairs if {pair.first, pair.second} <= set(coders)])

    def line_of(self, code: str) -> CodeLine | None:
        """The figures of a code (a UUID)."""
        row = self.codes.lines.row_of(code)
        return self.codes.lines.lines[row] if row >= 0 else None

    def _explained(self, agreement: Agreement) -> str:
        two = len(agreement.coders) == 2
        whose = self.tr("at least one of the two coded") if two else self.tr("at least one of them coded")
        whole = counted(agreement.finished_by_all, "source")
        kappa = self.tr("κ: Cohen.") if two else self.tr("κ: Fleiss, of the part that all finished ({0}).").format(whole)
        words = [self.tr("n: {0}s that {1}.").format(unit_noun(agreement.unit), whose), kappa]
        if agreement.draws:
            words.append(self.tr("Interval: bootstrap over sources, {0:,} draws.").format(agreement.draws))
        return " ".join((*words, self.tr("◆ below 0.67.")))

    def _lay_out(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(self.tr("Coder pairs"), self._what))
        table = QHBoxLayout()
        table.setContentsMargins(px(PANE_PADDING), 0, px(PANE_PADDING), px(12))
        table.addWidget(self.pairs)
        column.addLayout(table)
        line = QFrame()
        set_look(line, "line")
        line.setFixedHeight(1)
        column.addWidget(line)
        column.addLayout(self._head(self.tr("Per code"), self._interval))
        column.addWidget(CodeListHead(self._theme, self.codes, self))
        column.addWidget(self.codes, 1)
        set_look(self._note, "small")
        self._note.setContentsMargins(px(PANE_PADDING), px(6), px(PANE_PADDING), px(10))
        column.addWidget(self._note)

    def _head(self, title: str, beside: Elided) -> QHBoxLayout:
        px = self._theme.px
        label = QLabel(title)
        set_look(label, "strong")
        set_look(beside, "small")
        beside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.setContentsMargins(px(PANE_PADDING), 0, px(PANE_PADDING), 0)
        row.setSpacing(px(8))
        label.setMinimumHeight(px(PANE_HEADER))
        row.addWidget(label)
        row.addStretch(1)
        row.addWidget(beside)
        return row
