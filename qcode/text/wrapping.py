"""Lines broken at a margin, and which of them belong to one paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WIDEST = 130
_NARROWEST = 45
_FEWEST_PAIRS = 8
_SHARE_WRAPPED = 0.5
_SHARE_RUNNING_ON = 0.4
_SLACK = 0.85
_SLACK_RUNNING_ON = 0.7
_SLACK_AFTER_STOP = 0.9
_STOPS = ".!?:;"
_STARTS_ANEW = re.compile(
    r"[-–—•●▪■◦►‣*·+]\s|o\s+\S|\(?(?:\d{1,3}|[a-zа-я]|[ivx]{1,4})[.)]\s|\d{1,2}(?:\.\d{1,2}){1,4}\.?\s|#|\||>",
    re.IGNORECASE,
)


def starts_anew(line: str) -> bool:
    """Whether `line` (without blanks before it) opens with a bullet, a number or another mark of a new paragraph."""
    return _STARTS_ANEW.match(line) is not None


def usual_width(lengths: Sequence[int]) -> int:
    """The width of the lines in characters: that of the line below which 90 % of the longer half lie; 0 without lines."""
    longer = sorted(lengths)[len(lengths) // 2 :]
    return longer[int(len(longer) * 0.9)] if longer else 0


def broken_at_margin(line: str, following: str, width: int) -> bool:
    """Whether `line` ends because the first word of `following` did not fit into `width` characters.

    Allowance is made for ragged lines and letters of different width, more where `following` plainly goes on in small letters.
    """
    if line[-1:] in _STOPS:
        slack = _SLACK_AFTER_STOP
    else:
        slack = _SLACK_RUNNING_ON if following[:1].islower() else _SLACK
    room = int(width * slack) - len(line)
    return (room <= 0 or (len(following) > room and following.find(" ", 0, room) < 0)) and not starts_anew(following)


def margin_of(lines: Sequence[str], joins: Sequence[bool]) -> int:
    """The width at which a whole text was wrapped, or 0 when its lines are paragraphs of their own.

    `lines` are the non-blank lines without blanks at their ends; `joins[i]` says that no blank line stands before line i.
    A text counts as wrapped when its lines are 45-130 characters wide and most neighbours were broken at that margin.
    """
    width = usual_width([len(line) for line in lines])
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    pairs = [(lines[i - 1], lines[i]) for i in range(1, len(lines)) if joins[i]]
    running_on = sum(following[0].islower() for _, following in pairs)
    if len(pairs) < _FEWEST_PAIRS or running_on < _SHARE_RUNNING_ON * len(pairs):
        return 0
    wrapped = sum(broken_at_margin(line, following, width) for line, following in pairs)
    return width if wrapped >= _SHARE_WRAPPED * len(pairs) else 0
