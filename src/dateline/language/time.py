"""``time.toml`` of a language: its expressions of time, as patterns over named words.

A pattern finds an :class:`Expression` in a text; :mod:`dateline.language.calendar` says which
days it means, seen from a given day. Nothing here resolves anything, so the same words may be read
from the day of publication or from a day that the text itself gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from dateline.language.loading import load
from dateline.language.timepatterns import Compiler, Pattern
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
            return (
                bool(self.inner)
                and all(e.daily for e in self.inner[-1:])
                and (own or len(self.inner) == 2)
            )
        return self.kind in ("night", "joined")


_NAMED = frozenset(("weekday", "month"))
# A letter of no language's words, which stands for those of a word that is no name here.
_BLANK = "\N{MODIFIER LETTER GLOTTAL STOP}"


@dataclass(frozen=True)
class TimeGrammar:
    """The compiled ``time.toml`` of a language."""

    file: TimeFile
    _patterns: tuple[Pattern, ...]
    _compiler: Compiler
    _feasts: Mapping[str, Feast]
    _links: frozenset[str]
    _links_after: tuple[str, ...]
    _small: re.Pattern[str]
    _glue: frozenset[str]
    _joins: frozenset[str]

    def feast(self, name: str) -> Feast:
        """The feast that an expression's slot names."""
        return self._feasts[name]

    def find(self, view: str, start: int = 0, end: int | None = None) -> tuple[Expression, ...]:
        """The expressions of time in ``view[start:end]``, in text order, none overlapping; the
        longest reading wins. ``view`` is a matching view (see :mod:`dateline.text`)."""
        stop = len(view) if end is None else end
        folded = fold(self._small.sub(lambda m: _BLANK * len(m.group()), view[start:stop]))
        found = [
            self._expression(pattern, match, folded, start)
            for pattern in self._possible(folded)
            for match in pattern.regex.finditer(folded)
        ]
        kept: list[tuple[int, int, Expression]] = []
        taken = bytearray(len(folded))
        for begin, finish, expression in sorted(
            found, key=lambda f: (f[0] - f[1], f[0], f[2].rule)
        ):
            if not any(taken[begin:finish]):
                taken[begin:finish] = b"\x01" * (finish - begin)
                kept.append((begin, finish, expression))
        kept.sort(key=lambda k: k[0])
        small = self.file.names_small
        shown = [
            e
            for _, _, e in kept
            if not (small and e.linked and e.slots.keys() & _NAMED and view[e.start].isupper())
        ]
        return self._merged(shown, folded, start)

    def _possible(self, folded: str) -> Iterator[Pattern]:
        """The patterns that can match in a folded text, in their order."""
        present = self._compiler.present(folded)
        numbers = {n for key in present & self._by_need.keys() for n in self._by_need[key]}
        for n in sorted(numbers.union(self._by_need.get("", ()))):
            pattern = self._patterns[n]
            if all(not need.isdisjoint(present) for need in pattern.needs):
                yield pattern

    @cached_property
    def _by_need(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the patterns under each alternative of the rarest of their needs, those
        that need nothing under ""."""
        index: dict[str, list[int]] = {}
        for n, pattern in enumerate(self._patterns):
            for key in pattern.needs[0] if pattern.needs else ("",):
                index.setdefault(key, []).append(n)
        return {key: tuple(numbers) for key, numbers in index.items()}

    def read(self, words: str) -> Expression | None:
        """The expression that these words are as a whole, None if they are none."""
        found = [e for e in self.find(words) if e.end == len(words)]
        return found[0] if found else None

    def _expression(
        self,
        pattern: Pattern,
        match: re.Match[str],
        folded: str,
        offset: int,
    ) -> tuple[int, int, Expression]:
        rule = pattern.rule
        slots: dict[str, int | str] = {}
        inner: list[Expression] = []
        for n, group in enumerate(pattern.groups):
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
                # A day that cannot be a month ("dd") is a day all the same.
                slots["day" if slot == "dd" else slot] = self._compiler.value(slot, words)
        keep = match.start("keep") if "keep" in match.re.groupindex else -1
        begin = keep if keep >= 0 else match.start()
        words_before = (
            re.search(r"[^\s']+'?$", folded[max(0, at - 24) : at].rstrip())
            for at in (begin, match.start())
        )
        linked = any(word is not None and word.group() in self._links for word in words_before)
        linked = linked or folded.startswith(self._links_after, match.end())
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
        for pattern in self._possible(words):
            if pattern.rule.kind in ("date", "period"):
                match = pattern.regex.fullmatch(words)
                if match:
                    return self._expression(pattern, match, words, offset)[2]
        return None

    def _merged(self, found: list[Expression], folded: str, offset: int) -> tuple[Expression, ...]:
        merged: list[Expression] = []
        for expression in found:
            if merged:
                last = merged[-1]
                gap = folded[last.end - offset : expression.start - offset]
                between = " ".join(re.sub(r"[,()]", " ", gap).split())
                both = _joined(last, expression, between in self._glue, between in self._joins)
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
    compiler = Compiler(file, name)
    patterns = tuple(
        compiler.compile(rule, pattern) for rule in file.rule for pattern in rule.pattern
    )
    feasts = {fold(word): feast for word, feast in file.feast.items()}
    links, glue, joins = (frozenset(map(fold, w)) for w in (file.links, file.glue, file.joins))
    after = tuple(map(fold, file.links_after))
    names = "|".join(map(re.escape, file.capital)) or "(?!)"
    behind = "".join(rf"(?<!\b{re.escape(word)} )" for word in file.names_after)
    small = re.compile(rf"(?<!\w){behind}(?:{names})(?!\w)")
    return TimeGrammar(file, patterns, compiler, feasts, links, after, small, glue, joins)


@cache
def load_time(code: str) -> TimeGrammar:
    """The grammar of ``resources/lang/<code>/time.toml``, compiled.

    Raises ResourceError when the file is missing or broken, or a pattern in it is.
    """
    return compiled(load(TimeFile, "lang", code, "time.toml"), f"lang/{code}/time.toml")
