"""Where a statement comes from, down to the words of quotes, and what comes of it."""

from __future__ import annotations

from pathlib import Path

from qcode.model.statement import Ground, Sort
from qcode.model.summary import SummaryPlace
from qcode.operations.codings import remove_codings
from qcode.operations.statements import write_statement
from qcode.store.journal import Act
from qcode.views.chain import ChainLine, Step, chain_of
from tests.operations.examples import example


def told(lines: tuple[ChainLine, ...]) -> list[tuple[int, Step, str]]:
    return [(line.depth, line.step, line.title.split("-")[0]) for line in lines]


def test_down_to_the_words_and_up_to_what_comes_of_it(tmp_path: Path) -> None:
    here = example(tmp_path / "p.qcode")
    with here.project as project:
        grounds = [Ground(coding=here.coding), Ground(cell=SummaryPlace(here.code))]
        finding = write_statement(project, Sort.FINDING, "a", grounds=grounds)
        conclusion = write_statement(project, Sort.CONCLUSION, "b", grounds=[Ground(statement=finding)])
        advice = write_statement(project, Sort.RECOMMENDATION, "c", grounds=[Ground(statement=one) for one in (conclusion, finding)])
        below = [(Step.CELL, "Late payment × all columns"), (Step.QUOTE, "#KGZ01"), (Step.QUOTE, "#KGZ01")]
        of_finding = [(0, Step.STATEMENT, "F1"), *((depth, *one) for depth, one in zip((1, 2, 1), below, strict=True))]
        chain = chain_of(project, advice)
        assert told(chain.down) == [
            (0, Step.STATEMENT, "R1"),
            (1, Step.STATEMENT, "C1"),
            *((depth + 2, step, title) for depth, step, title in of_finding),
            *((depth + 1, step, title) for depth, step, title in of_finding),
        ]
        quote = next(line for line in chain.down if line.step is Step.QUOTE)
        assert (quote.words, quote.facts) == ("trainers were paid late", "KGZ01 · Kyrgyzstan > Aida")
        assert told(chain.up) == [(0, Step.STATEMENT, "R1")]
        up = told(chain_of(project, finding).up)
        assert up == [(0, Step.STATEMENT, "F1"), (1, Step.STATEMENT, "C1"), (2, Step.STATEMENT, "R1"), (1, Step.STATEMENT, "R1")]
        remove_codings(project, [here.coding])
        gone = chain_of(project, finding).down[-1]
        assert (gone.step, gone.words, gone.notes[0].split(": ")[1].split(",")[0]) == (Step.QUOTE, "", "removed by Ada")
        assert chain_of(project, here.note).down == ()


def test_statements_in_a_circle_of_a_foreign_file_are_each_met_once(tmp_path: Path) -> None:
    here = example(tmp_path / "p.qcode")
    with here.project as project:
        one, other = (write_statement(project, Sort.CONCLUSION, words) for words in "ab")

        def circle(act: Act) -> None:
            for above, below in ((one, other), (other, one), (one, one)):
                act.insert("grounds", {"statement": above, "other": below}, Ground(statement=below).uuid_for(above))

        project.transact("link", "Link in a circle", circle)
        chain = chain_of(project, one)
        assert [line.title for line in chain.down] == [line.title for line in chain.up] == ["C1", "C2"]
