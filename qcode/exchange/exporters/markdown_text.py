"""Text as markdown that shows it as it is: nothing in a quote becomes a link, a heading or a tag."""

from __future__ import annotations

import re

from qcode.exchange.exporters.characters import closed
from qcode.exchange.exporters.wording import attribution, place_of
from qcode.model.quote import Quote

_SPECIAL = re.compile(r"([\\`*_{}\[\]|~#$!])")
_STARTS = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))", re.MULTILINE)
_BREAKS = re.compile("\r\n|[\n\r\u2028\u2029]")


def inline(text: str) -> str:
    """One line of text, safe in a sentence, a heading or a table cell; line breaks become '<br>'."""
    return _BREAKS.sub("<br>", _escaped(text))


def quoted(text: str) -> str:
    """A text as a block quote that keeps its lines; ends without a line end."""
    lines = _BREAKS.split(_STARTS.sub(_hold, _escaped(text)))
    return "\n".join(f"> {line}  " if line else ">" for line in lines).rstrip(" ")


def _escaped(text: str) -> str:
    text = closed(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", text)


def _hold(found: re.Match[str]) -> str:
    """Keeps a line from becoming a list, a rule or a definition."""
    space, start = found.groups()
    return f"{space}{start}\\" if start.isdigit() else f"{space}\\{start}"


def entry(quote: Quote, anchor: str) -> str:
    """A quote with its anchor, its ID, its words and where it comes from."""
    facts = " · ".join(inline(part) for part in (place_of(quote), attribution(quote), f"coded by {quote.coder}") if part)
    return f'<a id="{anchor}"></a>**{inline(quote.id)}** {facts}\n\n{quoted(quote.quote)}\n'
