"""One self-contained page: each report with its words marked by role, its claims beside it.

The page asks nothing of any network, runs only its own script, and shows every text as data: the
template escapes all of it, and a content security policy allows just the style and script whose
hashes it names.
"""

from __future__ import annotations

import base64
import bisect
import hashlib
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any, TextIO

from dateline import __version__
from dateline.export.words import LABELS, Value, qualities, unstated, values
from dateline.model import Article, Claim, Outcome
from dateline.text import suspicious

TRIGGER = "trigger"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINKABLE = re.compile(r"https?://", re.I)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that one role of one or more claims rests on. ``lane`` is how many
    marks it lies below, so that marks that overlap can all be seen."""

    start: int
    end: int
    role: str
    claims: tuple[int, ...]
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text under the same marks, the outermost first. ``opens`` is the claim whose
    trigger begins here."""

    text: str
    marks: tuple[Mark, ...]
    opens: tuple[int, ...] = ()
    furniture: bool = False
    headline: bool = False


def write(outcomes: Iterable[Outcome], out: TextIO) -> None:
    """Write one page of all outcomes, those that failed at its end with their reasons."""
    reports: list[dict[str, Any]] = []
    failed = []
    for outcome in outcomes:
        if outcome.article is None:
            failed.append(outcome)
        else:
            reports.append(_report(len(reports) + 1, outcome.article, outcome.claims))
    from markupsafe import Markup

    template, style, script = _template()
    page = template.generate(
        reports=reports,
        failed=failed,
        labels=LABELS,
        version=__version__,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        claims=sum(len(report["claims"]) for report in reports),
    )
    for piece in page:
        out.write(piece)


def segments(article: Article, claims: Sequence[Claim]) -> tuple[Segment, ...]:
    """The article's text cut wherever a mark begins or ends; joined, they are the text again."""
    found = _lanes(_marks(claims))
    headline = _headline_end(article)
    edges = {0, headline, len(article.text)}
    for mark in found:
        edges |= {mark.start, mark.end}
    for piece in article.furniture:
        edges |= {piece.start, piece.end}
    cuts = sorted(edges)
    furniture = {piece.start: piece.end for piece in article.furniture}
    opening: dict[int, list[int]] = {}
    for number, claim in enumerate(claims, 1):
        opening.setdefault(claim.trigger.start, []).append(number)
    result = []
    active: list[Mark] = []
    waiting = sorted(found, key=lambda mark: mark.start, reverse=True)
    skipped_to = 0
    for start, end in itertools.pairwise(cuts):
        skipped_to = max(skipped_to, furniture.get(start, 0))
        active = [mark for mark in active if mark.end > start]
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        marks = tuple(sorted(active, key=lambda mark: -mark.lane))
        opens = tuple(opening.get(start, ()))
        words = article.text[start:end]
        result.append(Segment(words, marks, opens, start < skipped_to, end <= headline))
    return tuple(result)


def _headline_end(article: Article) -> int:
    """Where the text's first line ends when it is the article's title, else 0."""
    first = article.text.partition("\n")[0]
    return len(first) if article.title and first.strip() == article.title.strip() else 0


def _marks(claims: Sequence[Claim]) -> list[Mark]:
    holders: dict[tuple[int, int, str], list[int]] = {}
    for number, claim in enumerate(claims, 1):
        spans = [(claim.trigger.start, claim.trigger.end, TRIGGER)]
        spans += [(v.words.start, v.words.end, v.field) for v in values(claim) if v.words]
        for span in spans:
            if number not in holders.setdefault(span, []):
                holders[span].append(number)
    return [Mark(*span, tuple(numbers)) for span, numbers in holders.items() if span[0] < span[1]]


def _lanes(marks: list[Mark]) -> list[Mark]:
    """Give each mark the lowest lane that no mark it overlaps has; short marks come lowest."""
    lanes: list[list[tuple[int, int]]] = []
    placed = []
    for mark in sorted(marks, key=lambda m: (m.end - m.start, m.start, m.role)):
        number = next((n for n, lane in enumerate(lanes) if _free(lane, mark)), len(lanes))
        if number == len(lanes):
            lanes.append([])
        bisect.insort(lanes[number], (mark.start, mark.end))
        placed.append(replace(mark, lane=number))
    return placed


def _free(lane: list[tuple[int, int]], mark: Mark) -> bool:
    """Whether a mark overlaps nothing in a lane, whose marks are in order and apart."""
    at = bisect.bisect_left(lane, (mark.end, 0))
    return at == 0 or lane[at - 1][1] <= mark.start


def _report(number: int, article: Article, claims: tuple[Claim, ...]) -> dict[str, Any]:
    return {
        "number": number,
        "article": article,
        "title": article.title or article.ref,
        "titled": _headline_end(article) > 0,
        "link": article.url if article.url and _LINKABLE.match(article.url) else None,
        "segments": segments(article, claims),
        "warnings": suspicious(article.text),
        "claims": [_card(n, claim) for n, claim in enumerate(claims, 1)],
    }


def _card(number: int, claim: Claim) -> dict[str, Any]:
    rows: dict[str, list[Value]] = {}
    for value in values(claim):
        rows.setdefault(value.field, []).append(value)
    return {
        "number": number,
        "claim": claim,
        "qualities": tuple(qualities(claim)),
        "rows": tuple(rows.items()),
        "unstated": tuple(unstated(claim)),
        "provenance": sorted(claim.provenance.items()),
    }


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _template() -> tuple[Any, str, str]:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = resources.files("dateline").joinpath("export", "templates")

    def source(name: str) -> str:
        return folder.joinpath(name).read_text(encoding="utf-8")

    environment = Environment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # What may not stand in a page (controls, lone surrogates) is shown as what it is: unknown.
        finalize=lambda value: _CONTROLS.sub("\ufffd", value) if type(value) is str else value,
    )
    return environment.get_template("page.html"), source("page.css"), source("page.js")
