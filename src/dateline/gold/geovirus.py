"""geovirus: gold of place names with their coordinates (GeoVirus, Gritta et al. 2018).

Places are looked for by us, in the whole text of each report, with the search that ``locate`` uses
(:mod:`dateline.toponyms`); names are not given to it. A gold name is *found* when a place that we
name with a point overlaps its words. Of the found ones it is said how many lie within 161 km of
the gold point, over the sphere, and how many in its country. The gold has no countries: a point's
is that of the nearest populated place of the index within 100 km. A point that has none (at sea) is
left out of that share, and so is a place that lies in no one country (a continent).

Adjectives of nations ("Kenyan") are no names in this gold, and are not counted among ours.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from dateline.agreement import NEAR_KM, Count
from dateline.gazetteer import Gazetteer, open_gazetteer
from dateline.gazetteer.resolve import km_between
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
from dateline.language import language
from dateline.model import Article, sha256
from dateline.pipeline import prepare
from dateline.placenames import Toponym
from dateline.syntax import Report
from dateline.toponyms import Toponyms

LANGUAGE = "en"
NAMES = ("named", "country", "unlisted")
"""The kinds of our places that are names; adjectives and "the capital" are not."""
_NEAREST_KM = 100.0
_KM_A_DEGREE = 111.2


class Countries:
    """Says which country a point lies in: that of the nearest populated place."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[tuple[float, float], str | None] = {}

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[tuple[float, float, str]]]:
        cells: defaultdict[tuple[int, int], list[tuple[float, float, str]]] = defaultdict(list)
        for lat, lon, country in self._gazetteer.populated():
            cells[math.floor(lat), math.floor(lon)].append((lat, lon, country))
        return cells

    def at(self, lat: float, lon: float) -> str | None:
        """The ISO 3166 code of the country at a point in degrees; None more than 100 km from any
        populated place."""
        if (lat, lon) not in self._known:
            near = self._near(lat, lon)
            best = min(near, key=lambda p: km_between(lat, lon, p[0], p[1]), default=None)
            close = best and km_between(lat, lon, best[0], best[1]) <= _NEAREST_KM
            self._known[lat, lon] = best[2] if best and close else None
        return self._known[lat, lon]

    def _near(self, lat: float, lon: float) -> Iterable[tuple[float, float, str]]:
        rows = math.ceil(_NEAREST_KM / _KM_A_DEGREE)
        narrow = max(math.cos(math.radians(lat)), 0.05)
        columns = math.ceil(_NEAREST_KM / (_KM_A_DEGREE * narrow))
        for row in range(math.floor(lat) - rows, math.floor(lat) + rows + 1):
            for column in range(math.floor(lon) - columns, math.floor(lon) + columns + 1):
                yield from self._cells.get((row, (column + 180) % 360 - 180), ())


class GeoVirusGold(Reader):
    """Rows of ``id``, ``text``, ``toponyms`` (``start``, ``end``, ``lat``, ``lon``)."""

    name = "geovirus"
    title = "Place names, and where they are"
    needs = ("id", "text", "toponyms")

    def score(self, rows: Sequence[Row], code: Code, seen: Seen = nothing_seen) -> Result:
        gazetteer = open_gazetteer()
        countries = Countries(gazetteer)
        found = near = nation = Share()
        names = Count()
        faults: list[Fault] = []
        for row in rows:
            report = report_of(row)
            ours = [t for t in toponyms_of(report, gazetteer) if t.kind in NAMES]
            named = [t for t in ours if t.entry is not None and t.entry.lat is not None]
            gold = row["toponyms"]
            hits = 0
            for place in gold:
                match = _match(place, named)
                found += Share(int(match is not None), 1)
                if match is None:
                    reason = _unfound(place, ours)
                    faults.append(_fault(row, ours, place, "missed", None, reason))
                    continue
                hits += 1
                assert match.entry is not None
                assert match.entry.lat is not None
                assert match.entry.lon is not None
                away = km_between(place["lat"], place["lon"], match.entry.lat, match.entry.lon)
                near += Share(int(away <= NEAR_KM), 1)
                # A sea or a continent lies in no one country.
                one = match.country is not None
                wanted = countries.at(place["lat"], place["lon"]) if one else None
                right = wanted is None or wanted == match.country
                if wanted is not None:
                    nation += Share(int(right), 1)
                if away > NEAR_KM or not right:
                    reason = f"{away:.0f} km off"
                    kind = "far" if right else "country"
                    faults.append(_fault(row, ours, place, kind, match, reason, wanted))
            names += Count(len(gold), len(ours), hits)
            seen()
        return Result(
            reader=self.name,
            items=len(rows),
            measures=(
                Measure(OVERALL, "places found", found),
                Measure(OVERALL, "found within 161 km", near),
                Measure(OVERALL, "country of found", nation),
                Measure(SLOT, "place names", names),
            ),
            faults=tuple(faults),
            notes=(
                "A gold point's country is that of the nearest populated place of the index; seas"
                " and continents lie in no one country and are left out of that share.",
                "Precision of the names counts every name that the gold passes over, such as one"
                " inside the name of an organisation.",
            ),
        )


def report_of(row: Row) -> Report:
    """A row's text as a report, every paragraph of it parsed."""
    text = row["text"]
    lang = language(row.get("lang") or LANGUAGE)
    article = Article(
        id=sha256(text.encode("utf-8", "backslashreplace")),
        ref=str(row["id"]),
        text=text,
        lang=lang.code,
        published=row.get("published"),
    )
    return prepare(article, lang, gate=False)


def toponyms_of(report: Report, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Every place that a report names, in text order, as ``locate`` finds them."""
    assert report.article.lang is not None
    search = Toponyms(report, language(report.article.lang).places, gazetteer)
    return tuple(t for sentence in report.sentences for t in search.of(sentence))


def _match(place: Row, ours: Sequence[Toponym]) -> Toponym | None:
    """Ours that shares the most words with a gold one."""

    def shared(t: Toponym) -> int:
        return min(t.end, int(place["end"])) - max(t.start, int(place["start"]))

    best = max(ours, key=shared, default=None)
    return best if best is not None and shared(best) > 0 else None


def _unfound(place: Row, ours: Sequence[Toponym]) -> str:
    return "no list holds it" if _match(place, ours) is not None else "not seen as a place"


def _fault(
    row: Row,
    ours: Sequence[Toponym],
    place: Row,
    kind: str,
    match: Toponym | None,
    reason: str,
    country: str | None = None,
) -> Fault:
    said = reason
    if match is not None and match.entry is not None:
        entry = match.entry
        said = f"{entry.name} ({entry.kind}, {match.country}), {reason}"
    text = row["text"]
    point = f"{place['lat']:.1f} {place['lon']:.1f}"
    return Fault(
        kind=kind,
        name="place",
        ref=str(row["id"]),
        at=place["start"],
        gold=f"{text[place['start'] : place['end']]} {country or ''} {point}",
        ours=said,
        words=context(text, place["start"], place["end"]),
        text=text,
        marks=(
            *(Mark(p["start"], p["end"], "gold", "place") for p in row["toponyms"]),
            *(Mark(t.start, t.end, "ours", t.kind) for t in ours),
        ),
    )
