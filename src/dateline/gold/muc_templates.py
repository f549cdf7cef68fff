"""MUC-4 templates as values: the gold of a report, read from the strings of its answer key.

A fill is one line of the key. String fills are quoted, alternatives parted by slashes ("A" / "B"),
a leading question mark makes one optional, a colon ties one to another ("MAYOR": "ANA PEREZ"); an
asterisk or a lone dash is an empty slot.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.gold.muc_words import MucWords
from dateline.text import fold

__all__ = ["ROLES", "DateFill", "Entity", "Level", "Template", "entities", "published", "templates"]

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
"""The string slots that the literature scores, by its names for them."""
_SLOTS = {
    "PerpInd": "perp_individual",
    "PerpOrg": "perp_org",
    "Target": "phys_id",
    "Weapon": "instrument_id",
}
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"')
_EMPTY = ("", "*", "-")
_TYPED = re.compile(r"\s*\([^()]*\)?\s*$")


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that a slot names, by every string the key allows for it."""

    strings: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class DateFill:
    """A date of the key. ``earliest`` null: only known to be no later than ``latest``."""

    earliest: datetime.date | None
    latest: datetime.date


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a place, from the country inwards: its names (two, where the place lies between
    two), folded, and the same with the kind of place behind them ("vadoluz district")."""

    names: tuple[str, ...]
    full: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One incident of the key. Several values of a set are alternatives. ``effect``: "death",
    "injury" or "none", the worst that befell a person. ``confidence``: "fact", "claimed" or
    "suspected"; empty where no organisation is named."""

    optional: bool
    types: tuple[str, ...]
    dates: tuple[DateFill, ...]
    places: tuple[tuple[Level, ...], ...]
    stages: tuple[str, ...]
    effect: str
    confidence: frozenset[str]
    fillers: Mapping[str, tuple[Entity, ...]]


def templates(row: Mapping[str, Any], words: MucWords) -> tuple[Template, ...]:
    """The templates of a row of a MUC-4 file."""
    day = published(row, words)
    return tuple(_template(t, day, words) for t in row["templates"])


def published(row: Mapping[str, Any], words: MucWords) -> datetime.date | None:
    """The day in a row's dateline; None when it has none that is whole."""
    return words.day(str(row.get("dateline") or ""))


def _template(
    raw: Mapping[str, Sequence[str]], day: datetime.date | None, words: MucWords
) -> Template:
    keys = words.keys
    fillers = {role: tuple(_simple(raw[slot])) for role, slot in _SLOTS.items()}
    fillers["Victim"] = _people(raw["hum_name"], raw["hum_description"])
    effects = {e for value in raw["hum_effect"] for e in _set_fill(value)}
    sure = {c for value in raw["perp_org_confidence"] for c in _set_fill(value)}
    steps = {"fact": keys.fact, "claimed": keys.claimed, "suspected": keys.suspected}
    return Template(
        optional=any(keys.optional in value for value in raw["template"]),
        types=tuple(t for value in raw["type"] for t in _set_fill(value)),
        dates=tuple(d for value in raw["date"] for d in _dates(value, day, words)),
        places=tuple(p for value in raw["location"] for p in _places(value)),
        stages=tuple(s for value in raw["stage"] for s in _set_fill(value)),
        effect=(
            "death" if keys.death in effects else "injury" if keys.injury in effects else "none"
        ),
        confidence=frozenset(step for step, values in steps.items() if sure & set(values)),
        fillers=fillers,
    )


def _set_fill(value: str) -> list[str]:
    """The alternatives of a set fill, without what they are tied to."""
    bare = _QUOTED.sub("", value).replace("?", "").replace("(", "").replace(")", "")
    parts = (part.strip(" :") for part in bare.split("/"))
    return [part for part in parts if part not in _EMPTY]


def _strings(value: str) -> tuple[str, ...]:
    """The strings of one side of a fill. An unquoted fill is one string."""
    found = [m[1].replace('\\"', '"').strip() for m in _QUOTED.finditer(value)]
    if not found:
        bare = value.strip(' ?"')
        found = [] if bare in _EMPTY else [bare]
    return tuple(dict.fromkeys(s for s in found if s))


def _sides(value: str) -> tuple[str, str | None]:
    """A fill and what it is tied to, parted at the colon outside the quotation marks."""
    masked = _QUOTED.sub(lambda m: '"' * len(m[0]), value)
    at = masked.find(":")
    return (value, None) if at < 0 else (value[:at], value[at + 1 :])


def _optional(value: str) -> bool:
    return value.lstrip(" (").startswith("?")


def _simple(values: Iterable[str]) -> Iterable[Entity]:
    for value in values:
        strings = _strings(_sides(value)[0])
        if strings:
            yield Entity(strings, _optional(value))


def _people(names: Iterable[str], descriptions: Iterable[str]) -> tuple[Entity, ...]:
    """Those harmed, each by name and by the descriptions tied to the name."""
    found = list(_simple(names))
    for value in descriptions:
        described, tied = _sides(value)
        strings = _strings(described)
        to = _strings(tied) if tied is not None else ()
        at = next((n for n, e in enumerate(found) if set(e.strings) & set(to)), None)
        if at is not None:
            both = dict.fromkeys((*found[at].strings, *to, *strings))
            found[at] = Entity(tuple(both), found[at].optional)
        elif strings or to:
            found.append(Entity((*to, *strings), _optional(value)))
    return tuple(found)


def _dates(value: str, day: datetime.date | None, words: MucWords) -> Iterable[DateFill]:
    """The dates of a fill: a day, a span of days, or a day that it was no later than."""
    year = day.year if day is not None else None
    for part in re.split(r"/", value.replace("(", " ").replace(")", " ").replace("?", " ")):
        ends = [words.day(piece, year) for piece in part.split("-") if piece.strip()]
        dates = [end for end in ends if end is not None]
        if not dates or len(dates) < len(ends):
            continue
        if len(dates) == 1:
            yield DateFill(None if part.strip().startswith("-") else dates[0], dates[0])
        elif dates[0] <= dates[1]:
            yield DateFill(dates[0], dates[1])


def _places(value: str) -> Iterable[tuple[Level, ...]]:
    """The places of a fill, each from the country inwards."""
    for part in _alternatives(value.strip(" ?")):
        steps = []
        for level in part.split(":"):
            pieces = [" ".join(fold(piece).split()) for piece in level.split(" - ")]
            names = [_TYPED.sub("", piece).strip() for piece in pieces]
            full = [piece.replace("(", "").replace(")", "") for piece in pieces]
            if any(names):
                steps.append(Level(tuple(filter(None, names)), tuple(filter(None, full))))
        if steps:
            yield tuple(steps)


def _alternatives(value: str) -> Iterable[str]:
    """The parts of a fill between slashes, each without brackets around the whole of it."""
    depth, start = 0, 0
    for n, letter in enumerate(f"{value}/"):
        if letter == "/" and depth == 0:
            part = value[start:n].strip()
            start = n + 1
            if part.startswith("(") and part.endswith(")"):
                part = part[1:-1]
            yield part
        depth += (letter == "(") - (letter == ")")


def entities(found: Iterable[Template], role: str, words: MucWords) -> tuple[Entity, ...]:
    """What a whole report's templates name in a role: two that share a string are one, and one is
    optional if every mention of it is, or stands in a template that is optional."""
    merged: list[tuple[set[str], dict[str, None], bool]] = []
    for template in found:
        for entity in template.fillers[role]:
            plain = {words.plain(s) for s in entity.strings}
            optional = entity.optional or template.optional
            strings = dict.fromkeys(entity.strings)
            rest = []
            for each in merged:
                if each[0] & plain:
                    plain |= each[0]
                    strings = {**each[1], **strings}
                    optional = optional and each[2]
                else:
                    rest.append(each)
            merged = [*rest, (plain, strings, optional)]
    return tuple(Entity(tuple(strings), optional) for _, strings, optional in merged)
