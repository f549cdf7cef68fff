"""agreement: how far a report's coded claims and its gold ones agree. Pure.

A claim is *found* when its trigger overlaps the gold trigger or lies within 25 code points of it;
*typed* also wants the same event type, *family* a type of the same family, *untyped* any type. Each
of the three is an exact one-to-one assignment within a report (Kuhn-Munkres): the most pairs, and
among those the most of one type, of one family, of overlapping triggers, the nearest triggers, the
best agreeing slots. Slots are compared on the untyped pairs.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FAMILIES: Mapping[str, frozenset[str]] = {
    "violence": frozenset(
        {
            "air-strike",
            "shelling",
            "explosion",
            "suicide-bombing",
            "chemical-attack",
            "armed-clash",
            "armed-attack",
            "killing",
            "ill-treatment",
            "sexual-violence",
        }
    ),
    "territory": frozenset({"territory-gained", "withdrawal", "offensive", "deployment", "siege"}),
    "words": frozenset({"accusation", "demand", "threat", "rejection", "responsibility", "talks"}),
}
SLOTS = ("actors", "targets", "means", "place", "when", "casualties", "attribution", "evidence")
REACH = 25
"""How many code points may lie between a trigger and its gold."""
NEAR_KM = 161.0
"""Within this distance (100 miles) a place counts as the gold's, as is usual in geoparsing."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """How many the gold has, how many we have, how many of those agree."""

    gold: int = 0
    ours: int = 0
    right: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.gold + other.gold, self.ours + other.ours, self.right + other.right)

    @property
    def precision(self) -> float | None:
        """Right of ours; null when we have none."""
        return self.right / self.ours if self.ours else None

    @property
    def recall(self) -> float | None:
        """Right of the gold's; null when the gold has none."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two; null when neither side has any."""
        total = self.gold + self.ours
        return 2 * self.right / total if total else None

    def to_json(self) -> dict[str, float | int | None]:
        return {
            **dataclasses.asdict(self),
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
        }


def assign(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The one-to-one pairs (row, column) of greatest total weight; a weight of 0 is no pair.

    Kuhn-Munkres with potentials, O(rows² x columns), exact on integers of any size.
    """
    rows, columns = len(weights), len(weights[0]) if weights else 0
    if rows > columns:
        return sorted((r, c) for c, r in assign([list(x) for x in zip(*weights, strict=True)]))
    row_potential, column_potential = [0] * (rows + 1), [0] * (columns + 1)
    row_of, came_from = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0], column = row, 0
        best: list[int | None] = [None] * (columns + 1)
        used = [False] * (columns + 1)
        while row_of[column]:
            used[column] = True
            current, step, nearest = row_of[column], None, 0
            for c in range(1, columns + 1):
                if used[c]:
                    continue
                cost = -weights[current - 1][c - 1] - row_potential[current] - column_potential[c]
                known = best[c]
                if known is None or cost < known:
                    best[c], came_from[c], known = cost, column, cost
                if step is None or known < step:
                    step, nearest = known, c
            for c in range(columns + 1):
                known = best[c]
                if used[c]:
                    row_potential[row_of[c]] += step or 0
                    column_potential[c] -= step or 0
                elif known is not None:
                    best[c] = known - (step or 0)
            column = nearest
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    pairs = ((row_of[c] - 1, c - 1) for c in range(1, columns + 1) if row_of[c])
    return sorted((r, c) for r, c in pairs if weights[r][c])


def _gap(a: Row, b: Row) -> int:
    """Code points between two spans; negative where they overlap."""
    return int(max(a["start"], b["start"]) - min(a["end"], b["end"]))


def _same_family(a: str, b: str) -> bool:
    return a == b or any(a in family and b in family for family in FAMILIES.values())


def pair(gold: Sequence[Row], ours: Sequence[Row], level: str) -> list[tuple[int, int]]:
    """The assignment of one level ("typed", "family", "untyped") within one report."""

    def weight(g: Row, o: Row) -> int:
        gap = _gap(g["trigger"], o["trigger"])
        typed, family = g["type"] == o["type"], _same_family(g["type"], o["type"])
        if gap > REACH or (level == "typed" and not typed) or (level == "family" and not family):
            return 0
        agreeing = sum(compare(name, g, o).right for name in SLOTS)
        # Digits of one number, so that no sum of lesser reasons outweighs a greater one.
        total = 0
        for digit in (1, typed, family, gap < 0, REACH - max(gap, 0), agreeing):
            total = total * 10**6 + digit
        return total

    return assign([[weight(g, o) for o in ours] for g in gold])


def spans_of(claim: Row, slot: str) -> Sequence[Row]:
    if slot == "place":
        return [claim["place"]] if claim["place"] else []
    return claim[slot]  # type: ignore[no-any-return]


def _touching(gold: Sequence[Row], ours: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Overlapping spans, one to one: the most pairs, then the longest overlaps."""
    weights = [[10**6 - gap if (gap := _gap(g, o)) < 0 else 0 for o in ours] for g in gold]
    return [(gold[g], ours[o]) for g, o in assign(weights)]


def dated(claim: Row) -> tuple[str | None, str | None] | None:
    when = claim["when"]
    if not when or (when["earliest"] is None and when["latest"] is None):
        return None
    return when["earliest"], when["latest"]


def _same_toll(g: Row, o: Row) -> bool:
    """Equal kind, minimum and maximum; an open minimum may be one off ("more than 60" is 61)."""
    if g["kind"] != o["kind"] or g["max"] != o["max"]:
        return False
    if g["min"] == o["min"]:
        return True
    open_ended = g["max"] is None and g["min"] is not None and o["min"] is not None
    return open_ended and abs(g["min"] - o["min"]) == 1


def compare(slot: str, gold: Row, ours: Row) -> Count:
    """One slot of one pair of claims (both in the gold's shape)."""
    if slot == "when":
        a, b = dated(gold), dated(ours)
        return Count(int(a is not None), int(b is not None), int(a is not None and a == b))
    mine, theirs = spans_of(ours, slot), spans_of(gold, slot)
    if slot == "casualties":
        weights = [[int(_same_toll(g, o)) for o in mine] for g in theirs]
        return Count(len(theirs), len(mine), len(assign(weights)))
    return Count(len(theirs), len(mine), len(_touching(theirs, mine)))


def accuracies(gold: Row, ours: Row) -> Iterable[tuple[str, bool]]:
    yield "modality", gold["modality"] == ours["modality"]
    yield "negated", gold["negated"] == ours["negated"]
    for g, o in _touching(gold["attribution"], ours["attribution"]):
        yield "attribution role", g["role"] == o["role"]
    for g, o in _touching(spans_of(gold, "place"), spans_of(ours, "place")):
        if g.get("lat") is not None and o["lat"] is not None:
            yield "place within 161 km", _km(g["lat"], g["lon"], o["lat"], o["lon"]) <= NEAR_KM


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres (haversine, sphere of 6,371 km)."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))
