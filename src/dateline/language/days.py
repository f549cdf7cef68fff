"""Days of the calendar: of weeks, months and years, and the movable ones.

Easter is computed after Butcher, hijri months come from the Umm al-Qura tables of the ``hijridate``
library (1924 to 2077; ValueError or OverflowError outside of them).
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from dateline.language.timerules import Feast

Days = tuple[date, date]
_MONTHS = {"quarter": 3, "year": 12, "decade": 120}


def month_of(year: int, month: int, count: int = 1) -> Days:
    """First and last day of ``count`` months from this one on."""
    last = year * 12 + month - 1 + count - 1
    year_end, month_end = divmod(last, 12)
    return date(year, month, 1), date(
        year_end, month_end + 1, calendar.monthrange(year_end, month_end + 1)[1]
    )


def unit_of(day: date, unit: str) -> Days:
    """First and last day of the week, month, quarter, year or decade that a day lies in."""
    if unit == "week":
        monday = day - timedelta(days=day.isoweekday() - 1)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "quarter":
        return month_of(day.year, day.month - (day.month - 1) % 3, 3)
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if unit == "decade":
        return date(day.year - day.year % 10, 1, 1), date(day.year - day.year % 10 + 9, 12, 31)
    return day, day


def shifted(day: date, unit: str, n: int) -> date:
    """The day ``n`` units on; the end of a shorter month stands for days it lacks."""
    if unit == "minute":
        return day
    if unit == "hour":
        return day + timedelta(days=n // 24 if n >= 0 else -(-n // 24))
    if unit == "day":
        return day + timedelta(days=n)
    if unit in ("week", "fortnight"):
        return day + timedelta(weeks=n if unit == "week" else 2 * n)
    months = day.year * 12 + day.month - 1 + n * _MONTHS.get(unit, 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def nth_week(span: Days, n: int) -> Days:
    """The ``n``-th week of a month or year, the last for -1: a week belongs to what its Thursday
    lies in (ISO 8601)."""
    return unit_of(nth_weekday(span, 4, n), "week")


def nth_weekday(span: Days, weekday: int, n: int) -> date:
    """The ``n``-th Monday (1) to Sunday (7) of a month or year, the last for -1. ValueError when
    there is none."""
    days = span[0] + timedelta(days=(weekday - span[0].isoweekday()) % 7)
    if n < 0:
        days = span[1] - timedelta(days=(span[1].isoweekday() - weekday) % 7)
    else:
        days += timedelta(weeks=n - 1)
    if not span[0] <= days <= span[1]:
        raise ValueError("no such week")
    return days


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def hijri_days(year: int, month: int, day: int | None) -> Days:
    """First and last day of a hijri month, or of one day of it."""
    from hijridate import Hijri

    first = Hijri(year, month, day or 1)
    begins = first.to_gregorian()
    start = date(begins.year, begins.month, begins.day)
    length = 1 if day else first.month_length()
    return start, start + timedelta(days=length - 1)


def hijri_year(day: date) -> int:
    """The hijri year that a day lies in."""
    from hijridate import Gregorian

    return int(Gregorian(day.year, day.month, day.day).to_hijri().year)


def feast_days(feast: Feast, year: int) -> Days:
    """First and last day of a feast in a year (a hijri year for a hijri feast)."""
    if feast.easter is not None:
        start = easter(year) + timedelta(days=feast.easter)
    elif feast.hijri_month is not None:
        return hijri_days(year, feast.hijri_month, feast.hijri_day)
    else:
        start = date(year, feast.month or 1, feast.day or 1)
    return start, start + timedelta(days=feast.days - 1)
