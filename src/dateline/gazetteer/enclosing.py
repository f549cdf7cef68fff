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
_DIVISIONS = ("admin1", "region")


@dataclass(frozen=True, slots=True)
class Enclosing:
    """``places``: folded name -> the place meant, as the report itself says. ``divisions``: country
    code and name of a division -> its share of all divisions that the report names."""

    places: Mapping[str, PlaceEntry]
    divisions: Mapping[tuple[str, str], float]


def enclosing(view: str, words: PlaceWords, gazetteer: Gazetteer) -> Enclosing:
    """Reads the whole of a text."""
    listed = words_of(view)
    places: dict[str, PlaceEntry] = {}
    named: Counter[tuple[str, str]] = Counter()
    at = 0
    while at < len(listed):
        last, around = _around(view, listed, at, words, gazetteer)
        for entry in around:
            if entry.kind == "admin1" and entry.country is not None:
                named[entry.country, entry.name] += 1
        if around and at and _BESIDE.fullmatch(view[listed[at - 1].end : listed[at].start]):
            for key, place, outer in _inside(view, listed, at - 1, around, words, gazetteer):
                places.setdefault(key, place)
                places.setdefault(fold_name(view[listed[at].start : listed[last].end]), outer)
        at = last + 1
    total = sum(named.values()) or 1
    return Enclosing(places, {division: n / total for division, n in named.items()})


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
    words: PlaceWords,
    gazetteer: Gazetteer,
) -> Iterator[tuple[str, PlaceEntry, PlaceEntry]]:
    """The place that the words up to ``last`` name, if it lies in one of ``around``: its folded
    name, itself, and what it lies in."""
    for first in range(max(0, last - _LONGEST_BEFORE + 1), last + 1):
        if not listed[first].capital or last not in ends(view, listed, first, anything=True):
            continue
        name = view[listed[first].start : listed[last].end]
        if words.country_named(name) or len(name) < 3:
            return
        for outer in around:
            found = [e for e in gazetteer.lookup(name) if _lies_in(e, outer)]
            if found:
                yield fold_name(name), max(found, key=_weight), outer
                return


def _weight(entry: PlaceEntry) -> tuple[bool, bool, int]:
    return not entry.variant, entry.kind == "place", entry.population


def _lies_in(entry: PlaceEntry, outer: PlaceEntry) -> bool:
    if entry.country != outer.country or entry.kind == "country" or entry.name == outer.name:
        return False
    return outer.kind == "country" or (entry.kind != "admin1" and entry.admin1 == outer.name)
