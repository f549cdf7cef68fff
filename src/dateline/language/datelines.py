"""The line before a report: "17 May 2017. -", "PARIS, 3 May (AFP) -", "Paris, 3 May 2019:"."""

from __future__ import annotations

import re

from dateline.language.time import TimeGrammar
from dateline.model import Span
from dateline.syntax import Dateline, Report
from dateline.text import fold

_PARAGRAPHS_LOOKED_AT = 12
# A name begins with a letter here; that it is a capital is looked at afterwards, in any script.
_NAME = r"[^\W\d_]{2,}(?:[ '-]+[^\W\d_]+){0,4}"
_CLOSE = re.compile(
    rf"(?:,? ?(?P<place>{_NAME})(?= ?[.,(-]))?"
    r"[0-9A-Z:+, ]{0,20}(?: ?\([^()\n]{1,60}\))?[ .,)]*(?:-+ |-+$|: |$)"
)
_PLACED = re.compile(
    r"([^\W\d_](?:[^\W\d_]|[' -]){2,40}?)(?:, ?[^\n().:]{1,40})? ?\([^()\n]{1,60}\) ?-+ "
)
_LEAVE = " ,.:(-"


def find_dateline(report: Report, grammar: TimeGrammar) -> Dateline | None:
    """The dateline of a report: the day, the place, or both, that stand before its first sentence,
    in a paragraph of their own or at the head of one. None if there is none."""
    shown = [p for p in report.body if p != report.headline][:_PARAGRAPHS_LOOKED_AT]
    if not shown and report.body:
        shown = [report.body[0]]
    for paragraph in shown:
        found = _dated(report, paragraph, grammar) or _placed(report, paragraph)
        if found is not None:
            return found
    return None


def _dated(report: Report, paragraph: Span, grammar: TimeGrammar) -> Dateline | None:
    end = min(paragraph.end, paragraph.start + 160)
    expression = next(iter(grammar.find(report.view, paragraph.start, end)), None)
    if expression is None:
        return None
    day = expression.inner[0] if expression.kind == "joined" else expression
    if day.kind != "date" or not {"day"} < day.slots.keys():
        return None
    before = report.view[paragraph.start : day.start]
    after = _CLOSE.match(report.view[expression.end : paragraph.end])
    if after is None:
        return None
    folded = fold(before).strip(" ,(")
    words = sorted((fold(w) for w in grammar.file.dateline.before), key=len, reverse=True)
    word = next((w for w in words if folded == w or folded.endswith((f" {w}", f",{w}"))), "")
    place = before.strip(" ,(")
    place = place[: len(place) - len(word)].strip(_LEAVE)
    start = paragraph.start + before.find(place)
    if place and not _is_name(report.span(start, start + len(place)).text):
        return None
    if not place and after.group().rstrip().endswith(":"):
        return None
    if after["place"] and not (after["place"][0].isupper() and _is_name(after["place"])):
        return None
    if not place and after["place"]:
        place, start = after["place"], expression.end + after.start("place")
    return Dateline(
        span=report.span(paragraph.start, expression.end + after.end()),
        date=report.span(day.start, day.end),
        place=report.span(start, start + len(place)) if place else None,
    )


def _is_name(words: str) -> bool:
    """Whether every longer word begins with a capital, as in a place's name."""
    return len(words) <= 60 and all(
        word[0].isupper() for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3
    )


def _placed(report: Report, paragraph: Span) -> Dateline | None:
    place = _PLACED.match(report.view[paragraph.start : paragraph.end])
    start = paragraph.start
    # Seen in the article's own text: a view may read capitals as ordinary case.
    if place is None or not report.span(start, start + place.end(1)).text.isupper():
        return None
    return Dateline(
        span=report.span(start, start + place.end()),
        place=report.span(start, start + place.end(1)),
    )
