"""The pattern language of ``time.toml``, turned into regular expressions over folded text.

A pattern has no unbounded repetition. Each also yields its **needs**, words or slots of which one
must stand in a text for the pattern to match there: most rules are passed over by that alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dateline.language.loading import ResourceError
from dateline.language.timerules import TimeFile, TimeRule
from dateline.text import fold

_PIECE = re.compile(r"\{(\w+)(?::(\w+))?\}|\(!|[()|?<]|\s+|[^{}()|?<\s]+")
_DIGITS = {
    "year": r"(?:1[89]|20)\d\d",
    "yy": r"\d\d",
    "mm": r"(?:1[0-2]|0?[1-9])",
    "minute": r"[0-5]\d",
    "hijri_year": r"1[345]\d\d",
    "skip": r"\d{1,2}(?:, ?\d{1,2}){0,4}",
}
_BEFORE = r"(?<!\w)(?<!\d[.,/])"
_AFTER = r"(?!\w)(?![.,/:]\d)(?!-\d)(?! \d{3}\b)"
_GAP = r"(?: {1,3})"

Needs = frozenset[str]


@dataclass(frozen=True)
class Pattern:
    """One pattern of a rule: ``groups`` are its slots as "slot:label", ``needs`` what a text must
    hold. The regular expression is made when first asked for."""

    rule: TimeRule
    source: str
    groups: tuple[str, ...]
    needs: tuple[Needs, ...]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern over folded text; group ``g0`` is the first slot, and so on, and ``keep``
        the beginning of the kept words."""
        return re.compile(self.source)


class Compiler:
    """Turns the patterns of one file into :class:`Pattern`; ``name`` is what messages call it."""

    def __init__(self, file: TimeFile, name: str) -> None:
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
        number = self._words(("n",))
        self.slots = {
            **_DIGITS,
            **{slot: self._words((slot,)) for slot in self.values},
            "day": rf"(?:{day}|{self._words(('ordinal',))})",
            "hour": rf"(?:2[0-4]|1\d|0?\d|{number})",
            "n": rf"(?:\d{{1,3}}|{number})",
        }
        nested = [
            pattern
            for rule in file.rule
            if rule.kind in ("date", "period") and rule.unit in (None, "day")
            for pattern in rule.pattern
            if "{date" not in pattern and "{unit" not in pattern
        ]
        self.slots["date"] = "(?:" + "|".join(self._source(p, None) for p in nested) + ")"
        self._date_needs: Needs = frozenset().union(*(self._best(self._needs(p)) for p in nested))

    def _words(self, slots: Iterable[str]) -> str:
        names = {word for slot in slots for word in self.values[slot]}
        if not names:
            return r"(?!)"
        ordered = sorted(names, key=lambda w: (-len(w), w))
        return "(?:" + "|".join(re.escape(w).replace(r"\ ", _GAP) for w in ordered) + ")"

    def _source(self, pattern: str, groups: list[str] | None) -> str:
        parts = []
        for match in _PIECE.finditer(fold(pattern)):
            piece, slot = match.group(), match.group(1)
            if slot:
                if slot not in self.slots:
                    raise ResourceError(f"{self._name}: unknown slot {{{slot}}} in {pattern!r}")
                if groups is None:
                    parts.append(f"(?:{self.slots[slot]})")
                else:
                    parts.append(f"(?P<g{len(groups)}>{self.slots[slot]})")
                    groups.append(f"{slot}:{match.group(2) or slot}")
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

    def compile(self, rule: TimeRule, pattern: str) -> Pattern:
        """The compiled pattern; ResourceError if it is not well formed."""
        groups: list[str] = []
        source = self._source(pattern, groups)
        try:
            # Tried with the long alternatives of a whole date left out, for speed.
            re.compile(source.replace(self.slots["date"], "x"))
        except re.error as error:
            raise ResourceError(f"{self._name}: pattern {pattern!r}: {error}") from None
        whole = f"{_BEFORE}(?:{source}){_AFTER}"
        needs = sorted(self._needs(pattern), key=_rarity)
        return Pattern(rule, whole, tuple(groups), tuple(needs))

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

    @cached_property
    def presence(self) -> dict[str, re.Pattern[str]]:
        """How to see whether a text can hold a slot at all."""
        return {
            slot: re.compile(r"\d" if slot in _DIGITS else source)
            for slot, source in self.slots.items()
            if slot != "date"
        }

    def _best(self, needs: list[Needs]) -> Needs:
        return min(needs, key=_rarity, default=frozenset())

    def _needs(self, pattern: str) -> list[Needs]:
        pieces = [m.group() for m in _PIECE.finditer(fold(pattern))]
        alternatives, _ = self._alternatives(pieces, 0)
        return alternatives[0] if len(alternatives) == 1 else self._either(alternatives)

    def _either(self, alternatives: list[list[Needs]]) -> list[Needs]:
        """What a choice needs: one need of each alternative; nothing if one needs nothing."""
        if not all(alternatives):
            return []
        return [frozenset().union(*(self._best(needs) for needs in alternatives))]

    def _alternatives(self, pieces: list[str], at: int) -> tuple[list[list[Needs]], int]:
        """The needs of each alternative from ``at`` to the closing bracket, and where that is."""
        found: list[list[Needs]] = [[]]
        while at < len(pieces):
            piece = pieces[at]
            if piece == ")":
                return found, at
            if piece == "|":
                found.append([])
            elif piece in ("(", "(!"):
                inside, at = self._alternatives(pieces, at + 1)
                optional = at + 1 < len(pieces) and pieces[at + 1] == "?"
                if piece == "(" and not optional:
                    found[-1].extend(self._either(inside))
            elif piece.startswith("{"):
                slot = piece.strip("{}").split(":")[0]
                found[-1].append(self._date_needs if slot == "date" else frozenset((f"{{{slot}",)))
            elif piece not in ("?", "<") and not piece.isspace():
                optional = at + 1 < len(pieces) and pieces[at + 1] == "?"
                word = piece[:-1] if optional else piece
                if word:
                    found[-1].append(frozenset((word,)))
            at += 1
        return found, at


def _rarity(need: Needs) -> tuple[int, int]:
    """Sorts the needs that fewest texts meet first: those of few words, and of long ones."""
    return len(need), -min(map(len, need))


class Presence:
    """What one text holds: asked for every pattern, answered once for every word and slot."""

    def __init__(self, text: str, compiler: Compiler) -> None:
        self._text = text
        self._compiler = compiler
        self._known: dict[str, bool] = {}

    def meets(self, needs: tuple[Needs, ...]) -> bool:
        """Whether the text holds one of each of the needs."""
        return all(any(self._holds(item) for item in need) for need in needs)

    def _holds(self, item: str) -> bool:
        known = self._known.get(item)
        if known is None:
            if item.startswith("{"):
                known = self._compiler.presence[item[1:]].search(self._text) is not None
            else:
                known = item in self._text
            self._known[item] = known
        return known
