"""Who was heard as a report, with the sentence for the chapter on methods."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.exchange.exporters.wording import counted, noun_of, plural_of
from qcode.model.heard import Tally
from qcode.model.report import Section, SectionsReport
from qcode.model.strength import GROUP_NAMES, METHOD_NAMES
from qcode.project import Project
from qcode.views.heard import Heard
from qcode.views.provenance import provenance

_Row = tuple[str | int, ...]
NOT_SAID = "not said"
_NUMBERS = ("talks", "sources", "people", "women", "men", NOT_SAID)


def heard_report(project: Project, heard: Heard, conditions: Sequence[tuple[str, str]] = ()) -> SectionsReport:
    """Who was heard by country and group, by group and by method, and the sources that were left out; `conditions` are those it was read
    with."""
    sections = [_by_country(heard), _by_group(heard), _by_method(heard)]
    if heard.silent:
        note = "Nobody is heard in these sources, as far as their cases say: give the cases people, a gender or a stakeholder group."
        sections.append(Section("Not counted", note, ("source",), tuple((name,) for name in heard.silent)))
    filters = ", ".join(f"{name} = {value}" for name, value in conditions) or "none"
    with project.reading() as db:
        return SectionsReport("Who was heard", sentence(heard), tuple(sections), provenance(project, db, filters))


def sentence(heard: Heard) -> str:
    """'12 talks with 17 people (9 women and 8 men): 11 interviews and 1 focus group with 6 people, in 5 countries and 4 stakeholder
    groups.'"""
    total = heard.total
    if not total.partners:
        return "Nobody was heard yet, as far as cases and sources say."
    by_number = sorted(heard.by_method(), key=lambda one: -one[1].partners)
    methods = _listed([_of_method(name, found) for name, found in by_number if name])
    named = ((noun_of(heard.country), heard.countries), ("stakeholder group", heard.groups))
    places = [counted(len(names), noun) for noun, every in named if (names := [name for name in every if name])]
    where = f", in {_listed(places)}" if places else ""
    talks = f"{counted(total.partners, 'talk')} with {_people(total)}{f': {methods}' if methods else ''}{where}."
    assumed = sum(one.is_assumed and not one.women and not one.men for one in heard.partners)
    if not assumed:
        return talks
    counts = "it counts" if assumed == 1 else "each counts"
    return f"{talks} Of {counted(assumed, 'talk')} nobody said how many people took part: {counts} as one person."


def _people(found: Tally) -> str:
    each = ((found.women, "woman", "women"), (found.men, "man", "men"), (found.unsaid, NOT_SAID, NOT_SAID))
    said = _listed([f"{number:,} {one if number == 1 else several}" for number, one, several in each if number and found.women + found.men])
    return f"{found.people:,} {'person' if found.people == 1 else 'people'}{f' ({said})' if said else ''}"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1] if parts else "") if part)


def _of_method(name: str, found: Tally) -> str:
    """'11 interviews', '1 focus group with 6 people'; a method in another language is not inflected: '3 × интервью'."""
    talks = counted(found.partners, noun_of(name)) if name.isascii() else f"{found.partners:,} × {name}"
    return talks if found.people == found.partners else f"{talks} with {found.people:,} people"


def _by_country(heard: Heard) -> Section:
    rows: list[_Row] = []
    for country in heard.countries:
        groups = [(group, found) for group in heard.groups if (found := heard.of(country, group)).partners]
        rows += [(country or NOT_SAID, group or NOT_SAID, *_numbers(found)) for group, found in groups]
        if len(groups) > 1:
            rows.append((country or NOT_SAID, "all", *_numbers(heard.of(country))))
    rows.append(("all", "all", *_numbers(heard.total)))
    columns = (noun_of(heard.country), heard.group or GROUP_NAMES[0], *_NUMBERS)
    return Section(f"By {columns[0]} and group", "" if heard.group else _lacking(GROUP_NAMES[0]), columns, tuple(rows))


def _by_group(heard: Heard) -> Section:
    rows: list[_Row] = [
        (group or NOT_SAID, len({one.country for one in heard.partners if one.group == group} - {""}), *_numbers(heard.of(group=group)))
        for group in heard.groups
    ]
    return Section("By group", "", (heard.group or GROUP_NAMES[0], plural_of(noun_of(heard.country)), *_NUMBERS), tuple(rows))


def _by_method(heard: Heard) -> Section:
    rows: list[_Row] = [(method or NOT_SAID, *_numbers(found)) for method, found in heard.by_method()]
    note = "Who was heard by several methods is in the row of each." if any(len(one.methods) > 1 for one in heard.partners) else ""
    columns = (heard.method or METHOD_NAMES[0], *_NUMBERS)
    return Section("By method", note if heard.method else _lacking(METHOD_NAMES[0]), columns, tuple(rows))


def _lacking(name: str) -> str:
    return f"No attribute of the project is called '{name}': give the cases one to see them apart."


def _numbers(found: Tally) -> tuple[int, ...]:
    return (found.partners, found.sources, found.people, found.women, found.men, found.unsaid)
