"""Build the worked example and its synthesis table: python projects/central-asia/build.py [FOLDER]

Goes through the engine as any user would; the seed makes ids and times the same on every machine. FOLDER is `build/central-asia` in
the checkout if it is not given; what an earlier build left there is replaced.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from qcode.cli.matrix import print_matrix
from qcode.exchange.registry import MATRIX_WRITERS, writer
from qcode.exchange.tables import read_table
from qcode.model.identity import Identities
from qcode.model.matrix import Measure
from qcode.model.reading import ReadingStatus
from qcode.model.report import MatrixReport
from qcode.opening import create_project
from qcode.operations.cases import import_assignments, import_cases, name_level
from qcode.operations.codebook import import_codebook
from qcode.operations.coding_table import import_codings
from qcode.operations.readings import mark_readings
from qcode.operations.sources import import_files, import_source_table
from qcode.project import Project
from qcode.views.matrix import MatrixQuestion, build_matrix, build_report

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "build" / "central-asia"
SEED = 2022
TITLE = "Decent work programme in Central Asia, 2018-22"
QUESTION = MatrixQuestion(rows=("Success factors", "Constraints"), columns="case:1")


def build(path: Path) -> Project:
    """The example as a project at `path`, open for writing; what stood there before is removed."""
    path.unlink(missing_ok=True)
    project = create_project(path, TITLE, coder="Anna L.", identities=Identities.seeded(SEED))
    import_files(project, [HERE / "sources"], strict=True)
    import_codebook(project, read_table(HERE / "codebook-first.csv"), strict=True)
    import_cases(project, read_table(HERE / "cases.csv"), strict=True)
    name_level(project, 1, "Country")
    import_source_table(project, read_table(HERE / "sources.csv"), strict=True)
    import_assignments(project, read_table(HERE / "assign.csv"), strict=True)
    mark_round(project, "1")
    # From here on there is the code 'Monitoring and indicators', which the readings of round 1 did not know.
    import_codebook(project, read_table(HERE / "codebook.csv"), strict=True)
    for codings in sorted(HERE.glob("codings-*.csv")):
        import_codings(project, read_table(codings), strict=True)
    mark_round(project, "2")
    return project


def mark_round(project: Project, number: str) -> None:
    """Mark the readings of one round."""
    table = read_table(HERE / "readings.csv")
    columns = (table.column(name) for name in ("coder", "source", "status", "round"))
    for coder, source, status, its_round in zip(*columns, strict=True):
        if its_round == number:
            mark_readings(project, [source], ReadingStatus(status), coder)


def export(project: Project, folder: Path) -> list[Path]:
    """Write the table of success factors and constraints by country, with the quotes behind it, and give the files."""
    report = build_report(project, QUESTION, "Success factors and constraints in five countries")
    return [_write(report, folder / f"success-and-constraints.{kind}") for kind in ("xlsx", "docx", "html", "csv")]


def _write(report: MatrixReport, path: Path) -> Path:
    writer(MATRIX_WRITERS, path.suffix[1:])(report, path)
    return path


def main(folder: Path) -> None:
    """Build, print the table in counts and in its three states, and say where everything is."""
    folder.mkdir(parents=True, exist_ok=True)
    with build(folder / "central-asia.qcode") as project:
        for measure, words in ((Measure.CODINGS, "Quotes"), (Measure.PRESENCE, "+ found   0 read, nothing found   ? not (fully) read")):
            print(f"\n{TITLE}: {words}\n")
            print_matrix(build_matrix(project, MatrixQuestion(QUESTION.rows, QUESTION.columns, measure)))
        files = export(project, folder)
    print("\nThe project, and the table with the quotes behind it:")
    for file in (folder / "central-asia.qcode", *files):
        print(f"  {file}")


if __name__ == "__main__":
    parser = ArgumentParser(description="Build the worked example and its synthesis table.")
    parser.add_argument("folder", nargs="?", type=Path, default=TARGET, help="where to; what an earlier build left there is replaced")
    main(parser.parse_args().folder.absolute())
