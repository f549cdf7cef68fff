"""Which place a name means in a report: the countries it speaks of settle it.

Towns of one name are many and villages have the names of everything; what tells them apart is the
rest of the report. Nothing is guessed beyond that: a name that no credible place bears is none.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from dateline.gazetteer import Gazetteer, PlaceEntry, fold_name
from dateline.gazetteer.enclosing import enclosing, seat
from dateline.gazetteer.spans import Word, ends, words_of
from dateline.language.places import Cue, PlaceWords
from dateline.syntax import Report

_HUGE = 500_000
LARGE = 100_000
_SMALL = 15_000
_AROUND_KM = 60.0
# What a division that is called after no town in it is worth, as a town of 100,000 is.
_DIVISION = 2.5
# A region of this size is a part of the world, and no town of its name is meant.
_PART_OF_WORLD_KM = 500.0
_PART_OF_WORLD = 12.0
# What a division is worth in a report that names others of its country.
_SIBLING = 3.0
_OTHER_NAME = 1.5
_MAIN = 0.34
_MENTIONED = 0.04
_OF_CITY = 0.7
_SHORT = 3
_OFTEN = 2.0
_AT_HOME = 0.25
_ONE = 0.6
_SPOKEN = 0.15
# How alike (percent, Indel ratio) a spelling variant of a place elsewhere must be.
_ALIKE = 75.0
_VERY_ALIKE = 85.0


class Meaning:
    """What a report speaks of, and so which place of several of one name it means. ``shares`` says
    how much it speaks of each country (codes, shares of 1); ``surnames`` are the keys of names that
    people in it bear behind another; ``town``, once set, is the town of its headline."""

    def __init__(self, report: Report, words: PlaceWords, gazetteer: Gazetteer) -> None:
        self.words = words
        self.gazetteer = gazetteer
        self.surnames = frozenset(
            words.key(token.text)
            for sentence in report.sentences
            for before, token in pairwise(sentence)
            if before.ent == token.ent == "PER" and token.text[0].isupper()
        )
        self.enclosing = enclosing(report.view, words, gazetteer)
        self.shares, self._told = self._count(report)
        self.town: PlaceEntry | None = None

    def _count(self, report: Report) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """How much the report speaks of each country, over its whole text in shares of 1, and
        behind its dateline: a name counts 1, an adjective 0.5, a large city that is the only one of
        its name 0.7; in the headline three times as much."""
        view, words = report.view, self.words
        top = report.headline.end if report.headline else 0
        opening = report.dateline.span.end if report.dateline else 0
        found: defaultdict[str, float] = defaultdict(float)
        told: defaultdict[str, float] = defaultdict(float)
        listed = words_of(view)
        at = 0
        while at < len(listed):
            first = listed[at]
            listed_there = words.key(first.text) in words.beginnings
            if listed_there or first.capital:
                weight = 3.0 if first.start < top else 1.0
                for last in ends(view, listed, at, anything=first.capital):
                    name = view[first.start : listed[last].end]
                    if last > at and words.key(name) in words.wider:
                        at = last
                        break
                    codes, share = self._codes(name, first.capital, listed_there)
                    if codes and share == _OF_CITY and _of_person(view, listed, at, last):
                        codes = ()
                    for code in codes:
                        found[code] += share * weight / len(codes)
                        told[code] += share / len(codes) if first.start >= opening else 0.0
                    if codes or (
                        last > at and listed[last].capital and self.gazetteer.lookup(name)
                    ):
                        at = last
                        break
            at += 1
        total = sum(found.values()) or 1.0
        shares = sorted(found.items(), key=lambda x: (-x[1], x[0]))
        return {code: n / total for code, n in shares}, told

    def _codes(self, name: str, capital: bool, listed: bool) -> tuple[tuple[str, ...], float]:
        """The countries that a name or adjective speaks of, and how much it counts."""
        words = self.words
        codes: tuple[str, ...] = ()
        if listed and capital:
            said = self.said(name)
            if said is None or said.kind == "country":
                codes = words.country_codes(name)
            if not codes and (code := self.capital(name)):
                codes = (code,)
            if codes:
                return codes, 1.0
        if listed and (codes := words.people(name)):
            return codes, 0.5
        city = (self._city(name) or self._division(name)) if capital else None
        return ((city,), _OF_CITY) if city else ((), 0.0)

    def said(self, name: str) -> PlaceEntry | None:
        """The place that the report itself says a name is."""
        return self.enclosing.places.get(fold_name(name))

    def capital(self, name: str) -> str | None:
        """The code of the country whose capital a name is, unless a larger place elsewhere bears
        it."""
        code = self.words.capitals.get(self.words.key(name))
        if code is None:
            return None
        entries = [e for e in self.gazetteer.lookup(name) if e.kind == "place" and not e.variant]
        return code if not entries or entries[0].country == code else None

    def within(self, entries: tuple[PlaceEntry, ...], name: str) -> tuple[PlaceEntry, ...]:
        """Those places that may be meant where the report says in what country a name lies, though
        no list has it there."""
        outer = self.enclosing.outer.get(fold_name(name))
        if outer is None or self.said(name) is not None:
            return entries
        folded = fold_name(name)
        return tuple(
            e
            for e in entries
            if e.country == outer.country or (e.population >= LARGE and fold_name(e.name) == folded)
        )

    def country(self, name: str) -> str | None:
        """The code of the country that a name is, unless the report calls a division so; of two of
        one name, the one that the report speaks of more."""
        entry = self.said(name)
        if entry is not None and entry.kind != "country":
            return None
        codes = self.words.country_codes(name)
        return max(codes, key=lambda code: self.shares.get(code, 0.0), default=None)

    def _city(self, name: str) -> str | None:
        key = self.words.key(name)
        if not name[-1].islower() or key in self.words.not_places or key in self.surnames:
            return None
        entries = [e for e in self.gazetteer.lookup(name) if not e.variant and e.kind == "place"]
        if not entries or entries[0].population < LARGE:
            return None
        if any(e.population * 10 > entries[0].population for e in entries[1:]):
            return None
        if fold_name(entries[0].name) != fold_name(name) and any(
            e.kind in ("admin1", "region") and fold_name(e.name) == fold_name(name)
            for e in self.gazetteer.lookup(name)
        ):
            return None
        return entries[0].country

    def _division(self, name: str) -> str | None:
        """The country of the division that is the only place of its name in the index."""
        if len(name) <= _SHORT or self.words.key(name) in self.words.not_places:
            return None
        entries = [e for e in self.gazetteer.lookup(name) if not e.variant]
        countries = {e.country for e in entries}
        if len(countries) != 1 or not any(e.kind == "admin1" for e in entries):
            return None
        return entries[0].country

    @property
    def main(self) -> str | None:
        """The country that the report speaks of most, if it is more than a third of it."""
        for code, share in self.shares.items():
            return code if share > _MAIN else None
        return None

    def abroad(self, country: str) -> bool:
        """Whether a report from this country hardly speaks of it, and often of another."""
        best = max(self._told.values(), default=0.0)
        return best >= _OFTEN and self._told.get(country, 0.0) < _AT_HOME * best

    def credible(self, entry: PlaceEntry, name: str, sure: bool, several: bool) -> bool:
        """Whether a listed place may be meant here at all. A spelling variant only in a country
        that the report speaks of; a place elsewhere only if it is large, or the words around say
        that a place is meant."""
        in_context = entry.country is None or self.shares.get(entry.country, 0.0) > _MENTIONED
        if entry.variant and not in_context:
            alike = fuzz.ratio(fold_name(entry.name), fold_name(name))
            return entry.population >= LARGE and alike >= (_ALIKE if sure else _VERY_ALIKE)
        if entry.variant:
            spoken = entry.country is None or self.shares.get(entry.country, 0.0) > _SPOKEN
            return spoken and (sure or several)
        if in_context:
            return sure or several or entry.population >= _SMALL or entry.kind in ("region", "spot")
        if entry.kind in ("admin2", "admin3", "spot"):
            return False
        large = LARGE if fold_name(entry.name) == fold_name(name) else _HUGE
        if sure:
            # In a report about one country a small town elsewhere is a village's namesake.
            large = LARGE if self.shares.get(self.main or "", 0.0) > _ONE else _SMALL
        return entry.population >= large or (entry.kind in ("admin1", "region") and sure)

    def likely(self, entries: tuple[PlaceEntry, ...], several: bool) -> bool:
        """Whether a name that looks like a person's is rather a place's: that of a large town, or
        of several words and in the country that the report is about."""
        return any(
            e.population >= LARGE or (several and e.country is not None and e.country == self.main)
            for e in entries
        )

    def far_off(self, entry: PlaceEntry) -> bool:
        """Whether a small place lies far from the town of the headline: a quarter or a mosque that
        shares its name with a village elsewhere."""
        if self.town is None or entry.kind != "place" or entry.population >= LARGE:
            return False
        return _km(entry, self.town) > _AROUND_KM

    def divisions(self, entries: tuple[PlaceEntry, ...]) -> tuple[PlaceEntry, ...]:
        """The divisions called after these places: a language's own name of a town is also that of
        the province around it."""
        return tuple(
            division
            for entry in entries[:5]
            if entry.kind == "place" and entry.country is not None
            for division in self.gazetteer.lookup(entry.name, entry.country)
            if division.kind in ("admin1", "admin2")
        )

    def choose(self, entries: tuple[PlaceEntry, ...], cue: Cue, name: str) -> PlaceEntry | None:
        """The place of several that a name most likely means."""
        folded = fold_name(name)
        said = self.said(name)
        if said is not None and (cue.noun != "region" or said.kind != "place"):
            return said
        best, height = None, -math.inf
        for entry in entries:
            share = self.shares.get(entry.country or "", 0.0)
            score = 6.0 * share + 0.5 * math.log10(entry.population + 1)
            if entry.country is not None:
                score += 2.0 if entry.country == self.main else 0.0
                division = (entry.country, entry.admin1 or "")
                score += 2.0 * self.enclosing.divisions.get(division, 0.0)
            if entry.kind in ("admin1", "region", "admin2"):
                score += {"admin1": 0.6, "region": 1.0, "admin2": -0.5}[entry.kind]
                near = entry.country is None or share > _MENTIONED
                score += 4.0 if cue.noun == "region" and near else 0.0
                if entry.kind == "region" and (entry.radius_km or 0.0) > _PART_OF_WORLD_KM:
                    score += _PART_OF_WORLD
                elif entry.kind != "admin2" and not seat(entry, entries):
                    score += _DIVISION
                if entry.kind == "admin1" and self.enclosing.beside(entry):
                    score += _SIBLING
            elif entry.kind in ("place", "spot"):
                score += 1.0 if cue.noun == "settlement" else 0.0
            score -= 2.0 if entry.variant else 0.0
            score -= _OTHER_NAME if fold_name(entry.name) != folded else 0.0
            if score > height:
                best, height = entry, score
        return best


def _of_person(view: str, listed: Sequence[Word], first: int, last: int) -> bool:
    """Whether capitalised words stand on both sides of a name: it is a part of someone's."""
    if first == 0 or last + 1 >= len(listed):
        return False
    before, after = listed[first - 1], listed[last + 1]
    beside = view[before.end : listed[first].start], view[listed[last].end : after.start]
    return before.capital and after.capital and beside == (" ", " ")


def _km(a: PlaceEntry, b: PlaceEntry) -> float:
    """Distance in km, infinite where a point is unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    return km_between(a.lat, a.lon, b.lat, b.lon)


def km_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Distance in km over the sphere between two points in degrees (haversine)."""
    south, north = math.radians(lat), math.radians(other_lat)
    h = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 12742.0 * math.asin(math.sqrt(h))
