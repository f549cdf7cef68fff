"""What a report says of where its places lie: "X, Y" and "X (Y)", where Y is a country or a
division. It settles which X is meant there and wherever the report names X again, and tells a
division from a country of the same name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.gazetteer import Gazetteer, PlaceEntry, fold_name
from dateline.gazetteer.spans import Word, ends, words_of
from dateline.language.places import PlaceWords

_BESIDE = re.compile(r", ?(?:[a-z]{2,5} )?| ?\(|,? in ")
_LONGEST_BEFORE = 4
_SEVERAL = 2
# A town so much larger than the one that stands beside a division's name is meant in a list.
_FAR_LARGER = 30
_DIVISIONS = ("admin1", "region")


@dataclass(frozen=True, slots=True)
class Enclosing:
    """``places``: folded name -> the place meant, as the report itself says. ``outer``: folded name
    -> what the report says it lies in, where no list has it there. ``divisions``: country code and
    name of a division -> its share of all divisions that the report names."""

    places: Mapping[str, PlaceEntry]
    outer: Mapping[str, PlaceEntry]
    divisions: Mapping[tuple[str, str], float]

    def beside(self, division: PlaceEntry) -> bool:
        """Whether the report names two other divisions of this one's country."""
        others = [d for d in self.divisions if d[0] == division.country and d[1] != division.name]
        return len(others) >= _SEVERAL


def enclosing(view: str, words: PlaceWords, gazetteer: Gazetteer) -> Enclosing:
    """Reads the whole of a text."""
    listed = words_of(view)
    places: dict[str, PlaceEntry] = {}
    beside: dict[str, PlaceEntry] = {}
    named: Counter[tuple[str, str]] = Counter()
    namesakes: dict[str, tuple[PlaceEntry, ...]] = {}
    at = 0
    while at < len(listed):
        last, around = _around(view, listed, at, words, gazetteer)
        for entry in around:
            if entry.kind == "admin1" and entry.country is not None:
                named[entry.country, entry.name] += 1
        if around:
            key = fold_name(view[listed[at].start : listed[last].end])
            if len({e.kind for e in around}) > 1:
                namesakes[key] = around
            if at and _BESIDE.fullmatch(view[listed[at - 1].end : listed[at].start]):
                for inner, place, outer in _inside(view, listed, at - 1, around, gazetteer, words):
                    if place is None:
                        beside.setdefault(inner, outer)
                    else:
                        places.setdefault(inner, place)
                        places.setdefault(key, outer)
        at = last + 1
    total = sum(named.values()) or 1
    found = Enclosing(places, beside, {division: n / total for division, n in named.items()})
    for key, around in namesakes.items():
        # A country's name among those of a country's divisions is one of theirs.
        for entry in around:
            if entry.kind == "admin1" and found.beside(entry):
                places.setdefault(key, entry)
    return found


def _around(
    view: str, listed: Sequence[Word], at: int, words: PlaceWords, gazetteer: Gazetteer
) -> tuple[int, tuple[PlaceEntry, ...]]:
    """The countries and divisions that a name beginning at word ``at`` may be, and its last
    word."""
    if not listed[at].capital:
        return at, ()
    for last in ends(view, listed, at, anything=True):
        if not listed[last].capital:
            continue
        name = view[listed[at].start : listed[last].end]
        if words.not_places.get(words.key(name)) is False:
            continue
        divisions = tuple(
            e for e in gazetteer.lookup(name) if e.kind in _DIVISIONS and not e.variant
        )
        code = words.country_named(name)
        country = gazetteer.country(code) if code else None
        if country is not None or divisions:
            return last, (*((country,) if country else ()), *divisions)
        if last > at and gazetteer.lookup(name):
            return last, ()
    return at, ()


def _inside(
    view: str,
    listed: Sequence[Word],
    last: int,
    around: tuple[PlaceEntry, ...],
    gazetteer: Gazetteer,
    words: PlaceWords,
) -> Iterator[tuple[str, PlaceEntry | None, PlaceEntry]]:
    """The place that the words up to ``last`` name, if it lies in one of ``around``: its folded
    name, itself (None where no list has it there), and what it lies in."""
    for first in range(max(0, last - _LONGEST_BEFORE + 1), last + 1):
        if not listed[first].capital or last not in ends(view, listed, first, anything=True):
            continue
        name = view[listed[first].start : listed[last].end]
        entries = gazetteer.lookup(name)
        if words.country_named(name) or len(name) < 3:
            return
        for outer in around:
            folded = fold_name(name)
            sibling = any(e.kind == "admin1" and fold_name(e.name) == folded for e in entries)
            if sibling and outer.kind != "country":
                continue  # one of a list of divisions
            inside = [e for e in entries if _lies_in(e, outer)]
            best = max(inside, key=lambda e: _weight(e, folded, inside), default=None)
            if best is not None and not _outgrown(best, outer, entries):
                yield folded, best, outer
                return
        if entries and len(around) == 1:
            yield fold_name(name), None, around[0]
            return


def _outgrown(entry: PlaceEntry, outer: PlaceEntry, entries: Sequence[PlaceEntry]) -> bool:
    """Whether a far larger town of the name lies in the same country, outside of the division."""
    largest = max((e.population for e in entries if e.country == entry.country), default=0)
    return outer.kind == "admin1" and largest > _FAR_LARGER * max(entry.population, 1)


def _weight(
    entry: PlaceEntry, folded: str, others: Sequence[PlaceEntry]
) -> tuple[bool, bool, bool, bool, int]:
    division = entry.kind in _DIVISIONS and not seat(entry, others)
    canonical = fold_name(entry.name) == folded
    return not entry.variant, canonical, division, entry.kind == "place", entry.population


def seat(division: PlaceEntry, entries: Sequence[PlaceEntry]) -> bool:
    """Whether a division is called after a town in it, which is then meant as often; not one
    whose name holds the division's ("Santa Fe of X")."""
    name = fold_name(division.name)
    return any(
        e.kind == "place"
        and e.country == division.country
        and e.admin1 == division.name
        and (fold_name(e.name) == name or name not in fold_name(e.name))
        for e in entries
    )


def _lies_in(entry: PlaceEntry, outer: PlaceEntry) -> bool:
    if entry.country != outer.country or entry.kind == "country" or entry.name == outer.name:
        return False
    return outer.kind == "country" or (entry.kind != "admin1" and entry.admin1 == outer.name)
