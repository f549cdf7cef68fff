"""Which days a date means that is named by its day, weekday, month, season, year or feast, seen
from a given day."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.language.days import (
    Days,
    feast_days,
    hijri_days,
    hijri_year,
    month_of,
    nth_week,
    nth_weekday,
    shifted,
)
from dateline.language.time import Expression, TimeGrammar

# A day named without its year a few days ahead is not meant to be a year ago, whatever the tense.
_SLACK = timedelta(days=14)
# First month and number of months of the quarters and halves of a year.
_SHARES = {"q1": (1, 3), "q2": (4, 3), "q3": (7, 3), "q4": (10, 3), "h1": (1, 6), "h2": (7, 6)}
# A date that may be read in two orders is the one that is at most so long before the publication.
_NEAR = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Vantage:
    """Where an expression is read from: ``now``, the day of publication, and what gave it
    (``anchor``: "published" or "text"); ``reference``, the first and last day of the happening
    that the text told last; ``future``: whether the words look ahead, None if they do not say."""

    now: date | None = None
    anchor: str = "published"
    reference: Days | None = None
    future: bool | None = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """First and last day (either may be open), the precision of the words, and the anchor."""

    earliest: date | None = None
    latest: date | None = None
    precision: str = "unknown"
    anchor: str = "none"

    @property
    def days(self) -> Days | None:
        """First and last day if both are known."""
        if self.earliest is None or self.latest is None:
            return None
        return self.earliest, self.latest


NOTHING = Resolved()


def _pick(
    spans: Iterable[Days], base: date, direction: str | None, future: bool | None, slack: timedelta
) -> Days:
    """The one of the spans that is meant, seen from ``base``."""
    ordered = sorted(spans)
    if direction == "last":
        return max(s for s in ordered if s[1] < base)
    if direction == "next":
        return min(s for s in ordered if s[0] > base)
    if future:
        return min(s for s in ordered if s[1] >= base)
    if future is None:
        return min(ordered, key=lambda s: (_distance(s, base), s[0] > base))
    return max(s for s in ordered if s[0] <= base + slack)


def _distance(span: Days, base: date) -> int:
    if span[0] <= base <= span[1]:
        return 0
    return min(abs((span[0] - base).days), abs((span[1] - base).days))


def _years(base: date, make: Callable[[int], Days], reach: int = 2) -> list[Days]:
    """What ``make`` gives for the years around ``base``; years that lack the day are left out."""
    spans = []
    for year in range(base.year - reach, base.year + reach + 1):
        try:
            spans.append(make(year))
        except ValueError:
            continue
    return spans


def part_of(span: Days, part: str | None) -> tuple[Days, str | None]:
    """The beginning, middle or end of a month (some ten days) or of a year (four months)."""
    start, end = span
    if part is None:
        return span, None
    if part == "decade":
        return (start, date(start.year + 9, 12, 31)), "year"
    if part in _SHARES:
        return month_of(start.year, *_SHARES[part]), "month"
    if (end - start).days > 31:
        first, count = {"begin": (1, 4), "mid": (5, 4), "end": (9, 4)}[part]
        return month_of(start.year, first, count), "month"
    first_day, last_day = {"begin": (1, 10), "mid": (10, 20), "end": (21, end.day)}[part]
    return (start.replace(day=first_day), start.replace(day=last_day)), "week"


def named_date(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    """What an expression of kind "date" means. Raises ValueError for a day that there is not."""
    if e.spec is not None and e.spec.either:
        return _either(e, grammar, v)
    slots = {slot: value for slot, value in e.slots.items() if isinstance(value, int)}
    spec = e.spec
    year = slots.get("year")
    if "yy" in slots:
        year = 2000 + slots["yy"] if slots["yy"] < 30 else 1900 + slots["yy"]
    if spec is not None and spec.part == "decade" and year is None:
        # "The nineties" are the last ones, whatever the year of the report.
        year = 1900 + slots.get("n", spec.n or 0)
        if not 1900 < year < 2000:
            return NOTHING
    month, day = slots.get("month", slots.get("mm")), slots.get("day")
    anchor = v.anchor
    base = v.now
    if base is None or (spec and spec.anchor == "text"):
        anchor = "text"
        base = v.reference[1] if v.reference else None
    slack = _SLACK if day and month else timedelta(0)
    direction = spec.direction if spec else None

    def pick(spans: Iterable[Days]) -> Days:
        if base is None:
            raise ValueError("no day to count from")
        return _pick(spans, base, direction, v.future, slack)

    def make(y: int) -> Days:
        if "hijri" in slots:
            return hijri_days(y, slots["hijri"], None)
        if "feast" in e.slots:
            return feast_days(grammar.feast(str(e.slots["feast"])), y)
        if "season" in slots:
            return month_of(y, slots["season"], 3)
        if month and day:
            return date(y, month, day), date(y, month, day)
        if month:
            return month_of(y, month)
        return date(y, 1, 1), date(y, 12, 31)

    if spec is not None and spec.part == "century":
        first = 100 * (slots["ordinal"] - 1)
        return Resolved(date(first, 1, 1), date(first + 99, 12, 31), "year", "text")
    precision = "day" if day or "feast" in e.slots else "month" if month else "year"
    if "hijri" in slots or "season" in slots:
        precision = "month"
    hijri = "hijri" in slots or (
        "feast" in e.slots and grammar.feast(str(e.slots["feast"])).hijri_month is not None
    )
    if "hijri_year" in slots:
        span, anchor = make(slots["hijri_year"]), "text"
    elif hijri and year is None:
        if base is None:
            return NOTHING
        around = hijri_year(base)
        spans = [make(y) for y in range(around - 1, around + 2)]
        span = min(spans, key=lambda s: _distance(s, base))
    elif year:
        span, anchor = make(year), "text"
    elif "weekday" in slots and not month:
        if v.now is None and (spec is None or spec.anchor != "text"):
            # The day told last would only be a guess to count a weekday from.
            return NOTHING
        span = _weekday(slots["weekday"], day, base, pick)
        precision = "day"
    elif day and not month:
        if base is None:
            return NOTHING
        span = pick(_months(base, day))
    else:
        if base is None:
            return NOTHING
        spans = _years(base, make)
        if "weekday" in slots and day:
            # The weekday may settle the year, unless it is plainly mistaken.
            fitting = [s for s in spans if s[0].isoweekday() == slots["weekday"]]
            near = [s for s in fitting if _distance(s, base) < 370]
            if near and _distance(pick(spans), base) >= min(_distance(s, base) for s in near):
                spans = near
        span = pick(spans)
    if spec and spec.part in ("week", "last"):
        nth = -1 if spec.part == "last" else slots.get("ordinal", 1)
        if "weekday" in slots:
            one = nth_weekday(span, slots["weekday"], nth)
            return Resolved(one, one, "day", anchor)
        return Resolved(*nth_week(span, nth), "week", anchor)
    span, coarse = part_of(span, spec.part if spec else None)
    return Resolved(*span, coarse or precision, anchor)


def _either(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    """A day and a month in digits whose order is not known: the only reading that there is, that
    has come to pass, or that is near the day of publication; else nothing."""
    spec = e.spec.model_copy(update={"either": False}) if e.spec else None
    day, month = e.slots["day"], e.slots["mm"]
    orders = {(day, month), (month, day)}
    found = []
    for d, m in orders:
        if isinstance(m, int) and m <= 12:
            try:
                one = replace(e, spec=spec, slots={**e.slots, "day": d, "mm": m})
                found.append(named_date(one, grammar, v))
            except ValueError:
                continue
    found = [value for value in found if value.days]
    if len(found) > 1 and v.now is not None:
        now = v.now
        past = [f for f in found if f.earliest and f.earliest <= now]
        found = found if v.future or not past else past
        near = [f for f in found if f.earliest and abs(f.earliest - now) <= _NEAR]
        found = near or found
    return found[0] if len(found) == 1 else NOTHING


def _months(base: date, day: int) -> list[Days]:
    spans = []
    for n in range(-2, 3):
        month = shifted(base.replace(day=1), "month", n)
        if day <= calendar.monthrange(month.year, month.month)[1]:
            spans.append((month.replace(day=day), month.replace(day=day)))
    return spans


def _weekday(
    weekday: int, day: int | None, base: date | None, pick: Callable[[Iterable[Days]], Days]
) -> Days:
    if base is None:
        raise ValueError("no day to count from")
    reach = 7 if day is None else 400
    around = (base + timedelta(days=n) for n in range(-reach, reach + 1))
    return pick(
        (d, d) for d in around if d.isoweekday() == weekday and (day is None or d.day == day)
    )
