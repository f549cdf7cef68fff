"""floors: what the scores on each gold file must not fall below, and the file that says so.

A floor belongs to one measure of one set: a gold file, or every n-th row of it. Beside the floors
stands the SHA-256 of the gold file, since a score means nothing once the gold is another. Floors
rise freely; they are lowered only with a reason, which is kept with the day and both figures.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import math
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dateline.gold.reading import OVERALL, SLOT, Result

GATED = (OVERALL, SLOT)
"""The groups of measures that have floors. Single types are too few to be pinned."""
_DIGITS = 10_000


class FloorsError(click.ClickException):
    """The file of floors is not usable; the message says where and why."""

    exit_code = 2


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Floor(_Strict):
    """One set: the gold ``file`` (from where the file of floors is), its ``sha256``, every which
    row is scored, whether it is too ``slow`` for each run of the tests, how many ``items`` were
    scored, and the least score of each measure by group."""

    file: str
    sha256: str
    every: int = Field(default=1, ge=1)
    slow: bool = False
    items: int = 0
    floors: dict[str, dict[str, float]] = {}


class Lowered(_Strict):
    """A floor that was lowered, or a gold file that was replaced: when, which, from what to what,
    and why."""

    day: str
    set: str
    measure: str
    was: float | str | None
    now: float | str | None
    reason: str


class Floors(_Strict):
    """The whole file. ``sets`` by name."""

    about: str = ""
    sets: dict[str, Floor] = {}
    lowered: tuple[Lowered, ...] = ()


@dataclass(frozen=True, slots=True)
class Fall:
    """What fails: a measure below its floor (``now`` null: it is gone), or another gold file."""

    set: str
    measure: str
    was: float | str | None
    now: float | str | None

    def __str__(self) -> str:
        if isinstance(self.was, str):
            was, now = self.was[:12], str(self.now)[:12]
            return f"{self.set}: another gold file: its sha256 was {was}, is {now}"
        was, now = _figure(self.was), _figure(self.now)
        return f"{self.set}: {self.measure}: was {was}, is {now}"


def _figure(value: float | str | None) -> str:
    return "nothing" if value is None else f"{value:.4f}"


def digest(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def scored(result: Result) -> Iterator[tuple[str, str, float]]:
    """(group, name, score) of the measures that have floors. Scores are cut, not rounded, after
    four digits, so that a floor never stands above what was reached."""
    for measure in result.measures:
        if measure.group in GATED and measure.score is not None:
            yield measure.group, measure.name, math.floor(measure.score * _DIGITS) / _DIGITS


def falls(name: str, floor: Floor, result: Result, sha256: str) -> list[Fall]:
    """What fails in one set: the gold file's hash, or every measure below its floor."""
    if sha256 != floor.sha256:
        return [Fall(name, "gold file", floor.sha256, sha256)]
    reached = {(group, measure): score for group, measure, score in scored(result)}
    return [
        Fall(name, f"{group}: {measure}", least, reached.get((group, measure)))
        for group, measures in floor.floors.items()
        for measure, least in measures.items()
        if reached.get((group, measure), -1.0) < least
    ]


def raised(floor: Floor, result: Result) -> Floor:
    """The floors lifted to what was reached, and set for measures that had none; none lowered."""
    floors = {group: dict(measures) for group, measures in floor.floors.items()}
    for group, name, score in scored(result):
        least = floors.setdefault(group, {})
        least[name] = max(score, least.get(name, score))
    return floor.model_copy(update={"floors": floors, "items": result.items})


def differing(before: Floor, after: Floor) -> int:
    """How many floors of one set are others than before, or new."""
    return sum(
        before.floors.get(group, {}).get(name) != least
        for group, measures in after.floors.items()
        for name, least in measures.items()
    )


def first(file: str, sha256: str, every: int, result: Result) -> Floor:
    """The floors of a set that has none yet: what was reached."""
    return raised(Floor(file=file, sha256=sha256, every=every), result)


def lowered(floor: Floor, result: Result, fallen: list[Fall]) -> Floor:
    """The floors with those that fell set to what was reached. With another gold file all are set
    anew; a measure that is gone has none any more."""
    if any(isinstance(fall.was, str) for fall in fallen):
        sha256 = next(str(fall.now) for fall in fallen if isinstance(fall.was, str))
        return raised(floor.model_copy(update={"sha256": sha256, "floors": {}}), result)
    floors = {group: dict(measures) for group, measures in floor.floors.items()}
    for fall in fallen:
        group, _, name = fall.measure.partition(": ")
        if isinstance(fall.now, float):
            floors[group][name] = fall.now
        else:
            del floors[group][name]
    return floor.model_copy(update={"floors": floors, "items": result.items})


def entry(fall: Fall, reason: str, day: datetime.date) -> Lowered:
    """What is kept of a floor that is lowered."""
    return Lowered(
        day=day.isoformat(),
        set=fall.set,
        measure=fall.measure,
        was=fall.was,
        now=fall.now,
        reason=reason,
    )


def read(path: Path) -> Floors:
    """The file of floors. Raises FloorsError when it is none."""
    try:
        return Floors.model_validate_json(path.read_bytes())
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"]) or "the file"
        raise FloorsError(f"{path}: {where}: {problem['msg']}") from None


def write(path: Path, floors: Floors) -> None:
    """Write the file of floors, whole or not at all."""
    text = json.dumps(_plain(floors), ensure_ascii=False, indent=2) + "\n"
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _plain(floors: Floors) -> Mapping[str, Any]:
    return floors.model_dump(mode="json")
