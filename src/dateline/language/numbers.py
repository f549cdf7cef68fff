"""``numbers.toml`` of a language: how many. The words of harm are in ``casualties``.

Number words are composed as a sum of groups (hundreds and what is below them, then thousands,
millions), each word carrying its value and how much may still be added after it; the words, the
marks between digits and every turn of phrase are data. Values follow one rule: the bounds are
what the words commit to, so "at least 12" is 12 and no maximum, and "many" has neither bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from pydantic import Field

from dateline.language import loading
from dateline.language.casualties import Harms, load_harms
from dateline.language.loading import Rules


class NumberExample(Rules):
    """A text, the words of it that are the quantity, and its bounds (left out: unbounded)."""

    text: str
    found: str
    min: int | None = None
    max: int | None = None


class Turn(Rules):
    """What every rule of ``numbers.toml`` has: a name and examples."""

    id: str
    examples: tuple[NumberExample, ...] = Field(min_length=1)


class Cardinal(Turn):
    """Words with a value; after one of them, a cardinal below ``room`` may be added."""

    words: dict[str, int]
    room: int = 0


class Scale(Turn):
    """Words that multiply what stands before them ("hundred"); ``alone``: one of its kind if
    nothing does."""

    words: dict[str, int]
    alone: bool = False


class Collective(Turn):
    """Nouns for about so many ("dozen"): ``one`` in the singular, ``many`` in the plural, which
    without a number is at least twice the value."""

    one: dict[str, int] = Field(default_factory=dict)
    many: dict[str, int] = Field(default_factory=dict)


class Modifier(Turn):
    """Words before (or, with ``after``, behind) a number that move its bounds; not if a word of
    ``not_after`` stands before them."""

    words: tuple[str, ...]
    effect: Literal["at-least", "more-than", "at-most", "less-than", "about"]
    after: bool = False
    not_after: tuple[str, ...] = ()


class Range(Turn):
    """Patterns of two numbers A and B ("between A and B"); no range if a word of ``not_after``
    stands before them ("rose from A to B")."""

    patterns: tuple[str, ...]
    not_after: tuple[str, ...] = ()


class Indefinite(Turn):
    """Words for some or none, with the bounds they have ("many": none at all)."""

    words: tuple[str, ...]
    min: int | None = None
    max: int | None = None


class NumbersFile(Rules):
    """The whole of ``numbers.toml``. thousands, decimal: the marks inside digits. joiner: words
    that may stand inside a composed number, with the values that may follow (none given: any).
    joiner_after: the value that what stands before a joiner has at least ("a hundred and five", but
    not "twenty and five"). half: words that add half of the scale behind them ("two and a half
    million"). numbering: words that make digits behind them a name, and no number of things.
    link: words between a collective and what it counts. filler: words that may stand before a
    collective ("a good dozen"). many: words that may stand before a plural collective."""

    version: str
    thousands: tuple[str, ...] = Field(min_length=1)
    decimal: tuple[str, ...] = Field(min_length=1)
    joiner: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    joiner_after: int = 0
    half: tuple[str, ...] = ()
    numbering: tuple[str, ...] = ()
    link: tuple[str, ...] = ()
    filler: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    cardinal: tuple[Cardinal, ...]
    scale: tuple[Scale, ...]
    collective: tuple[Collective, ...] = ()
    modifier: tuple[Modifier, ...] = ()
    range: tuple[Range, ...] = ()
    indefinite: tuple[Indefinite, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: code points ``start`` to ``end`` of the view, both bounds (None: unbounded or not
    said), and the rule that read it."""

    start: int
    end: int
    min: int | None
    max: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Read:
    """A partial reading: the next word's index, the bounds, the rule."""

    at: int
    min: int | None
    max: int | None
    rule: str


T = TypeVar("T")

# A hyphen between two letters joins words and is passed over; other marks are words of their own.
_WORD = re.compile(r"\d+|[^\W\d_]+'?|(?<![^\W\d_])-|-(?![^\W\d_])|[^\w\s-]")
_MAX_DIGITS = 12
# What stands before digits that are no number of things: "AK-47", "12:30", "10/04".
_CODE = re.compile(r"(?:[^\W\d_]-|\d[.,:/])$")


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase of a resource file as the words that :meth:`Numbers.find` compares."""
    return tuple(w.group() for w in _WORD.finditer(phrase.lower()))


class _Phrases(Generic[T]):
    """Phrases of several words, looked up at a position, the longest first."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries:
            words = words_of(phrase)
            if not words:
                raise loading.ResourceError("numbers.toml: a phrase without words")
            self._by_first.setdefault(words[0], []).append((words, value))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[_Word], i: int) -> tuple[int, T] | None:
        """The index after the longest phrase that starts at word ``i``, and its value."""
        if i >= len(words):
            return None
        for phrase, value in self._by_first.get(words[i].text, ()):
            end = _follow(phrase, words, i)
            if end is not None:
                return end, value
        return None

    def after(self, words: Sequence[_Word], i: int) -> int:
        """The index after the longest phrase at word ``i``, ``i`` without one."""
        found = self.at(words, i)
        return i if found is None else found[0]

    def starts(self) -> Iterable[str]:
        """The first word of every phrase."""
        return self._by_first


def _follow(phrase: Sequence[str], words: Sequence[_Word], i: int) -> int | None:
    """The index after ``phrase`` at word ``i``, None if it does not stand there."""
    end = i + len(phrase)
    if end > len(words) or any(w.text != p for w, p in zip(words[i:end], phrase, strict=True)):
        return None
    return end


class Numbers:
    """A language's numbers, compiled. ``harms`` are its words of harm."""

    def __init__(self, rules: NumbersFile, harms: Harms) -> None:
        self.rules = rules
        self.harms = harms
        self._cardinals = _Phrases(
            (word, (value, c.room, c.id)) for c in rules.cardinal for word, value in c.words.items()
        )
        self._scales = _Phrases(
            (word, (value, s.alone, s.id)) for s in rules.scale for word, value in s.words.items()
        )
        self._one = _Phrases((w, (v, c.id)) for c in rules.collective for w, v in c.one.items())
        self._many = _Phrases((w, (v, c.id)) for c in rules.collective for w, v in c.many.items())
        self._before = _Phrases((w, m) for m in rules.modifier if not m.after for w in m.words)
        self._after = _Phrases((w, m) for m in rules.modifier if m.after for w in m.words)
        self._indefinite = _Phrases((w, x) for x in rules.indefinite for w in x.words)
        self._lead = _Phrases((w, None) for w in rules.many)
        self._filler = _Phrases((w, None) for w in rules.filler)
        self._half = _Phrases((w, None) for w in rules.half)
        self._numbering = _Phrases((w, None) for w in rules.numbering)
        self._ranges = tuple((p.split(), r) for r in rules.range for p in r.patterns)
        numbers: tuple[_Phrases[Any], ...] = (self._cardinals, self._scales, self._one, self._many)
        led: tuple[_Phrases[Any], ...] = (self._lead, self._filler, self._before, self._indefinite)
        self._starts = {word for phrases in (*numbers, *led) for word in phrases.starts()}
        self._starts |= {pattern[0] for pattern, _ in self._ranges}
        marks = "".join(re.escape(m) for m in rules.thousands)
        points = "".join(re.escape(m) for m in rules.decimal)
        self._digits = re.compile(
            rf"(?P<whole>\d{{1,3}}(?:[{marks}]\d{{3}}){{1,4}}(?!\d)|\d+)(?:[{points}](?P<part>\d+))?"
            # Not a time, a date, a share, a name of a weapon or an ordinal.
            r"(?![\w°]|[.:/,]\d|\s?%)"
        )

    def find(self, view: str, start: int, end: int) -> tuple[Quantity, ...]:
        """Every quantity in ``view[start:end]`` (a matching view), in text order, none inside
        another. Number words that are also articles ("un") are among them."""
        words = [
            _Word(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(view, start, end)
        ]
        found: list[Quantity] = []
        i = 0
        while i < len(words):
            first = words[i].text
            named = self._numbering.after(words, i)
            if named > i and named < len(words) and words[named].text[0].isdigit():
                i = named + 1
                continue
            starts = first in self._starts or first[0].isdigit()
            read = self._read(view, words, i) if starts else None
            if read is None or read.at <= i:
                i += 1
                continue
            start, stop = words[i].start, words[read.at - 1].end
            # "Ten-year-old", "three-hour": part of a word, and no number of things.
            if not (view[stop : stop + 1] == "-" and view[stop + 1 : stop + 2].isalpha()):
                found.append(Quantity(start, stop, read.min, read.max, read.rule))
            i = read.at
        return tuple(found)

    def _read(self, view: str, words: Sequence[_Word], i: int) -> _Read | None:
        modified = self._before.at(words, i)
        if modified is not None and not (i and words[i - 1].text in modified[1].not_after):
            at, modifier = modified
            inner = self._amounts(view, words, at)
            if inner is not None:
                return _moved(inner, modifier)
        read = self._amounts(view, words, i)
        some = self._indefinite.at(words, i)
        if read is not None and (some is None or some[0] <= read.at):
            return self._behind(view, words, read)
        if some is not None:
            return _Read(some[0], some[1].min, some[1].max, some[1].id)
        return None

    def _behind(self, view: str, words: Sequence[_Word], read: _Read) -> _Read:
        """Let a modifier move the bounds that stands right behind the number or behind the one
        word it counts; it belongs to the next number if one follows."""
        for skipped in (0, 1):
            if skipped and (read.at >= len(words) or not words[read.at].text[0].isalpha()):
                break
            later = self._after.at(words, read.at + skipped)
            if later is not None and self._amounts(view, words, later[0]) is None:
                moved = _moved(read, later[1])
                return _Read(read.at if skipped else later[0], moved.min, moved.max, moved.rule)
        return read

    def _amounts(self, view: str, words: Sequence[_Word], i: int) -> _Read | None:
        """A range or a single amount at word ``i``, whichever is longer."""
        best = self._amount(view, words, i)
        for pattern, rule in self._ranges:
            if any(w.text in rule.not_after for w in words[max(0, i - 2) : i]):
                continue
            found = self._range(view, words, i, pattern, rule.id)
            if found is not None and (best is None or found.at > best.at):
                best = found
        return best

    def _range(
        self, view: str, words: Sequence[_Word], i: int, pattern: Sequence[str], rule: str
    ) -> _Read | None:
        ends: list[_Read] = []
        for part in pattern:
            if part in ("A", "B"):
                read = self._amount(view, words, i)
                if read is None:
                    return None
                ends.append(read)
                i = read.at
            elif i < len(words) and words[i].text == part:
                i += 1
            else:
                return None
        low, high = ends[0].min, ends[1].max if ends[1].max is not None else ends[1].min
        if low is None or high is None or not low < high:
            return None
        return _Read(i, low, high, rule)

    def _amount(self, view: str, words: Sequence[_Word], i: int) -> _Read | None:
        exact = self._exact(view, words, i)
        lead = self._lead.after(words, i)
        if exact is not None and lead > exact.at:
            # "A few dozen": the article is no number there.
            exact = exact if self._many.at(words, self._filler.after(words, lead)) is None else None
        many = exact is None
        at = lead if exact is None else exact.at
        at = self._filler.after(words, at)
        noun = self._many.at(words, at)
        if noun is None and (exact is not None or at == i):
            noun = self._one.at(words, at)
            if noun is not None and exact is None and not self._linked(words, noun[0]):
                noun = None
            many = False
        if noun is None:
            return exact
        at, (value, rule) = noun
        value *= exact.min if exact is not None and exact.min is not None else 1
        more = self._many.at(words, at + 1) or self._one.at(words, at + 1)
        if more is not None and self._linked(words, at):
            at, value = more[0], value * more[1][0]
        return _Read(at, value * 2, None, rule) if many else _Read(at, value, value, rule)

    def _linked(self, words: Sequence[_Word], i: int) -> bool:
        return i < len(words) and words[i].text in self.rules.link

    def _exact(self, view: str, words: Sequence[_Word], i: int) -> _Read | None:
        """A number in digits (with a scale behind it) or composed of words."""
        if i >= len(words):
            return None
        if not words[i].text[0].isdigit():
            return self._composed(words, i)
        start = words[i].start
        if start and (view[start - 1].isalnum() or _CODE.search(view, max(0, start - 12), start)):
            return None
        match = self._digits.match(view, start)
        if match is None or len(match["whole"]) > _MAX_DIGITS:
            return None
        at = i
        while at < len(words) and words[at].start < match.end():
            at += 1
        whole, part = re.sub(r"\D", "", match["whole"]), match["part"]
        value, rule = float(f"{whole}.{part}") if part else int(whole), "digits"
        while (scale := self._scales.at(words, at)) is not None and scale[1][0] >= 1000:
            at, value, rule = scale[0], value * scale[1][0], scale[1][2]
        if value != int(value):
            if part is None or len(part) != 3:
                return None
            value = int(whole + part)  # "1,300": a decimal mark used between thousands
        return _Read(at, int(value), int(value), rule)

    def _composed(self, words: Sequence[_Word], i: int) -> _Read | None:
        total = group = 0
        room = above = 10**15
        at, rule, started, last = i, "", False, 0
        while at < len(words):
            here = at
            allowed: tuple[int, ...] | None = None
            half = self._half.after(words, at) if group else at
            if half > at and (scale := self._scales.at(words, half)) and scale[1][0] >= 1000:
                at, (value, _, rule) = scale
                total, group = total + group * value + value // 2, 0
                break
            if started and words[at].text in self.rules.joiner and last >= self.rules.joiner_after:
                allowed = self.rules.joiner[words[at].text]
                here += 1
            cardinal = self._cardinals.at(words, here)
            if cardinal is not None:
                end, (value, more, name) = cardinal
                if value >= room or (started and not value) or (allowed and value not in allowed):
                    break
                group += value
                room, at, rule, started, last = more, end, name, True, value
                continue
            scale = self._scales.at(words, here)
            if scale is None or allowed is not None:
                break
            end, (value, alone, name) = scale
            if not (alone or group):
                break
            if value < 1000:
                if group >= 100 or (not group and value >= room):
                    break
                group = max(group, 1) * value
                room = value
            else:
                if value >= above:
                    break
                total, group = total + max(group, 1) * value, 0
                room = above = value
            at, rule, started, last = end, name, True, value
        return _Read(at, total + group, total + group, rule) if started else None


def _moved(read: _Read, modifier: Modifier) -> _Read:
    low, high = read.min, read.max
    match modifier.effect:
        case "at-least":
            high = None
        case "more-than":
            low, high = (None if low is None else low + 1), None
        case "at-most":
            low = None
        case "less-than":
            low, high = None, (None if high is None else high - 1)
        case "about":
            pass
    return _Read(read.at, low, high, modifier.id)


def load_numbers(code: str) -> Numbers:
    """The numbers and the words of harm of a language; ResourceError if a file is broken."""
    rules = loading.load(NumbersFile, "lang", code, "numbers.toml")
    return Numbers(rules, load_harms(code))
