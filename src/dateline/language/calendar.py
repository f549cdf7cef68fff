"""Which days an expression of time means, seen from a given day: integer arithmetic, no clock.

Weeks run from Monday (ISO 8601), seasons are the meteorological ones (three whole months).
"""

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
    unit_of,
)
from dateline.language.time import Expression, TimeGrammar
from dateline.language.timerules import TimeRule

_NAMING = ("day", "mm", "month", "year", "yy", "weekday", "feast")
_YEAR = frozenset(("year", "yy"))
_PRECISION = {"minute": "hour", "fortnight": "week", "quarter": "month", "decade": "year"}
_WHOLE = frozenset(("quarter", "decade"))
_COARSE = ("hour", "day", "week", "month", "year", "unknown")
# A day named without its year a few days ahead is not meant to be a year ago, whatever the tense.
_SLACK = timedelta(days=14)
# First month and number of months of the quarters and halves of a year.
_SHARES = {"q1": (1, 3), "q2": (4, 3), "q3": (7, 3), "q4": (10, 3), "h1": (1, 6), "h2": (7, 6)}
# A date that may be read in two orders is the one that is at most so long before the publication.
_NEAR = timedelta(days=31)
# How many days, weeks or months "the following" ones are at most.
_SEVERAL = 10


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


def resolve(expression: Expression, grammar: TimeGrammar, vantage: Vantage) -> Resolved:
    """What the expression means from there; :data:`NOTHING` when that cannot be known."""
    try:
        found = _KINDS[expression.kind](expression, grammar, vantage)
    except (ValueError, OverflowError):
        return NOTHING
    if found.days and found.days[0] > found.days[1]:
        return NOTHING
    spec = expression.spec
    if spec and spec.precision and found.precision != "unknown":
        return replace(found, precision=spec.precision)
    return found


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


def _part(span: Days, part: str | None) -> tuple[Days, str | None]:
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


def _date(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
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
    span, coarse = _part(span, spec.part if spec else None)
    return Resolved(*span, coarse or precision, anchor)


def _either(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    """A day and a month in digits whose order is not known: the only reading that there is, that
    has come to pass, or that is near the day of publication; else nothing."""
    spec = e.spec.model_copy(update={"either": False}) if e.spec else None
    day, month = e.slots["day"], e.slots["mm"]
    orders = {(day, month), (month, day)}
    found = [
        resolve(replace(e, spec=spec, slots={**e.slots, "day": d, "mm": m}), grammar, v)
        for d, m in orders
        if isinstance(m, int) and m <= 12
    ]
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


def _base(spec: TimeRule | None, v: Vantage) -> tuple[Days | None, str]:
    """What a relative expression counts from: the text's own day, or the day of publication."""
    if spec is not None and spec.anchor == "text" and v.reference is not None:
        return v.reference, "text"
    if spec is not None and spec.anchor == "text" and spec.kind != "clock":
        return None, "none"
    if v.now is None:
        return (v.reference, "text") if spec and spec.kind == "clock" else (None, "none")
    return (v.now, v.now), v.anchor


def _unit(e: Expression) -> str:
    spec = e.spec
    return str(e.slots.get("unit") or (spec.unit if spec else None) or "day")


def _period(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    base, anchor = _base(e.spec, v)
    n = e.spec.n if e.spec and e.spec.n is not None else 0
    unit = _unit(e)
    if base is None or unit in ("minute", "hour"):
        return NOTHING
    if unit == "day":
        return Resolved(shifted(base[0], unit, n), shifted(base[1], unit, n), "day", anchor)
    start, end = unit_of(shifted(base[0], unit, n), unit)
    dom = e.slots.get("day")
    if isinstance(dom, int):
        day = start.replace(day=dom)
        return Resolved(day, day, "day", anchor)
    weekday = e.slots.get("weekday")
    if isinstance(weekday, int):
        day = start + timedelta(days=weekday - 1)
        return Resolved(day, day, "day", anchor)
    if e.spec and e.spec.part and unit != "week":
        span, coarse = _part((start, end), e.spec.part)
        return Resolved(*span, coarse or unit, anchor)
    if n == 0 and anchor != "text" and v.now is not None:
        start, end = (max(start, v.now), end) if v.future else (start, min(end, v.now))
    return Resolved(start, end, _PRECISION.get(unit, unit), anchor)


def _weekend(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    if v.now is None:
        return NOTHING
    monday = unit_of(v.now, "week")[0]
    saturday = monday + timedelta(days=5)
    n = e.spec.n if e.spec and e.spec.n else 0
    if n:
        saturday += timedelta(days=7 * n)
    elif saturday > v.now and not v.future:
        saturday -= timedelta(days=7)
    return Resolved(saturday, saturday + timedelta(days=1), "day", v.anchor)


def _shift(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    spec = e.spec
    if e.inner or e.slots.keys() & _NAMING:
        named = e.inner[0] if e.inner else replace(e, kind="date", spec=None)
        inner = resolve(named, grammar, v)
        base, anchor = inner.days, inner.anchor
    else:
        base, anchor = _base(spec, v)
    n = e.slots.get("n", spec.n if spec else None)
    if base is None or not isinstance(n, int) or spec is None:
        return NOTHING
    unit = _unit(e)
    start, end = (shifted(day, unit, spec.sign * n) for day in base)
    whole = "week" if unit == "fortnight" else unit
    start, end = unit_of(start, whole)[0], unit_of(end, whole)[1]
    return Resolved(start, end, _PRECISION.get(unit, unit), anchor)


def _trailing(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    n, unit = e.slots.get("n", e.spec.n if e.spec else None), _unit(e)
    if e.spec is not None and e.spec.anchor == "text":
        # "The following days" are over by the publication, or nobody says when.
        first = v.reference[1] + timedelta(days=1) if v.reference else None
        if first is None or (v.now is not None and v.now < first):
            return NOTHING
        over = v.now is not None and v.now <= shifted(first, unit, _SEVERAL)
        return Resolved(first, v.now if over else None, _PRECISION.get(unit, unit), "text")
    if v.now is None or e.spec is None:
        return NOTHING
    if unit in _WHOLE and isinstance(n, int):
        # The last two quarters are whole ones, the present one not among them.
        ends = [unit_of(shifted(v.now, unit, e.spec.sign * k), unit) for k in (1, n)]
        return Resolved(min(ends)[0], max(ends)[1], _PRECISION[unit], v.anchor)
    far = shifted(v.now, unit, e.spec.sign * n) if isinstance(n, int) else None
    unit = _PRECISION.get(unit, unit)
    if e.spec.sign < 0:
        return Resolved(far, v.now, unit, v.anchor)
    return Resolved(v.now, far, unit, v.anchor)


def _night(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    one = timedelta(days=1)
    if e.inner:
        inner = resolve(e.inner[0], grammar, v)
        if inner.days is None:
            return NOTHING
        start, end = inner.days
        return Resolved(start, end if end > start else end + one, "day", inner.anchor)
    if e.spec and e.spec.anchor == "text" and v.reference:
        start, end = v.reference
        return Resolved(start, end if end > start else end + one, "day", "text")
    if v.now is None:
        return NOTHING
    start = v.now if v.future else v.now - one
    return Resolved(start, start + one, "day", v.anchor)


def _clock(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    if v.reference is not None:
        days, anchor = v.reference, "text"
    elif v.now is not None:
        days, anchor = (v.now, v.now), v.anchor
    else:
        return NOTHING
    start, end = days
    if (end - start).days > 1:
        return NOTHING
    hour = e.slots.get("hour")
    if end > start:
        # A night is two days: only its evening hours belong to the first.
        start = end = start if isinstance(hour, int) and hour >= 18 else end
    return Resolved(start, end, "hour", anchor)


def _joined(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    day = resolve(e.inner[0], grammar, v)
    if len(e.inner) == 1 or day.days is None:
        return day
    hour = resolve(e.inner[1], grammar, replace(v, reference=day.days))
    return replace(hour, anchor=day.anchor)


def _range(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    first, last = _ends(e)
    if last is None or first is None:
        return NOTHING
    if last.slots.keys() - _YEAR == {"day"} and "month" in first.slots:
        # "May 3 to 5": the last day lies in the month of the first.
        last = replace(last, slots={**first.slots, **last.slots})
    end = resolve(last, grammar, v)
    if end.days is None:
        return NOTHING
    # The first date borrows what it lacks from the second: it is the nearest one before it.
    own = first.kind != "date" or (first.spec is not None and first.spec.direction is not None)
    vantage = v if own else Vantage(end.days[0], end.anchor, v.reference)
    start = resolve(first, grammar, vantage)
    if start.days is None:
        return NOTHING
    if start.days[0] > end.days[1] and last.kind == "date":
        # "From Friday to Monday", seen on a Saturday: the Monday after that Friday.
        end = resolve(last, grammar, Vantage(start.days[1], end.anchor, v.reference, True))
        if end.days is None:
            return NOTHING
    precision = max(start.precision, end.precision, key=_COARSE.index)
    return Resolved(start.days[0], end.days[1], precision, end.anchor)


def _ends(e: Expression) -> tuple[Expression | None, Expression | None]:
    inner = sorted(e.inner, key=lambda i: i.start)
    if len(inner) == 2:
        return inner[0], inner[1]
    own = _own(e)
    if len(inner) == 1 and own:
        last = inner[0]
        if own.keys() & _YEAR and len(own) > 1 and not last.slots.keys() & _YEAR:
            # "May 3 to 5, 2012", "January to March 1990": the year closes the whole.
            year = {slot: own.pop(slot) for slot in _YEAR & own.keys()}
            last = replace(last, slots={**last.slots, **year})
        return Expression(e.start, e.end, e.rule, "date", own), last
    return None, None


def _own(e: Expression) -> dict[str, int | str]:
    """The slots of an expression that name a date by themselves."""
    return {slot: e.slots[slot] for slot in _NAMING if slot in e.slots}


def _open(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    named = e.inner[0] if e.inner else Expression(e.start, e.end, e.rule, "date", _own(e))
    value = resolve(named, grammar, v)
    unit = e.slots.get("unit")
    if isinstance(unit, str) and v.now is not None:
        value = Resolved(*unit_of(v.now, unit), _PRECISION.get(unit, unit), v.anchor)
    if value.days is None or e.spec is None:
        return NOTHING
    gap = timedelta(days=e.spec.n or 0)
    if e.spec.sign < 0:
        limit = value.days[0] - gap if e.spec.n else value.days[1]
        return Resolved(None, limit, value.precision, value.anchor)
    limit = value.days[1] + gap if e.spec.n else value.days[0]
    return Resolved(limit, None, value.precision, value.anchor)


def _since(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    named = e.inner[0] if e.inner else Expression(e.start, e.end, e.rule, "date", _own(e))
    start = resolve(named, grammar, v)
    unit = e.slots.get("unit")
    if isinstance(unit, str) and v.now is not None:
        n = e.spec.n if e.spec and e.spec.n else 0
        span = unit_of(shifted(v.now, unit, n), unit)
        start = Resolved(*span, _PRECISION.get(unit, unit), v.anchor)
    if start.earliest is None or grammar.file.since == "start":
        return start
    end = v.now if v.now is not None and v.now >= start.earliest else None
    return Resolved(start.earliest, end, start.precision, start.anchor)


def _vague(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    return NOTHING


_KINDS: dict[str, Callable[[Expression, TimeGrammar, Vantage], Resolved]] = {
    "date": _date,
    "period": _period,
    "weekend": _weekend,
    "shift": _shift,
    "trailing": _trailing,
    "night": _night,
    "clock": _clock,
    "range": _range,
    "since": _since,
    "open": _open,
    "joined": _joined,
    "vague": _vague,
}
