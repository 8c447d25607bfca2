"""Which codings are shown: all, those of the current code's branch, or one's own."""

from __future__ import annotations

from PySide6.QtCore import QObject

from qcode.views.coding_codes import CodeList
from qcode.views.coding_document import Coding
from ui.screens.coding.codebook_pane import CodebookPane
from ui.screens.coding.marks import Marks
from ui.screens.coding.selected import Selected
from ui.screens.coding.toolbar import CodingToolbar, Shows


class WhichShown(QObject):
    """Follows the choice in the toolbar, and the codebook while a branch is shown."""

    def __init__(
        self, toolbar: CodingToolbar, marks: Marks, codebook: CodebookPane, codes: CodeList, coder: str, selected: Selected
    ) -> None:
        super().__init__(toolbar)
        self._toolbar, self._marks, self._codebook, self._codes, self._coder = toolbar, marks, codebook, codes, coder
        self._selected = selected
        toolbar.shows.connect(self._show)
        codebook.view.selectionModel().currentChanged.connect(self._renew_branch)

    def _show(self, shows: Shows) -> None:
        if shows is Shows.MINE:
            self._marks.set_filter(lambda coding: coding.coder == self._coder)
        elif shows is Shows.BRANCH:
            branch = self._branch()
            self._marks.set_filter(lambda coding: coding.code in branch)
        else:
            self._marks.set_filter(_all)
        self._selected.let_go_of_hidden()

    def _branch(self) -> set[str]:
        code = self._codebook.current()
        while code and code.parent:
            code = self._codes.codes.get(code.parent)
        return self._codes.branch(code.uuid) if code else set(self._codes.codes)

    def _renew_branch(self) -> None:
        if self._toolbar.shown is Shows.BRANCH:
            self._show(Shows.BRANCH)


def _all(_: Coding) -> bool:
    return True
