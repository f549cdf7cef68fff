"""What a ``time.toml`` may hold: the models that validate it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.language.loading import Rules

Unit = Literal["minute", "hour", "day", "week", "fortnight", "month", "quarter", "year", "decade"]
Part = Literal[
    "begin", "mid", "end", "decade", "century", "q1", "q2", "q3", "q4", "h1", "h2", "week", "last"
]
Kind = Literal[
    "date",
    "period",
    "weekend",
    "shift",
    "trailing",
    "within",
    "night",
    "clock",
    "range",
    "since",
    "open",
    "vague",
]


class TimeExample(Rules):
    """A text and what the rule must find in it: ``words``, read from ``published`` and from
    ``reference`` (a day or "day/day" given earlier in the text), are ``earliest`` to ``latest``.
    ``latest`` is ``earliest`` if left out, and ``earliest`` null if left out; ``open`` names the
    end that is null though the other is not."""

    text: str
    words: str
    published: str | None = None
    reference: str | None = None
    future: bool | None = False
    earliest: str | None = None
    latest: str | None = None
    open: Literal["latest"] | None = None
    precision: Literal["hour", "day", "week", "month", "year", "unknown"]
    anchor: Literal["published", "text", "none"]


class TimeRule(Rules):
    """One rule. ``kind`` says how it is read:

    date: a day, month, season or year by its name, or a feast. period: the unit that lies ``n``
    units from the anchor ("last week"). weekend: the same for Saturday and Sunday. shift: ``n``
    units before (``sign`` -1) or after the anchor or a date. trailing: the ``n`` units up to the
    day of publication, or from it on. within: ``n`` units, ahead if the clause looks ahead, else
    back. night: from a day to the next. clock: an hour or a part of
    the day in question. range: from one date to another. since: from a date on. open: all before or
    after a date, itself not among it if ``n`` is 1. vague: words that
    are kept and resolve to nothing.

    ``anchor``: "now", the day of publication, or "text", a day given earlier in the text.
    ``direction``: "last" or "next", strictly before or after the anchor. ``part``: the beginning,
    middle or end of a month or year, a decade, a century, a quarter or half of a year, the week or
    the weekday of it that the slot ``ordinal`` counts ("week"), or the last ("last"). ``either``:
    the day and the month, both in digits, may stand in either order; unknown where both readings
    stay possible.
    """

    id: str
    kind: Kind
    pattern: tuple[str, ...] = Field(min_length=1)
    anchor: Literal["now", "text"] = "now"
    unit: Unit | None = None
    n: int | None = None
    sign: Literal[-1, 1] = -1
    direction: Literal["last", "next"] | None = None
    part: Part | None = None
    either: bool = False
    precision: Literal["hour", "day", "week", "month", "year"] | None = None
    examples: tuple[TimeExample, ...] = Field(min_length=1)
    not_examples: tuple[str, ...] = ()


class Feast(Rules):
    """A feast: ``month`` and ``day``, or days from Easter Sunday (``easter``), or a day of the
    hijri year. ``days`` is how many it lasts."""

    month: int | None = None
    day: int | None = None
    easter: int | None = None
    hijri_month: int | None = None
    hijri_day: int | None = None
    days: int = 1


class DatelineExample(Rules):
    """The beginning of a report, and the date and place of the dateline in it, null if none."""

    text: str
    date: str | None = None
    place: str | None = None


class DatelineWords(Rules):
    """Words that may stand before the date of a dateline ("published on"), lower case."""

    before: tuple[str, ...] = ()
    examples: tuple[DatelineExample, ...] = Field(min_length=1)
    not_examples: tuple[str, ...] = ()


class TimeFile(Rules):
    """The whole of ``time.toml``: names of things that are counted, and the rules.

    links: what stands between an expression and the noun it dates alone; links_after: what follows
    an expression that dates a noun alone. during: what
    makes the date of one happening that of another ("in the attack of"). joins: what makes two
    expressions one range. glue: what may stand between a day and its hour. day_suffixes: what may
    follow a day of the month. since: whether "since X" reaches to the day of publication ("now")
    or has the value of X ("start"). since_words: the prepositions that say since when.
    future: the auxiliaries that make a future, in a language whose verbs have no form for it.
    names_small: a linked expression with a capital is part of a name, and none. capital: names of
    days and months that are other words when written small, except behind one of names_after.
    """

    version: str
    links: tuple[str, ...] = ()
    links_after: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    names_after: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    glue: tuple[str, ...] = ("",)
    day_suffixes: tuple[str, ...] = ()
    since: Literal["now", "start"] = "now"
    since_words: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    names_small: bool = False
    weekday: dict[str, int]
    month: dict[str, int]
    hijri: dict[str, int] = Field(default_factory=dict)
    season: dict[str, int] = Field(default_factory=dict)
    daypart: dict[str, Literal["am", "pm"]] = Field(default_factory=dict)
    unit: dict[str, Unit]
    number: dict[str, int]
    ordinal: dict[str, int] = Field(default_factory=dict)
    feast: dict[str, Feast] = Field(default_factory=dict)
    dateline: DatelineWords
    rule: tuple[TimeRule, ...]
