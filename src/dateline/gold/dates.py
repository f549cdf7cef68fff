"""dates: the date specs of Microsoft's Recognizers-Text, read as a news text would be.

A row is a sentence, a day to count from (``ref``) and the expressions in it, each with its values.
What is scored is the expressions and their days by the language's own ``time.toml``; no claim is
coded, since most sentences tell of no happening that a claim is made of.

Scored: dates, ranges of dates, and dates with an hour or a part of the day (their days). Left out,
and counted in the notes by kind: durations, sets ("every Monday"), clock times without a day, time
zones; what the spec itself leaves without a value (impossible dates, seasons, fiscal years) or
refers to a day told elsewhere ("that week"); office reckoning that no news report counts in (fiscal
and school years, business days, numbered weeks); shorthand that is typed and not printed ("=2019",
"20200701", "2019 H2", "mar3"); years
spelt out in words; a day and month in digits that may be read in either order, where the language
has both orders, since these are unknown to us ("5/12"); a unit with no word that says which one
("partner of the year"); moments counted from this second ("now", "in five
minutes"); and values that count from a day which the row does not give.

Found: one of our expressions overlaps the spec's. Value: its first and last day are equal. Where
the spec leaves a choice, each of its readings is right:

- several values (a weekday or month without a year, past and future): a news text looks back, and
  any listed value is right. Which of the two is meant is told by the tense, which a stage reads
  from the parse; here both are tried;
- "the day before": the spec's day is also taken for the day that the text told last;
- whether the last day of a range belongs to it ("from 4 to 23", "before 2010", "after 3 May"), and
  in ranges of months or years whether the last month or year does;
- whether today is one of "the next three days";
- "this week", "later this year": the whole, or what of it is over or to come;
- "Monday before noon" is that day, open or not;
- a range that is open at one end is right by its other end ("since 1984" reaches to the day counted
  from with us);
- "two weeks ago" is one day by the spec's arithmetic: the week, month or year which holds that day
  is right, since the words say no more;
- where "early", "mid" and "late" begin and end: a part that overlaps the spec's by at least half of
  the shorter of them is right, and so are ends of a range that are off by less than such a part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from dateline.agreement import Count
from dateline.gold.date_specs import (
    KINDS,
    MONTHS,
    YEARS,
    Value,
    Wanted,
    day_of,
    place_of,
    precision_of,
    scored,
)
from dateline.gold.reading import (
    OVERALL,
    SLOT,
    TYPE,
    Code,
    Fault,
    Mark,
    Measure,
    Reader,
    Result,
    Row,
    Seen,
    Share,
    context,
    nothing_seen,
)
from dateline.language import Language, available, language
from dateline.language.calendar import Resolved, Vantage, resolve
from dateline.language.days import Days, unit_of
from dateline.language.time import Expression

_PART_OF_MONTH, _PART_OF_YEAR = timedelta(days=15), timedelta(days=124)
_DAY = timedelta(days=1)

Ours = tuple[Expression, Resolved, Resolved]
"""An expression and its value, looking back and looking ahead."""


class DateGold(Reader):
    """Rows of ``lang`` (a language's English name), ``i``, ``input``, ``ref`` and ``results``."""

    name = "dates"
    title = "Expressions of time and the days they mean"
    needs = ("lang", "input", "ref", "results")

    def score(self, rows: Sequence[Row], code: Code, seen: Seen = nothing_seen) -> Result:
        found, values = dict.fromkeys(KINDS, Count()), dict.fromkeys(KINDS, Share())
        precise = Share()
        left: Counter[str] = Counter()
        faults: list[Fault] = []
        refused: list[tuple[str, str]] = []
        for row in rows:
            seen()
            ref = str(row.get("i", "?"))
            lang = _languages().get(str(row["lang"]).lower())
            if lang is None:
                refused.append((ref, f"no resources for {row['lang']}"))
                continue
            ours = _ours(row, language(lang))
            wanted = list(scored(row, language(lang), left))
            for want in wanted:
                near = [o for o in ours if o[0].start < want.end and o[0].end > want.start]
                today = day_of(row.get("ref"))
                good = next((o for o in near if _right(want, today, *o)), None)
                found[want.kind] += Count(1, int(bool(near)), int(bool(near)))
                values[want.kind] += Share(int(good is not None), 1)
                if good is not None:
                    known = {precision_of(v) for v in want.values}
                    fits = good[1].precision in known or good[2].precision in known
                    precise += Share(int(fits), 1)
                else:
                    faults.append(_fault(row, ref, want, near, wanted, ours))
            for mine in _spurious(row, ours):
                found[_kind(mine[0])] += Count(ours=1)
                faults.append(_fault(row, ref, None, [mine], wanted, ours))
        items = sum(c.gold for c in found.values())
        return Result(
            reader=self.name,
            items=items,
            measures=(
                Measure(OVERALL, "expressions found", sum(found.values(), Count())),
                Measure(OVERALL, "value right", sum(values.values(), Share())),
                Measure(SLOT, "precision of right values", precise),
                *(Measure(TYPE, kind, values[kind]) for kind in KINDS),
            ),
            faults=tuple(faults),
            notes=(
                *(f"left out, {why}: {n}" for why, n in left.most_common()),
                "where the spec leaves a choice (past or future, ends of ranges, 'early' and "
                "'late', 'two weeks ago'), each of its readings counts as right",
            ),
            refused=tuple(refused),
        )


@cache
def _languages() -> Mapping[str, str]:
    """The codes of the languages that there are, by their names."""
    return {language(code).about.name.lower(): code for code in available()}


# ------------------------------------------------------------------ what we say


def _ours(row: Row, lang: Language) -> list[Ours]:
    """Our expressions, each read looking back and looking ahead."""
    now = day_of(row.get("ref"))
    told = (now, now) if now else None
    vantages = [Vantage(now, reference=told, future=future) for future in (False, True)]
    found = lang.time.find(lang.view(str(row["input"])))
    back, ahead = vantages
    return [(e, resolve(e, lang.time, back), resolve(e, lang.time, ahead)) for e in found]


def _spurious(row: Row, ours: Sequence[Ours]) -> Iterator[Ours]:
    """Our expressions with a value where the spec has none of any kind."""
    spans = [place for place in (place_of(row, r) for r in row["results"]) if place]
    for mine in ours:
        known = any(mine[0].start < end and mine[0].end > start for start, end in spans)
        if not known and mine[1].precision not in ("unknown", "hour"):
            yield mine


def _kind(e: Expression) -> str:
    return "date" if e.daily else "daterange"


def _right(want: Wanted, today: date | None, e: Expression, *ours: Resolved) -> bool:
    """Whether one of the spec's readings is ours."""
    return any(_equal(value, want.kind, today, e, mine) for value in want.values for mine in ours)


def _equal(value: Value, kind: str, today: date | None, e: Expression, ours: Resolved) -> bool:
    if value.earliest is None or value.latest is None:
        return _open_equal(value, kind, ours)
    if ours.days is None:
        return False
    starts = {value.earliest}
    if today is not None and value.earliest - _DAY == today and value.timex.startswith("("):
        starts.add(today)
    if ours.days[0] in starts and ours.days[1] in _ends(value):
        return True
    if e.kind == "range" and any(i.spec and i.spec.part for i in e.inner):
        near = _PART_OF_YEAR if ours.precision in ("month", "year") else _PART_OF_MONTH
        if abs(ours.days[0] - value.earliest) <= near and abs(ours.days[1] - value.latest) <= near:
            return True
    if today is not None and e.kind == "period" and e.spec is not None and e.spec.n == 0:
        # Of this week, what is over, or what is to come.
        unit = str(e.slots.get("unit") or e.spec.unit)
        whole = unit_of(today, unit)
        if today in ours.days and whole[0] <= value.earliest and value.latest <= whole[1]:
            return ours.days[0] == value.earliest or ours.days[1] == value.latest
    if value.earliest == value.latest:
        coarse = e.kind in ("shift", "within") and ours.precision in ("week", "month", "year")
        return coarse and ours.days[0] <= value.earliest <= ours.days[1]
    return value.part and _overlap((value.earliest, value.latest), ours.days)


def _ends(value: Value) -> Iterator[date]:
    """The last days that a range may have."""
    end = value.latest
    if end is None:
        return
    yield end
    if value.timex.startswith("("):
        yield end - _DAY
        yield end + _DAY
        if MONTHS.search(value.timex):
            yield unit_of(end + _DAY, "month")[1]
        if YEARS.search(value.timex):
            yield unit_of(end + _DAY, "year")[1]


def _open_equal(value: Value, kind: str, ours: Resolved) -> bool:
    bound = value.earliest or value.latest
    mine = ours.earliest if value.earliest else ours.latest
    if value.part and bound and mine and abs(bound - mine) <= _PART_OF_MONTH:
        return True
    if kind == "datetimerange" and ours.days and ours.days[0] == ours.days[1]:
        return ours.days[0] in (value.earliest, value.latest)
    if value.latest is None:
        first = value.earliest
        return first is not None and ours.earliest in (first, first + _DAY)
    return ours.earliest is None and ours.latest in (value.latest, value.latest - _DAY)


def _overlap(a: Days, b: Days) -> bool:
    shared = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    shorter = min((a[1] - a[0]).days, (b[1] - b[0]).days) + 1
    return 2 * shared >= shorter


# ------------------------------------------------------------------ what is told of a fault


def _fault(
    row: Row,
    ref: str,
    want: Wanted | None,
    near: Sequence[Ours],
    wanted: Sequence[Wanted],
    ours: Sequence[Ours],
) -> Fault:
    text = str(row["input"])
    place = (want.start, want.end) if want else (near[0][0].start, near[0][0].end)
    return Fault(
        kind="value" if want and near else "missed" if want else "spurious",
        name=want.kind if want else _kind(near[0][0]),
        ref=ref,
        at=place[0],
        gold=" or ".join(dict.fromkeys(_shown(v.earliest, v.latest) for v in want.values))
        if want
        else "",
        ours="; ".join(f"{_said(text, e)} = {_shown(r.earliest, r.latest)}" for e, r, _ in near),
        words=context(text, *place),
        text=text,
        marks=(
            *(Mark(w.start, w.end, "gold", w.kind) for w in wanted),
            *(Mark(e.start, e.end, "ours", e.rule) for e, *_ in ours),
        ),
    )


def _said(text: str, e: Expression) -> str:
    return f"{text[e.start : e.end]} ({e.rule})"


def _shown(earliest: date | None, latest: date | None) -> str:
    if earliest == latest:
        return str(earliest or "?")
    return f"{earliest or ''}..{latest or ''}"
