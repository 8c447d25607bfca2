"""The agreement command."""

from __future__ import annotations

import csv
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcode.agreement.units import Unit
from qcode.cli.command import DONE, Command, add_output, counted, give_json, give_table, output_format, reading, say

if TYPE_CHECKING:
    from qcode.agreement.figures import Agreement, Figure, Line
    from qcode.views.agreement import Measured

_NONE = "–"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--coders", required=True, type=_names, metavar="A,B[,C]", help="two coders or more; in quotes if with a comma")
    parser.add_argument("--unit", type=Unit, choices=list(Unit), default=Unit.SENTENCE, metavar="|".join(Unit), help="what is judged")
    parser.add_argument("--code", default="", metavar="C", help="only this code, with the codes below it")
    add_output(parser)


def _names(written: str) -> tuple[str, ...]:
    return tuple(name.strip() for line in csv.reader([written], skipinitialspace=True) for name in line if name.strip())


def _run(args: Namespace) -> int:
    from qcode.exchange.registry import TABLE_WRITERS, writer
    from qcode.views.agreement import AgreementQuestion, AgreementView, unrevealed_words

    kind = output_format(args, list(TABLE_WRITERS)) if args.output else ""
    with reading(args) as project:
        view = AgreementView(project)
        measured = view.measure(AgreementQuestion(args.coders, args.unit, args.code), unitising=args.json)
        if args.output:
            writer(TABLE_WRITERS, kind)(view.report(measured), Path(args.output))
            say(f"{args.output}: {counted(len(measured.codes), 'code')}.")
    if args.json:
        give_json(as_document(measured))
    elif not args.output:
        print_figures(measured)
    say(basis_of(measured.agreement))
    if measured.unrevealed:
        say(f"Without {unrevealed_words(measured.unrevealed)}: 'qcode sample {args.file} --reveal NAME' lets them be compared.")
    return DONE


def basis_of(agreement: Agreement) -> str:
    """What the figures rest on, in a sentence."""
    whose = "both" if len(agreement.coders) == 2 else "two or more of them"
    interval = f"95 % interval by {agreement.draws:,} draws of sources" if agreement.draws else "too few sources for an interval"
    said = f"{counted(agreement.sources, 'source')} that {whose} finished; unit {agreement.unit}; {interval}."
    if len(agreement.coders) == 2:
        return said
    whole = counted(agreement.finished_by_all, "source") if agreement.finished_by_all else "no source"
    return f"{said} Fleiss' kappa is of those that all of them finished: {whole}."


def as_document(measured: Measured) -> dict[str, Any]:
    """The figures as `--json` prints them: all that are defined, `too_few` beside those that rest on too little, null for the others."""
    agreement = measured.agreement
    return {
        "coders": list(agreement.coders),
        "unit": agreement.unit.value,
        "sources": agreement.sources,
        "unrevealed": measured.unrevealed,
        "finished_by_all": agreement.finished_by_all,
        "draws": agreement.draws,
        "overlap": agreement.enough,
        "codes": [
            {"code": code.path, **_document_of(agreement, line)} for code, line in zip(measured.codes, agreement.lines, strict=True)
        ],
        "overall": _document_of(agreement, agreement.overall),
    }


def _document_of(agreement: Agreement, line: Line) -> dict[str, Any]:
    from qcode.views.agreement import note_of

    figures = {
        "percent": _times(line.percent, 100),
        "cohen_kappa": line.cohen,
        "fleiss_kappa": line.fleiss,
        "krippendorff_alpha": line.alpha,
        "f1": line.f1,
    }
    unitised = line.unitised
    return {
        "unit": agreement.unit.value,
        "n": line.units,
        "coded": line.coded,
        "sources": line.sources,
        **{name: figure.value for name, figure in figures.items()},
        "intervals": {name: None if figure.low is None else [figure.low, figure.high] for name, figure in figures.items()},
        "prevalence": dict(zip(agreement.coders, line.prevalence, strict=True)),
        "unitising": unitised and {"u": unitised.u, "bar_u": unitised.bar_u, "cu": unitised.cu, "coverage": unitised.coverage},
        "fleiss_basis": {"sources": line.whole.sources, "n": line.whole.units, "coded": line.whole.coded, "too_few": line.whole.too_few},
        "too_few": line.too_few,
        "note": note_of(line),
    }


def _times(figure: Figure, factor: float) -> Figure:
    from qcode.agreement.figures import Figure

    return Figure(*(None if value is None else factor * value for value in (figure.value, figure.low, figure.high)))


def print_figures(measured: Measured) -> None:
    """Print the figures for reading in a terminal; those of too few units are not shown."""
    from qcode.views.agreement import ALL_CODES, fleiss_of, note_of

    agreement = measured.agreement
    pair = len(agreement.coders) == 2
    kappas = ["Cohen kappa", "Fleiss kappa"] if pair else ["Fleiss kappa", "of coded"]
    head = ["code", "unit", "n", "coded", "percent", *kappas, "Krippendorff alpha", "95 %", "note"]
    rows = []
    for name, line in [*zip((code.path for code in measured.codes), agreement.lines, strict=True), (ALL_CODES, agreement.overall)]:
        percent = _NONE if line.percent.value is None else f"{line.percent.value:.1%}"
        chance = [_shown(line, line.cohen), _shown(line, line.fleiss)] if pair else [_shown(line, fleiss_of(line)), f"{line.whole.coded:,}"]
        ends = _NONE if line.too_few or line.alpha.low is None else f"{line.alpha.low:z.2f} to {line.alpha.high:z.2f}"
        basis = [f"{line.units:,}", f"{line.coded:,}", percent]
        rows.append([name, agreement.unit.value, *basis, *chance, _shown(line, line.alpha), ends, note_of(line)])
    give_table(head, rows)


def _shown(line: Line, figure: Figure) -> str:
    return _NONE if line.too_few or figure.value is None else f"{figure.value:z.3f}"


COMMANDS = {"agreement": Command(_arguments, _run)}
