"""The file of floors: what falls, what rises, what is kept of what is lowered."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from dateline.agreement import Count
from dateline.gold.floors import (
    Floors,
    FloorsError,
    digest,
    entry,
    falls,
    first,
    lowered,
    raised,
    read,
    write,
)
from dateline.gold.reading import OVERALL, SLOT, TYPE, Measure, Result, Share


def result(claims: Count, share: Share | None = None) -> Result:
    measures = [Measure(OVERALL, "claims", claims), Measure(TYPE, "arrest", Count(9, 9, 9))]
    measures += [Measure(SLOT, "modality", share)] if share else []
    return Result(reader="claims", items=7, measures=tuple(measures))


GOOD = result(Count(3, 3, 2), Share(9, 10))
FLOOR = first("gold.jsonl", "a" * 64, 1, GOOD)


def test_floors_are_cut_and_leave_out_types_and_what_has_no_score() -> None:
    assert FLOOR.floors == {OVERALL: {"claims": 0.6666}, SLOT: {"modality": 0.9}}
    assert first("g", "a", 1, result(Count())).floors == {}
    assert falls("set", FLOOR, GOOD, "a" * 64) == []


def test_what_falls_is_named_with_both_figures() -> None:
    fallen = falls("set", FLOOR, result(Count(3, 3, 1)), "a" * 64)
    assert [str(fall) for fall in fallen] == [
        "set: overall: claims: was 0.6666, is 0.3333",
        "set: slot: modality: was 0.9000, is nothing",
    ]


def test_another_gold_file_fails_whatever_the_scores() -> None:
    fallen = falls("set", FLOOR, GOOD, "b" * 64)
    assert "another gold file" in str(fallen[0])
    assert len(fallen) == 1
    anew = lowered(FLOOR, result(Count(3, 3, 1)), fallen)
    assert anew.sha256 == "b" * 64
    assert anew.floors == {OVERALL: {"claims": 0.3333}}


def test_raising_never_lowers() -> None:
    mixed = result(Count(3, 3, 3), Share(1, 10))
    assert raised(FLOOR, mixed).floors == {OVERALL: {"claims": 1.0}, SLOT: {"modality": 0.9}}


def test_lowering_touches_what_fell_and_keeps_the_reason() -> None:
    worse = result(Count(3, 3, 1), Share(10, 10))
    fallen = falls("set", FLOOR, worse, "a" * 64)
    assert lowered(FLOOR, worse, fallen).floors[OVERALL] == {"claims": 0.3333}
    assert lowered(FLOOR, worse, fallen).floors[SLOT] == {"modality": 0.9}
    kept = entry(fallen[0], "the gold counts ties now", datetime.date(2020, 5, 21))
    assert (kept.day, kept.was, kept.now) == ("2020-05-21", 0.6666, 0.3333)
    assert kept.reason == "the gold counts ties now"


def test_the_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "quality.json"
    floors = Floors(about="x", sets={"set": FLOOR})
    write(path, floors)
    assert read(path) == floors
    assert [entry.name for entry in tmp_path.iterdir()] == ["quality.json"]
    assert digest(path) != digest(Path(__file__))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "JSON"),
        (json.dumps({"sets": {"a": {"file": "b"}}}), "sets.a.sha256"),
        (json.dumps({"floor": {}}), "floor"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "quality.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FloorsError, match=reason):
        read(path)
