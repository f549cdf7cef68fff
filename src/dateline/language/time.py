"""``time.toml`` of a language: its expressions of time, as patterns over named words.

A pattern finds an :class:`Expression` in a text; :mod:`dateline.language.calendar` says which
days it means, seen from a given day. Nothing here resolves anything, so the same words may be read
from the day of publication or from a day that the text itself gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from dateline.language.loading import ResourceError, load
from dateline.language.timerules import Feast, TimeFile, TimeRule
from dateline.text import fold


@dataclass(frozen=True, slots=True)
class Expression:
    """Words of a text that say when: code points ``start`` to ``end``, the rule that found them,
    the values of its slots, and the expressions inside it. ``linked``: it follows a word that
    makes it the complement of a noun, which it then dates alone."""

    start: int
    end: int
    rule: str
    kind: str
    slots: Mapping[str, int | str] = field(default_factory=dict)
    spec: TimeRule | None = None
    inner: tuple[Expression, ...] = ()
    linked: bool = False

    @property
    def daily(self) -> bool:
        """Whether it names a day rather than an hour or something longer."""
        if self.kind == "date":
            return not self.slots.keys().isdisjoint(("day", "weekday", "feast"))
        unit = self.spec.unit if self.spec else None
        if self.kind == "period":
            return unit == "day" or "weekday" in self.slots
        if self.kind == "shift":
            return self.slots.get("unit", unit) in ("day", "hour", "minute")
        if self.kind == "range":
            own = "day" in self.slots
            return bool(self.inner) and all(e.daily for e in self.inner[-1:]) and (
                own or len(self.inner) == 2
            )
        return self.kind in ("night", "joined")


_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}|\(!|[()|?<]|\s+|[^{}()|?<\s]+")
_DIGITS = {
    "year": r"(?:1[89]|20)\d\d",
    "yy": r"\d\d",
    "mm": r"(?:1[0-2]|0?[1-9])",
    "minute": r"[0-5]\d",
    "hijri_year": r"1[345]\d\d",
    "skip": r"\d{1,2}(?:, ?\d{1,2}){0,4}",
}
_BEFORE = r"(?<![\w.,]\d)(?<!\w)(?<!\d[.,/])"
_AFTER = r"(?!\w)(?![.,/:]\d)(?!-\d)(?! \d{3}\b)"
_GAP = r"(?: {1,3})"
_NAMED = frozenset(("weekday", "month"))


class _Compiler:
    """Turns patterns into regular expressions over folded text."""

    def __init__(self, file: TimeFile, name: str) -> None:
        self._file = file
        self._name = name
        self.values: dict[str, dict[str, int | str]] = {
            slot: {fold(word): value for word, value in table.items()}
            for slot, table in (
                ("weekday", file.weekday),
                ("month", file.month),
                ("hijri", file.hijri),
                ("season", file.season),
                ("daypart", file.daypart),
                ("unit", file.unit),
                ("n", file.number),
                ("ordinal", file.ordinal),
                ("feast", {word: fold(word) for word in file.feast}),
            )
        }
        suffix = "|".join(re.escape(fold(s)) for s in file.day_suffixes)
        day = r"(?:3[01]|[12]\d|0?[1-9])" + (rf"(?: ?(?:{suffix})\b)?" if suffix else "")
        self._slots = {
            **_DIGITS,
            **{slot: self._words((slot,)) for slot in self.values},
            "day": rf"(?:{day}|{self._words(('ordinal',))})",
            "hour": rf"(?:2[0-4]|1\d|0?\d|{self._words(('n',))})",
            "n": rf"(?:\d{{1,3}}|{self._words(('n',))})",
        }
        nested = [
            self._source(pattern, None)
            for rule in file.rule
            if rule.kind in ("date", "period") and rule.unit in (None, "day")
            for pattern in rule.pattern
            if "{date" not in pattern and "{unit" not in pattern
        ]
        # Longer ones first, so that "Tuesday 3 May" is not read as "Tuesday".
        self._slots["date"] = "(?:" + "|".join(nested) + ")"

    def _words(self, slots: Iterable[str]) -> str:
        names = {word for slot in slots for word in self.values[slot]}
        if not names:
            return r"(?!)"
        ordered = sorted(names, key=lambda w: (-len(w), w))
        return "(?:" + "|".join(re.escape(w).replace(r"\ ", _GAP) for w in ordered) + ")"

    def _source(self, pattern: str, groups: list[str] | None) -> str:
        parts = []
        for match in _SLOT.finditer(fold(pattern)):
            piece, slot = match.group(), match.group(1)
            if slot:
                if slot not in self._slots:
                    raise ResourceError(f"{self._name}: unknown slot {{{slot}}} in {pattern!r}")
                if groups is None:
                    parts.append(f"(?:{self._slots[slot]})")
                else:
                    label = match.group(2) or slot
                    parts.append(f"(?P<g{len(groups)}>{self._slots[slot]})")
                    groups.append(f"{slot}:{label}")
            elif piece == "(!":
                parts.append("(?!")
            elif piece == "(":
                parts.append("(?:")
            elif piece == "<":
                if groups is not None:
                    parts.append("(?P<keep>)")
            elif piece in ")|?":
                parts.append(piece)
            elif piece.isspace():
                parts.append(_GAP)
            else:
                parts.append(re.escape(piece))
        return "".join(parts)

    def compile(self, pattern: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
        groups: list[str] = []
        source = _BEFORE + "(?:" + self._source(pattern, groups) + ")" + _AFTER
        try:
            return re.compile(source), tuple(groups)
        except re.error as error:
            raise ResourceError(f"{self._name}: pattern {pattern!r}: {error}") from None

    def value(self, slot: str, words: str) -> int | str:
        """The number or name that the words in a slot stand for."""
        plain = " ".join(words.split())
        if slot in ("day", "hour"):
            digits = re.match(r"\d+", plain)
            if digits:
                return int(digits.group())
            return self.values["n"].get(plain, self.values["ordinal"].get(plain, 0))
        if plain.isdigit():
            return int(plain)
        return self.values.get(slot, {}).get(plain, plain)


@dataclass(frozen=True)
class TimeGrammar:
    """The compiled ``time.toml`` of a language."""

    file: TimeFile
    _rules: tuple[tuple[TimeRule, re.Pattern[str], tuple[str, ...]], ...]
    _compiler: _Compiler
    _feasts: Mapping[str, Feast]

    def feast(self, name: str) -> Feast:
        """The feast that an expression's slot names."""
        return self._feasts[name]

    def find(self, view: str, start: int = 0, end: int | None = None) -> tuple[Expression, ...]:
        """The expressions of time in ``view[start:end]``, in text order, none overlapping; the
        longest reading wins. ``view`` is a matching view (see :mod:`dateline.text`)."""
        stop = len(view) if end is None else end
        folded = fold(view[start:stop])
        found = [
            self._expression(rule, match, groups, folded, start)
            for rule, regex, groups in self._rules
            for match in regex.finditer(folded)
        ]
        kept: list[tuple[int, int, Expression]] = []
        for begin, finish, expression in sorted(
            found, key=lambda f: (f[0] - f[1], f[0], f[2].rule)
        ):
            if all(finish <= b or begin >= e for b, e, _ in kept):
                kept.append((begin, finish, expression))
        kept.sort(key=lambda k: k[0])
        small = self.file.names_small
        shown = [
            e
            for _, _, e in kept
            if not (small and e.linked and e.slots.keys() & _NAMED and view[e.start].isupper())
        ]
        return self._merged(shown, folded, start)

    def read(self, words: str) -> Expression | None:
        """The expression that these words are as a whole, None if they are none."""
        found = [e for e in self.find(words) if e.end == len(words)]
        return found[0] if found else None

    def _expression(
        self,
        rule: TimeRule,
        match: re.Match[str],
        groups: tuple[str, ...],
        folded: str,
        offset: int,
    ) -> tuple[int, int, Expression]:
        slots: dict[str, int | str] = {}
        inner: list[Expression] = []
        for n, group in enumerate(groups):
            words = match.group(f"g{n}")
            if words is None:
                continue
            slot, label = group.split(":")
            if slot == "date":
                part = self._nested(words, match.start(f"g{n}") + offset)
                if part is not None:
                    inner.append(part)
            elif label != slot:
                inner.append(
                    Expression(
                        match.start(f"g{n}") + offset,
                        match.end(f"g{n}") + offset,
                        rule.id,
                        "date",
                        {slot: self._compiler.value(slot, words)},
                    )
                )
            else:
                slots[slot] = self._compiler.value(slot, words)
        keep = match.start("keep") if "keep" in match.re.groupindex else -1
        begin = keep if keep >= 0 else match.start()
        links = set(map(fold, self.file.links))
        words_before = (
            re.search(r"[^\s']+'?$", folded[:at].rstrip()) for at in (begin, match.start())
        )
        linked = any(word is not None and word.group() in links for word in words_before)
        expression = Expression(
            begin + offset,
            match.end() + offset,
            rule.id,
            rule.kind,
            slots,
            rule,
            tuple(inner),
            linked,
        )
        return match.start(), match.end(), expression

    def _nested(self, words: str, offset: int) -> Expression | None:
        best: tuple[int, int, Expression] | None = None
        for rule, regex, groups in self._rules:
            if rule.kind in ("date", "period"):
                match = regex.fullmatch(words)
                if match:
                    found = self._expression(rule, match, groups, words, offset)
                    if best is None:
                        best = found
        return best[2] if best else None

    def _merged(
        self, found: list[Expression], folded: str, offset: int
    ) -> tuple[Expression, ...]:
        merged: list[Expression] = []
        glue = {fold(g) for g in self.file.glue}
        joins = {fold(j) for j in self.file.joins}
        for expression in found:
            if merged:
                last = merged[-1]
                gap = folded[last.end - offset : expression.start - offset]
                between = " ".join(re.sub(r"[,()]", " ", gap).split())
                both = _joined(last, expression, between in glue, between in joins)
                if both is not None:
                    merged[-1] = both
                    continue
            merged.append(expression)
        return tuple(merged)


def _joined(a: Expression, b: Expression, glued: bool, listed: bool) -> Expression | None:
    """Two neighbours as one: a day and its hour, two names of one day, or a range."""
    inner: tuple[Expression, ...]
    if glued and {a.kind, b.kind} & {"clock"} and (a.daily or b.daily):
        day, hour = (a, b) if a.daily else (b, a)
        if day.kind == "joined" or not day.daily:
            return None
        kind, inner = "joined", (day, hour)
    elif glued and a.daily and b.daily and "joined" not in (a.kind, b.kind):
        named = [e for e in (a, b) if {"day", "month"} <= e.slots.keys()]
        if not named:
            return None
        kind, inner = "joined", (named[0],)
    elif listed and a.kind == b.kind == "date":
        kind, inner = "range", (a, b)
    else:
        return None
    rule = f"{a.rule}+{b.rule}"
    return Expression(a.start, b.end, rule, kind, {}, None, inner, a.linked)


def compiled(file: TimeFile, name: str) -> TimeGrammar:
    """The grammar of a validated file; ``name`` is what messages call it.

    Raises ResourceError for a pattern that cannot be compiled.
    """
    compiler = _Compiler(file, name)
    rules = tuple(
        (rule, *compiler.compile(pattern)) for rule in file.rule for pattern in rule.pattern
    )
    feasts = {fold(word): feast for word, feast in file.feast.items()}
    return TimeGrammar(file, rules, compiler, feasts)


@cache
def load_time(code: str) -> TimeGrammar:
    """The grammar of ``resources/lang/<code>/time.toml``, compiled.

    Raises ResourceError when the file is missing or broken, or a pattern in it is.
    """
    return compiled(load(TimeFile, "lang", code, "time.toml"), f"lang/{code}/time.toml")
