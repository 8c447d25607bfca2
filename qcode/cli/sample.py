"""The sample command: sources that several coders code without seeing one another's work."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qcode.cli.command import DONE, Command, counted, give_json, give_lines, reading, say, writing
from qcode.errors import UserError

if TYPE_CHECKING:
    from qcode.project import Project
    from qcode.views.team import Sample

_COLUMNS = ("sample", "seed", "revealed", "coder", "sources", "finished", "reading")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--name", metavar="NAME", help="draw a sample of this name")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--share", type=_share, metavar="PART", help="how much of all sources: 0.1 or 10%%")
    size.add_argument("--count", type=_count, metavar="N", help="how many sources")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the number the draw begins with; the same draws the same")
    parser.add_argument("--coders", type=_names, default=(), metavar="A,B", help="who codes them")
    parser.add_argument("--reveal", metavar="NAME", help="say that the sample of this name is coded and may be compared")


def _run(args: Namespace) -> int:
    if args.reveal:
        if args.name or args.share or args.count:
            args.parser.error("--reveal stands alone")
        return _reveal(args)
    if args.name:
        return _draw(args)
    if args.share or args.count or args.coders:
        args.parser.error("a sample needs a name: --name 'Round 1'")
    return _list(args)


def _draw(args: Namespace) -> int:
    from qcode.operations.samples import draw_sample

    if not (args.share or args.count):
        args.parser.error("say how many sources to draw: --share 10% or --count 5")
    if len(args.coders) < 2:
        args.parser.error("a sample is for two coders or more: --coders Aida,Bolot")
    with writing(args) as project:
        draw_sample(project, args.name.strip(), share=args.share or 0.0, count=args.count or 0, seed=args.seed, coders=args.coders)
        sample = _named(project, args.name)
        sources = _sources(project, sample)
    if args.json:
        give_json({"sample": args.name, "seed": args.seed, "coders": list(args.coders), "sources": sources})
    else:
        print("\n".join(sources))
    say(f"{args.name}: {counted(len(sources), 'source')} for {' and '.join(args.coders)}, seed {args.seed}.")
    return DONE


def _reveal(args: Namespace) -> int:
    from qcode.operations.samples import reveal_sample

    with writing(args) as project:
        sample = _named(project, args.reveal)
        is_new = reveal_sample(project, sample.uuid)
    if args.json:
        give_json({"sample": sample.name, "revealed": True, "changed": is_new})
    say(f"{sample.name} is revealed." if is_new else f"{sample.name} was revealed before.")
    open_ = len(sample.sources) - sample.finished
    if is_new and open_:
        say(f"{counted(open_, 'source')} of it {'is' if open_ == 1 else 'are'} not finished by all coders.")
    return DONE


def _list(args: Namespace) -> int:
    from qcode.views.team import headway, list_samples

    with reading(args) as project:
        lines: list[dict[str, Any]] = []
        for sample in list_samples(project):
            people = [asdict(one) for one in headway(project, sample.uuid)]
            of_sample = {"sample": sample.name, "seed": sample.seed, "revealed": sample.revealed}
            lines.append(of_sample | {"sources": _sources(project, sample), "finished": sample.finished, "coders": people})
    if args.json:
        keys = ("coder", "assigned", "finished", "begun")
        give_json([line | {"coders": [{key: person[key] for key in keys} for person in line["coders"]]} for line in lines])
        return DONE
    give_lines(args, [_cells(line, person) for line in lines for person in line["coders"]], _COLUMNS)
    say(f"{counted(len(lines), 'sample')}." if lines else f"There is no sample in {args.file}.")
    return DONE


def _cells(line: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    progress = {"coder": person["coder"], "sources": person["assigned"], "finished": person["finished"], "reading": person["begun"]}
    return {"sample": line["sample"], "seed": line["seed"], "revealed": "yes" if line["revealed"] else "no"} | progress


def _named(project: Project, name: str) -> Sample:
    from qcode.views.team import list_samples

    samples = list_samples(project)
    found = next((sample for sample in samples if sample.name == name.strip()), None)
    if found is None:
        known = ", ".join(sample.name for sample in samples)
        raise UserError(f"There is no sample '{name}': " + (f"there is {known}." if known else "draw one first."))
    return found


def _sources(project: Project, sample: Sample) -> list[str]:
    """The names of its sources, as drawn."""
    from qcode.views.team import source_names

    names = source_names(project)
    return [names[source] for source in sample.sources if source in names]


def _share(written: str) -> float:
    try:
        share = float(written.removesuffix("%")) / (100 if written.endswith("%") else 1)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise ArgumentTypeError(f"'{written}' is not a share: write 0.1 or 10% for a tenth")
    return share


def _count(written: str) -> int:
    if not written.isdecimal() or not int(written):
        raise ArgumentTypeError(f"'{written}' is not a number of sources")
    return int(written)


def _names(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in written.split(",") if (name := part.strip())))


COMMANDS = {"sample": Command(_arguments, _run)}
