"""Times and sizes of operations, each beside its floor from the same run, gathered into one table."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Goal:
    """What an operation may take on the large project, in seconds or megabytes (`unit` 'MB'): the median, and any one time."""

    operation: str
    limit: float | None
    unit: str = "s"
    worst: float | None = None


#: What is done in the window, with what it may take: in the median, and at worst.
WINDOW_ACTS = (
    ("open a project, first", 0.2, None),
    ("open a project, again", 0.2, None),
    ("switch source", 0.03, 0.05),
    ("open a source, 1,000 in 20 KB", 0.03, None),
    ("open a source, 1,000 in 200 KB", 0.04, None),
    ("open a source, 10,000 in 5 MB", 0.5, None),
    *((f"{act}{where}", *limits) for where in ("", ", 1,000 in 20 KB", ", 1,000 in 200 KB", ", 10,000 in 5 MB") for act, *limits in (
        ("apply a code", 0.008, 0.05), ("undo", 0.016, 0.05), ("redo", 0.016, 0.05), ("scroll step", 0.008, 0.008))),
    ("select in the code tree", 0.016, 0.05),
    ("letter in the filter of sources", 0.016, 0.05),
    ("list of sources filtered", 0.016, 0.05),
    ("letter in the filter of codes", 0.016, 0.05),
    ("list of codes filtered", 0.016, 0.05),
    ("open the picker", 0.016, 0.05),
    ("letter in the picker", 0.016, 0.05),
    ("matrix, first", None, None),
    ("matrix of 200 × 60", None, None),
    ("to another screen", 0.016, 0.05),
    ("another cell", 0.016, 0.05),
    ("quotes of another cell", None, None),
)
#: When the memory of the window is looked at.
WINDOW_PEAKS = ("coding", "large project", "with the 5 MB source")
PLATFORMS = ("offscreen", "xcb")
#: What is asked of two coders; medium are 20,000 codings, large 100,000.
AGREEMENT = (
    *(f"{unit}{again}" for unit in ("character", "sentence", "paragraph", "source") for again in ("", ", asked again")),
    "list of differences",
    "with unitising",
    "settle a difference",
    "take over what is alike",
)

GOALS = (
    Goal("command line, info", 0.3),
    Goal("import txt with index and hash", 2.3),
    Goal("codings from csv with journal", 3.5),
    Goal("codings from csv, by quote", None),
    Goal("megabytes added by the codings", 100, "MB"),
    Goal("project file", 170, "MB"),
    Goal("folding in and closing after it", None),
    Goal("open to a coding screen", 0.2),
    Goal("codings of a source, 1,000 in 20 KB", 0.03),
    Goal("codings of a source, 1,000 in 200 KB", 0.04),
    Goal("codings of a source, 10,000 in 5 MB", 0.5),
    Goal("apply a code, WAL", 0.008),
    Goal("apply a code, DELETE", 0.016),
    Goal("undo it", 0.016),
    Goal("redo it", 0.016),
    Goal("search words", 0.015),
    Goal("search regex", 1),
    Goal("code × country counts, 200 × 60", 0.15),
    Goal("code × country counts with strength, 200 × 60", 0.45),
    Goal("quotes of one code, first 50", 0.04),
    Goal("quotes of one code, all", 0.1),
    Goal("all codings to xlsx", 8),
    Goal("html report, up to 20,000 quotes", 3),
    Goal("size of the html report", 20, "MB"),
    Goal("Word report, up to 10,000 quotes", 5),
    Goal("content hash", 0.8),
    Goal("content hash, from nothing", 0.8),
    Goal("merge 40,000 into 60,000, with backup and hash", 3),
    Goal("plan of that merge", 1),
    Goal("peak memory of that merge", 600, "MB"),
    Goal("check all anchors", 1),
    Goal("check, without the journal", None),
    Goal("check, journal and indexes too", None),
    Goal("peak memory", 400, "MB"),
    *(Goal(f"agreement of two coders over 500 sources, {what}", 2) for what in AGREEMENT),
    *(
        goal
        for platform in PLATFORMS
        for goal in (
            Goal(f"start to first paint, warm, {platform}", 0.5),
            Goal(f"start to first paint, cold, {platform}", 1),
            *(Goal(f"{act}, {platform}", median, worst=worst) for act, median, worst in WINDOW_ACTS),
            *(Goal(f"peak memory of the window, {when}, {platform}", 400, "MB") for when in WINDOW_PEAKS),
        )
    ),
)
SIZES = ("small", "medium", "large")


@dataclass
class Board:
    """The lines of the table as they come in: medians by operation and size, ours and the floor's."""

    ours: dict[tuple[str, str], float] = field(default_factory=dict)
    floors: dict[tuple[str, str], float] = field(default_factory=dict)
    worst: dict[tuple[str, str], float] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def compare(
        self, operation: str, size: str, ours: Callable[[], object], floor: Callable[[], object] | None = None, repeats: int = 5
    ) -> None:
        """Time `ours` and `floor` in turns, so that both meet the same noise, and keep the medians."""
        found: list[float] = []
        floors: list[float] = []
        for _ in range(repeats):
            if floor:
                floors.append(seconds(floor))
            found.append(seconds(ours))
        self.put(operation, size, statistics.median(found), statistics.median(floors) if floors else None)

    def put(self, operation: str, size: str, value: float, floor: float | None = None) -> None:
        """Keep a value that was measured elsewhere."""
        assert any(goal.operation == operation for goal in GOALS), operation
        self.ours[operation, size] = value
        if floor is not None:
            self.floors[operation, size] = floor

    def put_all(self, operation: str, size: str, times: Sequence[float], floors: Sequence[float] = ()) -> None:
        """Keep times that were measured elsewhere, in seconds: their median and the worst of them."""
        self.put(operation, size, statistics.median(times), statistics.median(floors) if floors else None)
        self.worst[operation, size] = max(times)

    def table(self) -> str:
        """All lines in the order of the goals; what was not measured says why."""
        head = ("operation", "goal", "floor", "qcode", "× floor", "worst", "", *SIZES[:2], "growth")
        lines = [head, *(self._line(goal) for goal in GOALS)]
        widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
        return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines)

    def _line(self, goal: Goal) -> tuple[str, ...]:
        name = goal.operation
        medium, large = (self.ours.get((name, size)) for size in SIZES[1:])
        floor = self.floors.get((name, "large"))
        if large is None:
            return name, _shown(goal.limit, goal.unit), "", self.notes.get(name, "not measured"), *[""] * 6
        worst = self.worst.get((name, "large"))
        return (
            name,
            _shown(goal.limit, goal.unit),
            _shown(floor, goal.unit),
            _shown(large, goal.unit),
            f"{large / floor:.1f}" if floor else "",
            _shown(worst, goal.unit),
            _verdict(goal, large, worst),
            *(_shown(self.ours.get((name, size)), goal.unit) for size in SIZES[:2]),
            f"×{large / medium:.1f}" if medium else "",
        )


def _verdict(goal: Goal, median: float, worst: float | None) -> str:
    over = [f"over by {median / goal.limit - 1:.0%}"] if goal.limit and median > goal.limit else []
    if goal.worst and worst and worst > goal.worst:
        over.append(f"worst over by {worst / goal.worst - 1:.0%}")
    return ", ".join(over) or ("ok" if goal.limit else "")


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == "MB":
        return f"{value:.0f} MB" if value >= 10 else f"{value:.1f} MB"
    return f"{value:.2f} s" if value >= 0.1 else f"{value * 1000:.1f} ms"


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes as in a process of its own: the collector does not walk what the tests hold."""
    gc.collect()
    gc.freeze()
    start = time.perf_counter()
    work()
    took = time.perf_counter() - start
    gc.unfreeze()
    return took


@dataclass(frozen=True)
class Ran:
    """What a program of its own took: seconds, and the most memory it held, in megabytes (0 where the system does not say)."""

    seconds: float
    megabytes: float


def run(arguments: Sequence[str]) -> float:
    """Seconds that Python takes with `arguments` from the top of the checkout; fails when the program does."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


# The system's count for a child begins with what its parent held, so the child itself looks.
_WATCHED = """
import atexit, pathlib, re, runpy, sys
out, sys.argv = sys.argv[1], ["qcode", *sys.argv[2:]]
def note():
    status = pathlib.Path("/proc/self/status")
    most = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
    pathlib.Path(out).write_text(most[1] if most else "0")
atexit.register(note)
runpy.run_module("qcode", run_name="__main__")
"""


def watch(command: Sequence[str], note: Path) -> Ran:
    """What a command of qcode takes in a process of its own; `note` is a file to be written on the way."""
    took = run(["-c", _WATCHED, str(note), *command])
    return Ran(took, int(note.read_text()) / 1000)
