"""One HTML file that needs nothing else: style and script inside, and a policy that forbids it every network."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcode.errors import UserError
from qcode.exchange.exporters.assets import read_asset
from qcode.exchange.exporters.atomic import write_text
from qcode.exchange.exporters.characters import closed, visible
from qcode.exchange.exporters.heat import colours
from qcode.exchange.exporters.wording import belonging, place_of
from qcode.model.quote import Quote
from qcode.resources import resource

if TYPE_CHECKING:
    from jinja2 import Environment

MAX_QUOTES = 20_000


def write_page(path: Path, template: str, values: dict[str, Any], landscape: bool, *, scripted: bool = True, style: str = "") -> None:
    """Renders `template` to `path`, everything escaped, with the script that finds quotes where there are any, and the style sheet `style`
    beside the one of all pages; raises UserError when it cannot be written.

    The Content-Security-Policy lets in the page's own style and script by their hash, and nothing from anywhere.
    """
    looks, script = _style(landscape) + (read_asset(style) if style else ""), read_asset("report.js") if scripted else ""
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {_source(looks)}",
            f"script-src {_source(script)}" if scripted else "script-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    from markupsafe import Markup

    page = _environment().get_template(template)
    own = {"policy": policy, "style": Markup(looks), "script": Markup(script)}
    write_text(path, page.generate(**values, **own))


def refuse_too_many(count: int, path: Path) -> None:
    """Raises UserError when a browser would choke on that many quotes."""
    if count > MAX_QUOTES:
        raise UserError(
            f"{count:,} quotes are too many for {path.name}, one page holds {MAX_QUOTES:,}; narrow them with a filter or use xlsx."
        )


def quote_item(quote: Quote, anchor: str) -> dict[str, str]:
    """What the template `quote` shows of a quote."""
    return {
        "refers": "",
        "anchor": anchor,
        "id": visible(quote.id),
        "cases": closed(belonging(quote)),
        "words": visible(quote.quote),
        "place": place_of(quote),
        "coder": visible(quote.coder),
        "code": visible(quote.code),
        "memo": visible(quote.memo),
    }


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(resource("report"))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _style(landscape: bool) -> str:
    """The style sheet with the report's colours as its variables."""
    side = "landscape" if landscape else "portrait"
    variables = "".join(f"--{name.replace('_', '-')}:{value};" for name, value in _colour_names())
    return f":root{{{variables}}}\n@page{{size:A4 {side};margin:14mm 12mm}}\n{read_asset('report.css')}"


def _colour_names() -> Iterator[tuple[str, str]]:
    palette = colours()
    single = ((name, value) for name, value in palette.items() if isinstance(value, str))
    steps = ((f"{name}-{step}", value) for name in ("heat_pos", "heat_neg") for step, value in enumerate(palette[name]))
    return chain(single, steps)


def _source(text: str) -> str:
    """The text's hash as the policy names it."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
