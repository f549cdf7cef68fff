"""The gate: the scores on the real sets do not fall below the floors of quality.json.

Fast sets are held to theirs in every run; where a set is long, every few rows of it. The rest, and
the whole of the long ones, are slow. Without the sets there is nothing to hold.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.evaluate import gold_of
from dateline.gold.floors import digest, falls, read
from dateline.pipeline import Coder
from gold import SHARED

ROOT = Path(__file__).resolve().parents[2]
FLOORS = read(ROOT / "quality.json")


@cache
def coder() -> Coder:
    return Coder(Settings())


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.slow if floor.slow else ())
        for name, floor in FLOORS.sets.items()
    ],
)
def test_no_score_falls_below_its_floor(name: str) -> None:
    floor = FLOORS.sets[name]
    path = ROOT / floor.file
    if not path.exists() or not SHARED.is_dir():
        pytest.skip(f"the real reports (../shared) are not here: {floor.file}")
    result = gold_of(path, floor.every).score(coder().code)
    fallen = falls(name, floor, result, digest(path))
    assert fallen == [], "\n".join(map(str, fallen))


def test_every_floor_that_was_lowered_has_a_reason() -> None:
    assert all(each.reason.strip() and each.day for each in FLOORS.lowered)


def test_every_set_has_floors() -> None:
    assert all(floor.floors and len(floor.sha256) == 64 for floor in FLOORS.sets.values())
