"""The pattern language of ``time.toml``, turned into regular expressions over folded text.

A pattern has no unbounded repetition. Each also yields its **needs**, words or slots of which one
must stand in a text for the pattern to match there: most rules are passed over by that alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dateline.language.gate import Keys, whole, within
from dateline.language.loading import ResourceError
from dateline.language.timerules import TimeFile, TimeRule
from dateline.text import fold

_PIECE = re.compile(r"\{(\w+)(?::(\w+))?\}|\(!|[()|?<]|\s+|[^{}()|?<\s]+")
_DIGITS = {
    "year": r"(?:1[89]|20)\d\d",
    "yy": r"\d\d",
    "dd": r"(?:3[01]|2\d|1[3-9])",
    "mm": r"(?:1[0-2]|0?[1-9])",
    "minute": r"[0-5]\d",
    "hijri_year": r"1[345]\d\d",
    "skip": r"\d{1,2}(?:, ?\d{1,2}){0,4}",
    "word": r"[^\W\d_]+",
}
_DIGIT = re.compile(r"\d")
# The slots that words may fill, and the tables of these words; digits fill the others, or both.
_WORDED = {
    **{slot: (slot,) for slot in ("weekday", "month", "hijri", "season", "daypart", "unit")},
    **{slot: (slot,) for slot in ("ordinal", "feast", "n")},
    "hour": ("n",),
    "day": ("ordinal",),
}
_WITH_DIGITS = frozenset(f"{{{slot}" for slot in (*_DIGITS, "day", "hour", "n") if slot != "word")
# Not inside of a word or number, and no amount of money.
_BEFORE = r"(?<!\w)(?<!\d[.,/-])(?<!\w/)(?<!\$)(?<!\$ )"
_AFTER = r"(?!\w)(?![.,/:]\d)(?!-\d)(?! \d{3}\b)"
_GAP = r"(?: {1,3})"


def _loose(words: str) -> str:
    """A regular expression for words, with or without a hyphen between them."""
    return re.escape(words).replace(r"\ ", _GAP).replace(r"\-", "(?:-| {1,3})")


Needs = frozenset[str]
"""Keys of the gate, or slots ("{month"), of which one must be in a text."""


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
        self._words_needed: set[str] = set()
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
            "day": rf"(?:{day}|{self._words(('ordinal',), day)})",
            "hour": rf"(?:2[0-4]|1\d|0?\d|{number})",
            "n": rf"(?:\d{{1,3}}|{number})",
        }
        nested = [
            pattern
            for rule in file.rule
            if rule.kind in ("date", "period")
            for pattern in rule.pattern
            if "{date" not in pattern
            and "{unit" not in pattern
            and (rule.unit in (None, "day") or "{weekday" in pattern)
        ]
        self.slots["date"] = "(?:" + "|".join(self._source(p, None) for p in nested) + ")"
        self._date_needs: Needs = frozenset().union(*(self._best(self._needs(p)) for p in nested))

    def _words(self, slots: Iterable[str], known: str = r"(?!)") -> str:
        """The words of some slots, those left out that a ``known`` expression matches anyway."""
        names = {word for slot in slots for word in self.values[slot]}
        names = {word for word in names if not re.fullmatch(known, word)}
        if not names:
            return r"(?!)"
        ordered = sorted(names, key=lambda w: (-len(w), w))
        return "(?:" + "|".join(map(_loose, ordered)) + ")"

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
        if plain not in self.values.get(slot, ()):
            plain = self._hyphenated.get(plain, plain)
        if slot in ("day", "hour"):
            digits = re.match(r"\d+", plain)
            if digits:
                return int(digits.group())
            return self.values["n"].get(plain, self.values["ordinal"].get(plain, 0))
        if plain.isdigit():
            return int(plain)
        return self.values.get(slot, {}).get(plain, plain)

    @cached_property
    def _hyphenated(self) -> dict[str, str]:
        """The words written with a hyphen, by what they are without."""
        names = (word for table in self.values.values() for word in table)
        return {word.replace("-", " "): word for word in names if "-" in word}

    @cached_property
    def keys(self) -> Keys:
        """Everything that a text is looked through for, to see which patterns can match in it."""
        return Keys.of((*self._words_needed, *self._slots_shown))

    @cached_property
    def _slots_shown(self) -> dict[str, tuple[str, ...]]:
        """The slots that words show, by the key of the first word of each value."""
        shown: dict[str, list[str]] = {}
        for slot, tables in _WORDED.items():
            for table in tables:
                for words in self.values[table]:
                    shown.setdefault(within(re.split("[ -]", words)[0]), []).append(f"{{{slot}")
        return {key: tuple(dict.fromkeys(slots)) for key, slots in shown.items()}

    def present(self, folded: str) -> frozenset[str]:
        """What a folded text holds of all that a pattern may need."""
        seen = set(self.keys.seen(folded))
        for key in seen & self._slots_shown.keys():
            seen.update(self._slots_shown[key])
        if _DIGIT.search(folded):
            seen.update(_WITH_DIGITS)
        return frozenset(seen)

    def _best(self, needs: list[Needs]) -> Needs:
        return min(needs, key=_rarity, default=frozenset())

    def _needs(self, pattern: str) -> list[Needs]:
        pieces = [m.group() for m in _PIECE.finditer(fold(pattern))]
        alternatives, _ = self._alternatives(pieces, 0)
        needs = alternatives[0] if len(alternatives) == 1 else self._either(alternatives)
        self._words_needed.update(k for need in needs for k in need if not k.startswith("{"))
        return needs

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
                    found[-1].append(frozenset((_key(word, pieces, at, optional),)))
            at += 1
        return found, at


def _rarity(need: Needs) -> tuple[int, int]:
    """Sorts the needs that fewest texts meet first: those of few words, and of long ones."""
    return len(need), -min(map(len, need))


def _key(word: str, pieces: list[str], at: int, shortened: bool) -> str:
    """The key of a word of a pattern: as narrow as the pieces beside it allow."""
    if not _begins(pieces, at):
        return within(word)
    return word if shortened or not _ends(pieces, at + 1) else whole(word)


def _begins(pieces: list[str], at: int) -> bool:
    """Whether a piece always stands at the beginning of a word: behind white space or nothing."""
    before = at - 1
    while before >= 0:
        piece = pieces[before]
        if piece.isspace():
            return True
        if piece == "|":
            before = _opening(pieces, before)
        if piece == ")" and pieces[_opening(pieces, before)] == "(!":
            before = _opening(pieces, before)
        elif piece not in ("(", "|", "<"):
            return False
        before -= 1
    return True


def _ends(pieces: list[str], after: int) -> bool:
    """Whether what stands before the piece ``after`` always ends a word there."""
    while after < len(pieces):
        piece = pieces[after]
        if piece.isspace():
            return pieces[after + 1 : after + 2] != ["?"]
        if piece == "|":
            after = _closing(pieces, after)
        elif piece == "(":
            close = _closing(pieces, after)
            if not all(_spaced(pieces, start) for start in _starts(pieces, after)):
                return False
            if pieces[close + 1 : close + 2] != ["?"]:
                return True
            after = close + 1
        elif piece not in (")", "<"):
            return False
        after += 1
        if pieces[after : after + 1] == ["?"] and piece in (")", "|"):
            after += 1
    return True


def _spaced(pieces: list[str], at: int) -> bool:
    return pieces[at : at + 1] != [] and pieces[at].isspace() and pieces[at + 1 : at + 2] != ["?"]


def _starts(pieces: list[str], opening: int) -> list[int]:
    """Where the alternatives of a bracket begin."""
    starts, depth = [opening + 1], 0
    for at in range(opening + 1, _closing(pieces, opening)):
        depth += (pieces[at] in ("(", "(!")) - (pieces[at] == ")")
        if pieces[at] == "|" and not depth:
            starts.append(at + 1)
    return starts


def _closing(pieces: list[str], at: int) -> int:
    """The bracket that closes the one at, or around, a piece; the end without one."""
    depth = 0
    for after in range(at + 1, len(pieces)):
        if pieces[after] == ")":
            if not depth:
                return after
            depth -= 1
        elif pieces[after] in ("(", "(!"):
            depth += 1
    return len(pieces)


def _opening(pieces: list[str], at: int) -> int:
    """The bracket that opens the one at, or around, a piece; -1 without one."""
    depth = 0
    for before in range(at - 1, -1, -1):
        if pieces[before] in ("(", "(!"):
            if not depth:
                return before
            depth -= 1
        elif pieces[before] == ")":
            depth += 1
    return -1
