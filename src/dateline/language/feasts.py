"""Movable days: Easter after Butcher's rule, hijri months by the Umm al-Qura tables of the
``hijridate`` library (1924 to 2077; ValueError or OverflowError outside of them)."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.language.timerules import Feast


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def hijri_days(year: int, month: int, day: int | None) -> tuple[date, date]:
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


def feast_days(feast: Feast, year: int) -> tuple[date, date]:
    """First and last day of a feast in a year (a hijri year for a hijri feast)."""
    if feast.easter is not None:
        start = easter(year) + timedelta(days=feast.easter)
    elif feast.hijri_month is not None:
        return hijri_days(year, feast.hijri_month, feast.hijri_day)
    else:
        start = date(year, feast.month or 1, feast.day or 1)
    return start, start + timedelta(days=feast.days - 1)
