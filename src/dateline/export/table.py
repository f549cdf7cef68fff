"""A table for the terminal: each report's claims in the order of its text, each value with the
words it rests on."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.export.words import LABELS, Value, qualities, sentence, unstated, values
from dateline.model import Article, Claim, Outcome
from dateline.text import printable

_WIDEST = 120
_STYLES = {
    "actors": "bright_red",
    "targets": "yellow",
    "means": "magenta",
    "places": "green",
    "when": "cyan",
    "casualties": "bold magenta",
    "attribution": "deep_sky_blue3",
    "evidence": "bold cyan",
}


def write(
    outcomes: Iterable[Outcome], out: TextIO, *, width: int | None = None, colour: bool = False
) -> None:
    """Write each outcome that has an article as it comes. ``width`` in columns; when it is not
    given, the terminal's up to 120, or 120 where there is none. Without ``colour`` the output is
    plain text.
    """
    held = io.StringIO()
    console = Console(
        file=held,
        width=width or (min(_WIDEST, Console(file=out).width) if colour else _WIDEST),
        force_terminal=colour,
        color_system="auto" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for outcome in outcomes:
        if outcome.article is not None:
            _report(console, outcome.article, outcome.claims)
            for line in held.getvalue().splitlines():
                out.write(line.rstrip() + "\n")
            out.flush()
            held.seek(0)
            held.truncate()


def _report(console: Console, article: Article, claims: tuple[Claim, ...]) -> None:
    console.rule(characters="━", style="dim")
    console.print(Text(printable(article.title or article.ref), style="bold"))
    known = [article.ref, article.lang, article.outlet, article.url]
    known.insert(2, f"published {article.published}" if article.published else "no date given")
    known.append(f"{len(claims)} claim{'' if len(claims) == 1 else 's'}" if claims else "no claims")
    console.print(Text(printable(" · ".join(part for part in known if part)), style="dim"))
    for number, claim in enumerate(claims, 1):
        console.print()
        _claim(console, number, claim, article)
    console.print()


def _claim(console: Console, number: int, claim: Claim, article: Article) -> None:
    head = Text()
    head.append(f"{number:>3}  ", style="dim")
    head.append(printable(claim.type), style="bold")
    head.append("  ")
    head.append(f"“{printable(claim.trigger.text)}”", style="bold underline")
    for quality in qualities(claim):
        head.append("  ")
        head.append(f" {quality} ", style="reverse")
    if claim.confidence is not None:
        head.append(f"  confidence {claim.confidence:.2f}", style="dim")
    console.print(head)
    console.print(Padding(_sentence(claim, article), (0, 0, 0, 5)))
    rows = Table.grid(padding=(0, 2, 0, 0))
    rows.add_column(width=5)
    rows.add_column(no_wrap=True)
    rows.add_column(overflow="fold")
    shown = ""
    for value in values(claim):
        label = LABELS[value.field]
        rows.add_row("", Text("" if label == shown else label, style="dim"), _value(value))
        shown = label
    missing = ", ".join(unstated(claim))
    if missing:
        rows.add_row("", Text("not stated", style="dim"), Text(missing, style="dim"))
    console.print(rows)


def _value(value: Value) -> Text:
    text = Text()
    if value.words is not None:
        text.append(printable(value.words.text), style=_STYLES[value.field])
        if value.meaning and value.meaning != value.words.text:
            text.append(" → ", style="dim")
            text.append(printable(value.meaning))
        if value.detail:
            text.append(f" ({printable(value.detail)})", style="dim")
    else:
        text.append(value.meaning or value.detail)
        if value.meaning and value.detail:
            text.append(f" ({value.detail})", style="dim")
    return text


def _sentence(claim: Claim, article: Article) -> Text:
    """The sentence, its trigger underlined and its other words in the colours of their roles."""
    whole = sentence(claim, article)
    text = Text(printable(whole.text))
    for value in values(claim):
        if value.words is not None:
            _mark(text, value.words.start, value.words.end, whole.start, _STYLES[value.field])
    _mark(text, claim.trigger.start, claim.trigger.end, whole.start, "bold underline")
    return text


def _mark(text: Text, start: int, end: int, offset: int, style: str) -> None:
    if start >= offset and end - offset <= len(text):
        text.stylize(style, start - offset, end - offset)
