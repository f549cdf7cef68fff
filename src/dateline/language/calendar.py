"""Which days an expression of time means, seen from a given day: integer arithmetic, no clock.

Weeks run from Monday (ISO 8601), seasons are the meteorological ones (three whole months).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from dateline.language.days import Days, shifted, unit_of
from dateline.language.named_dates import NOTHING, Resolved, Vantage, named_date, part_of
from dateline.language.time import Expression, TimeGrammar
from dateline.language.timerules import TimeRule

__all__ = ["NOTHING", "Resolved", "Vantage", "resolve"]

_NAMING = ("day", "mm", "month", "year", "yy", "weekday", "feast")
_YEAR = frozenset(("year", "yy"))
_PRECISION = {"minute": "hour", "fortnight": "week", "quarter": "month", "decade": "year"}
_WHOLE = frozenset(("quarter", "decade"))
_COARSE = ("hour", "day", "week", "month", "year", "unknown")
# How many days, weeks or months "the following" ones are at most.
_SEVERAL = 10


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
        span, coarse = part_of((start, end), e.spec.part)
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


def _within(e: Expression, grammar: TimeGrammar, v: Vantage) -> Resolved:
    if e.spec is None:
        return NOTHING
    ahead = v.future is not False
    spec = e.spec.model_copy(update={"sign": 1 if ahead else -1})
    return (_shift if ahead else _trailing)(replace(e, spec=spec), grammar, v)


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
    days, upto = start.days, end.days
    if days[0] > upto[1] and last.kind == "date":
        # "From Friday to Monday", seen on a Saturday: the Monday after that Friday.
        end = resolve(last, grammar, Vantage(days[1], end.anchor, v.reference, True))
        if end.days is None:
            return NOTHING
        upto = end.days
    precision = max(start.precision, end.precision, key=_COARSE.index)
    return Resolved(days[0], upto[1], precision, end.anchor)


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
    "date": named_date,
    "period": _period,
    "weekend": _weekend,
    "shift": _shift,
    "trailing": _trailing,
    "within": _within,
    "night": _night,
    "clock": _clock,
    "range": _range,
    "since": _since,
    "open": _open,
    "joined": _joined,
    "vague": _vague,
}
