"""date_specs: what a row of Recognizers-Text's date specs says, and which of it a news text could
hold. What is left out, and why, is told in :mod:`dateline.gold.dates`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateline.gold.reading import Row
from dateline.language import Language
from dateline.language.days import unit_of

KINDS = ("date", "daterange", "datetime", "datetimerange")
"""The kinds of the spec that are scored."""

_DAY = timedelta(days=1)
_OFFICE = re.compile(r"^\(?(?:FY|SY)|BD\)?$")
_NUMBERED_WEEK = re.compile(r"-W(\d\d)$")
# Typed by hand or copied from a table: comparison signs, run-together or spaced-out digits, a year
# between month and day, letters tied to digits, a sign for "to".
_TYPED = re.compile(
    r"[=<>~@]|^\d{8}$|^\d+ \d+ \d+$|\d+-\d{4}-[^\W\d]|^[^\W\d]+-\d{4}-\d|\d{4}/\d+/[^\W\d]"
    r"|(?<!\w)[^\W\d_]+\d|^\d+\.0$|[^\W\d_]/\d|\d/[^\W\d_]|\d-[^\W\d_]+-\d|[^\W\d_]+-\d+-\d"
)
_NEAR_YEARS = 3
_TWO_WAYS = re.compile(r"(?<![\d/.-])(0?[1-9]|1[0-2])[/.-](0?[1-9]|1[0-2])(?![\d.]*[ap]?m)(?!\d)")
_MOMENT = re.compile(r"^\(?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_REFERRED = re.compile(r"_REF$")
_SPAN = re.compile(r"^\(.*,P.*?(\d+)(D|W|M|Y|BD|WE)\)$")
YEARS = re.compile(r"P\d+Y\)$")
MONTHS = re.compile(r"P\d+M\)$")
_PRECISIONS = (
    (re.compile(r"-.{2,3}(?:-.{1,2})?T\d"), "hour"),
    (re.compile(r"^.{4}-.{2}-\d\d(?:T[A-Z]{2})?$|^XXXX-WXX-\d(?:T[A-Z]{2})?$"), "day"),
    (re.compile(r"^.{4}-(?:.{2}-)?W.{2}$"), "week"),
    (re.compile(r"^.{4}-(?:\d\d|XX|SP|SU|FA|WI)$"), "month"),
    (re.compile(r"^\d{4}$"), "year"),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One reading of the spec: its first and last day (one may be open), and its modifier."""

    earliest: date | None
    latest: date | None
    timex: str
    modifier: str

    @property
    def part(self) -> bool:
        """Whether it is a part of a month or year, whose bounds are a convention."""
        return self.modifier.split("-")[-1] in ("start", "mid", "end")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One expression of the spec: where it stands, its kind and its readings."""

    start: int
    end: int
    kind: str
    values: tuple[Value, ...]


def scored(row: Row, lang: Language, left: Counter[str]) -> Iterator[Wanted]:
    """The expressions of a row that are scored; ``left`` counts the others by reason."""
    for result in row["results"]:
        kind = str(result.get("TypeName") or result.get("Typename") or "").split(".")[-1]
        values = (result.get("Resolution") or {}).get("values") or ()
        words = str(result.get("Text", "")).strip()
        why = _left_out(row, words, kind, values) or _of_language(lang, words)
        if why:
            left[why] += 1
            continue
        read = [v for v in (_value(each, kind) for each in values) if v is not None]
        if read and _bare_unit(row, lang, words, read[0]):
            left["a unit with no word that says which one"] += 1
            continue
        if not read:
            left["a value that is no day"] += 1
            continue
        place = place_of(row, result)
        if place is None:
            left["does not say where it stands"] += 1
            continue
        yield Wanted(*place, kind, tuple(read))


def place_of(row: Row, result: Mapping[str, Any]) -> tuple[int, int] | None:
    """Where an expression of the spec stands in its sentence."""
    if "Start" in result and "End" in result:
        return int(result["Start"]), int(result["End"]) + 1
    words = str(result.get("Text", ""))
    at = str(row["input"]).lower().find(words.lower())
    return (at, at + len(words)) if words and at >= 0 else None


def _left_out(row: Row, words: str, kind: str, values: Sequence[Mapping[str, Any]]) -> str | None:
    """Why an expression is not scored; None if it is."""
    if kind not in KINDS:
        return f"{kind or 'unnamed'}: says no day"
    if not values or any(v.get("value") == "not resolved" for v in values):
        return "no value in the spec"
    timex = [str(v.get("timex", "")) for v in values]
    if any(v.get("Mod") == "ref_undef" for v in values):
        return "refers to a day told elsewhere"
    if any(_REFERRED.search(t) or _MOMENT.search(t) for t in timex):
        return "counted from this second"
    if any(_OFFICE.search(t) or _numbered_week(t, words) for t in timex):
        return "office reckoning"
    if _TYPED.search(words):
        return "typed shorthand"
    if _spelt(timex, words, day_of(row.get("ref"))):
        return "a year spelt out in words"
    if not row.get("ref") and not all(_absolute(_value(v, kind), words) for v in values):
        return "counts from a day that the row does not give"
    return None


def _of_language(lang: Language, words: str) -> str | None:
    """Why an expression is not scored in this language; None if it is."""
    file = lang.time.file
    if any(rule.either for rule in file.rule):
        orders = [m for m in _TWO_WAYS.finditer(words) if int(m[1]) != int(m[2])]
        if orders:
            return "day and month in digits that may be read in either order (unknown to us)"
    return None


def _bare_unit(row: Row, lang: Language, words: str, value: Value) -> bool:
    """Whether the words are a unit's name alone, and the spec takes it for the present one."""
    today, parts = day_of(row.get("ref")), words.lower().split()
    unit = lang.time.file.unit.get(parts[-1]) if len(parts) == 2 else None
    if today is None or unit is None or lang.time.find(lang.view(words)):
        return False
    return (value.earliest, value.latest) == unit_of(today, unit)


def _numbered_week(timex: str, words: str) -> bool:
    """Whether the words give the number of the week."""
    week = _NUMBERED_WEEK.search(timex)
    return bool(week and re.search(rf"(?<!\w)0?{int(week[1])}(?!\w)", words))


def _spelt(timex: Sequence[str], words: str, today: date | None) -> bool:
    """Whether a year far from the day of the row stands in the words, but not in digits."""
    for found in filter(None, (re.match(r"\d{4}", t) for t in timex)):
        year = found.group()
        if today and abs(int(year) - today.year) > _NEAR_YEARS and year[2:] not in words:
            return not re.search(r"\d", re.sub(r"^\d{1,2}\D", "", words))
    return False


def _absolute(value: Value | None, words: str) -> bool:
    """Whether the words name the years that a value lies in."""
    if value is None:
        return False
    known = [str(d.year) in words for d in (value.earliest, value.latest) if d]
    return all(known) or (known[0] and bool(YEARS.search(value.timex)))


def _value(value: Mapping[str, Any], kind: str) -> Value | None:
    timex, modifier = str(value.get("timex", "")), str(value.get("Mod", ""))
    if "value" in value:
        day = day_of(value["value"])
        return Value(day, day, timex, modifier) if day else None
    start, end = day_of(value.get("start")), day_of(value.get("end"))
    if start is None and end is None:
        return None
    if end is not None and start is not None and end > start and _excludes(value, timex):
        end -= _DAY
    return Value(start, end, timex, modifier)


def _excludes(value: Mapping[str, Any], timex: str) -> bool:
    """Whether the end of a range is the first moment after it: so it is for a unit by its name
    ("2019-05") and for midnight."""
    end = str(value.get("end"))
    if len(end) > 10:
        return end.endswith(" 00:00:00")
    return not timex.startswith("(") or bool(MONTHS.search(timex) or YEARS.search(timex))


def day_of(words: object) -> date | None:
    try:
        return date.fromisoformat(str(words)[:10])
    except ValueError:
        return None


def precision_of(value: Value) -> str:
    if ",PT" in value.timex:
        return "hour"
    span = _SPAN.match(value.timex)
    if span:
        units = {"D": "day", "W": "week", "M": "month", "Y": "year"}
        return units.get(span[2], "day")
    if value.part:
        return "week" if len(value.timex) == 7 else "month"
    return next((name for known, name in _PRECISIONS if known.search(value.timex)), "day")
