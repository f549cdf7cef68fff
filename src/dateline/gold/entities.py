"""entities: gold of named entities, for what the search for places and actors recovers of them.

Of a report's ``Location`` entities it is counted how many overlap a place that we name (a country,
a town, a region, a spot; adjectives are no names), of its ``Organization`` entities how many
overlap an actor that the codebook knows, or a place. Most organisations of ordinary news are no
actors of conflict and have no entry: what is recovered of them says how much of the news the
codebook covers, and is no aim in itself. What the gold calls otherwise (people, events, products,
dates) is neither wanted nor held against us, so precision is given for locations only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dateline.agreement import Count
from dateline.codebook import codebook
from dateline.gazetteer import open_gazetteer
from dateline.gold.geovirus import NAMES, report_of, toponyms_of
from dateline.gold.reading import (
    OVERALL,
    SLOT,
    Code,
    Fault,
    Mark,
    Measure,
    Reader,
    Result,
    Row,
    Seen,
    Share,
    context,
    nothing_seen,
)

LOCATION, ORGANIZATION = "Location", "Organization"
_Span = tuple[int, int]


class EntityGold(Reader):
    """Rows of ``id``, ``text``, ``entities`` (``type``, ``start``, ``end``)."""

    name = "entities"
    title = "Locations and organisations that are found"
    needs = ("id", "text", "entities")

    def score(self, rows: Sequence[Row], code: Code, seen: Seen = nothing_seen) -> Result:
        gazetteer, book = open_gazetteer(), codebook()
        locations = Count()
        organizations = Share()
        listed = Share()
        faults: list[Fault] = []
        for row in rows:
            report = report_of(row)
            lang = report.article.lang
            assert lang is not None
            found = [t for t in toponyms_of(report, gazetteer) if t.kind in NAMES]
            places = [(t.start, t.end) for t in found]
            points = [(t.start, t.end) for t in found if t.entry is not None]
            actors = [(m.start, m.end) for m in book.find(report.view, lang, report.country)]
            wanted = [e for e in row["entities"] if e["type"] == LOCATION]
            others = [e for e in row["entities"] if e["type"] != LOCATION]
            right = 0
            for entity in wanted:
                hit = _meets(entity, places)
                right += hit
                listed += Share(int(_meets(entity, points)), 1)
                if not hit:
                    faults.append(_fault(row, entity, places, actors))
            held = [p for p in places if _overlaps(p, wanted) or not _overlaps(p, others)]
            locations += Count(len(wanted), len(held), right)
            for entity in others:
                if entity["type"] != ORGANIZATION:
                    continue
                hit = _meets(entity, [*actors, *places])
                organizations += Share(int(hit), 1)
                if not hit:
                    faults.append(_fault(row, entity, places, actors))
            seen()
        return Result(
            reader=self.name,
            items=len(rows),
            measures=(
                Measure(OVERALL, "locations", locations),
                Measure(SLOT, "locations with a point", listed),
                Measure(SLOT, "organisations", organizations),
            ),
            faults=tuple(faults),
            notes=(
                "Places of ours inside what the gold calls a person, an organisation, an event or a"
                " product are not counted against the precision of locations.",
                "Most organisations of ordinary news have no entry in the codebook.",
            ),
        )


def _overlaps(span: _Span, entities: Sequence[Row]) -> bool:
    return any(span[0] < e["end"] and e["start"] < span[1] for e in entities)


def _meets(entity: Row, spans: Sequence[_Span]) -> bool:
    return any(start < entity["end"] and entity["start"] < end for start, end in spans)


def _fault(
    row: Row, entity: dict[str, Any], places: Sequence[_Span], actors: Sequence[_Span]
) -> Fault:
    text, start, end = row["text"], entity["start"], entity["end"]
    return Fault(
        kind="missed",
        name=entity["type"].lower(),
        ref=str(row["id"]),
        at=start,
        gold=text[start:end],
        words=context(text, start, end),
        # A codebook of armed conflict need not know every firm and club.
        weight=1.0 if entity["type"] == LOCATION else 0.1,
        text=text,
        marks=(
            *(Mark(e["start"], e["end"], "gold", e["type"]) for e in row["entities"]),
            *(Mark(a, b, "ours", "place") for a, b in places),
            *(Mark(a, b, "ours", "actor") for a, b in actors),
        ),
    )
