"""``furniture.toml`` of a language: the lines of a page that are no part of the report.

A line is furniture when a rule takes it whole. Nothing is deleted: the lines come as spans, and
who reads the article skips them. Phrases are compared without case, accents, and typographic
marks; white space counts as one space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from dateline.language.loading import ResourceError, Rules, load
from dateline.model import Span
from dateline.text import fold, paragraphs, view

_SPACE = re.compile(r"\s+")
_TRIM = " .,:!>|-*<[]()\"'"
# A sentence, or the dateline that stands before one.
_ENDS_A_SENTENCE = re.compile(r"[.!?:\u2026\u2012-\u2015-]\s*[\"')\]\u00bb\u201d]*$")
_LONGEST_LIST = 12
_LONGEST_LINE = 600


class FurnitureRule(Rules):
    """One kind of furniture.

    whole: the line is one of these phrases, and nothing else but marks around it. begins: the line
    begins with one of these, a word's end after it, and is at most ``longest`` characters long.
    ends: the same at the line's end. pattern: regular expressions that must match the whole line
    (lower case, no accents, plain marks). listing: the short lines after it that do not end as a
    sentence does are its list, and furniture too. examples: each is one line, or several of which
    all are furniture; not_examples: lines of a report that look alike and are none.
    """

    id: str
    whole: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    pattern: tuple[str, ...] = ()
    longest: int = 160
    listing: bool = False
    examples: tuple[str, ...] = Field(min_length=1)
    not_examples: tuple[str, ...] = Field(min_length=1)


class FurnitureFile(Rules):
    """The whole of ``furniture.toml``. list_line: the longest line, in characters, that can be a
    link of a list."""

    version: str
    list_line: int = 140
    furniture: tuple[FurnitureRule, ...]


def plain(line: str) -> str:
    """A line as phrases are compared: view, lower case, no accents, single spaces, no outer marks.

    >>> plain("  « Lire\u00a0aussi : »")
    'lire aussi'
    """
    return _SPACE.sub(" ", fold(view(line))).strip(_TRIM)


@dataclass(frozen=True)
class _Compiled:
    rule: FurnitureRule
    whole: frozenset[str]
    begins: re.Pattern[str] | None
    ends: re.Pattern[str] | None
    pattern: re.Pattern[str] | None

    def takes(self, line: str) -> bool:
        if line in self.whole:
            return True
        if self.pattern is not None and self.pattern.fullmatch(line):
            return True
        if len(line) > self.rule.longest:
            return False
        if self.begins is not None and self.begins.match(line):
            return True
        return self.ends is not None and self.ends.search(line) is not None


class Furniture:
    """The furniture rules of one language, compiled."""

    def __init__(self, rules: FurnitureFile, name: str) -> None:
        self.version = rules.version
        self._list_line = rules.list_line
        self._rules = tuple(_compiled(rule, name) for rule in rules.furniture)

    def rule_of(self, line: str) -> FurnitureRule | None:
        """The first rule that takes this line, None when it is a line of the report."""
        if len(line) > _LONGEST_LINE:
            return None
        seen = plain(line)
        return next((c.rule for c in self._rules if c.takes(seen)), None)

    def spans(self, text: str) -> tuple[Span, ...]:
        """The furniture of a text, line by line, in text order."""
        return tuple(span for span, _ in self.found(text))

    def found(self, text: str) -> Iterator[tuple[Span, FurnitureRule]]:
        """Each furniture line with the rule that took it (the heading's, for a line of a list)."""
        listing: FurnitureRule | None = None
        listed = 0
        for line in paragraphs(text):
            rule = self.rule_of(line.text)
            if rule is not None:
                listing = rule if rule.listing else listing
                listed = 0
            elif listing is not None and listed < _LONGEST_LIST and self._is_link(line.text):
                rule = listing
                listed += 1
            else:
                listing = None
            if rule is not None:
                yield line, rule

    def _is_link(self, line: str) -> bool:
        return len(line) <= self._list_line and _ENDS_A_SENTENCE.search(line) is None


def _compiled(rule: FurnitureRule, name: str) -> _Compiled:
    if not (rule.whole or rule.begins or rule.ends or rule.pattern):
        raise ResourceError(f"{name}: {rule.id}: a rule needs whole, begins, ends or pattern")
    try:
        pattern = re.compile("|".join(f"(?:{p})" for p in rule.pattern)) if rule.pattern else None
    except re.error as error:
        raise ResourceError(f"{name}: {rule.id}: not a regular expression: {error}") from None
    begins = _either(rule.begins)
    ends = _either(rule.ends)
    return _Compiled(
        rule=rule,
        whole=frozenset(plain(phrase) for phrase in rule.whole),
        begins=re.compile(rf"(?:{begins})(?!\w)") if begins else None,
        ends=re.compile(rf"(?<!\w)(?:{ends})$") if ends else None,
        pattern=pattern,
    )


def _either(phrases: tuple[str, ...]) -> str:
    longest_first = sorted((plain(phrase) for phrase in phrases), key=len, reverse=True)
    return "|".join(re.escape(phrase) for phrase in longest_first)


@cache
def load_furniture(code: str) -> Furniture:
    """The furniture rules of this language. Raises ResourceError with file, line and reason."""
    name = f"lang/{code}/furniture.toml"
    return Furniture(load(FurnitureFile, "lang", code, "furniture.toml"), name)
