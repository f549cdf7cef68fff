"""The words of ``resources/gold/muc.toml``: those of the MUC-4 templates, and what a scorer needs
to compare phrases by their heads.

A head is the last word of a phrase before its first preposition, relative or comma, as document
level role fillers are usually compared (Patwardhan and Riloff 2009, "A Unified Model of Phrasal
and Sentential Evidence for Information Extraction"; Chambers and Jurafsky 2011, "Template-Based
Information Extraction without the Templates"). It is read off the words and not off a parse, so
that gold and found phrases are treated alike.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import cache

from pydantic import Field

from dateline.language.loading import Rules, load
from dateline.text import fold

__all__ = ["MucWords", "muc_words"]

_WORD = re.compile(r"[\w'.-]*\w")
# A clause or an apposition ends the phrase; what stands in brackets is no part of it.
_END = re.compile(r"[,;:()\[\]]")
_ASIDE = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")


class Keys(Rules):
    """What the templates write in their set fills."""

    optional: str
    accomplished: str
    attempted: str
    threatened: str
    death: str
    injury: str
    fact: tuple[str, ...]
    claimed: tuple[str, ...]
    suspected: tuple[str, ...]


class IncidentRule(Rules):
    """A type of incident and the types of claims that are one.

    means: only with one of these kinds, or coded by one of the language's ``rules``. civilian: only
    where somebody or something that is no force is hit. outlaws: only where nobody but an outlaw is
    said to do it.
    """

    type: str
    claims: tuple[str, ...] = Field(min_length=1)
    means: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    civilian: bool = False
    outlaws: bool = False


class TypeList(Rules):
    """Types of claims."""

    claims: tuple[str, ...]


class Vague(Rules):
    """Heads of targets that say only where, of tolls that say only how many, and of whole groups of
    people."""

    areas: tuple[str, ...]
    tolls: tuple[str, ...]
    masses: tuple[str, ...]


class NoMeans(Rules):
    """Kinds of means that are no weapon."""

    none: tuple[str, ...]


class HeadExample(Rules):
    """A phrase and its head."""

    phrase: str
    head: str


class Heads(Rules):
    """Where the head of a phrase stands."""

    before: tuple[str, ...]
    trailing: tuple[str, ...]
    determiners: tuple[str, ...]
    articles: tuple[str, ...]
    measures: tuple[str, ...]
    plurals: tuple[tuple[str, str], ...]
    example: tuple[HeadExample, ...] = Field(min_length=1)


class Bodies(Rules):
    """Heads that name an organisation, those that do where a name stands beside them, and whole
    phrases that name nobody."""

    words: tuple[str, ...]
    groups: tuple[str, ...]
    nobody: tuple[str, ...]


class Forces(Rules):
    """Heads and kinds of actors that are armed forces or police, and kinds that are outlaws."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]
    outlaws: tuple[str, ...]


class MucWords(Rules):
    """The whole of ``gold/muc.toml``."""

    version: str
    language: str
    countries: tuple[str, ...]
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    keys: Keys
    incident: tuple[IncidentRule, ...]
    people: TypeList
    foes: TypeList
    things: TypeList
    vague: Vague
    means: NoMeans
    heads: Heads
    bodies: Bodies
    forces: Forces

    def month(self, word: str) -> int | None:
        """The number of a month written out or shortened; None if it is none."""
        return _numbers(self.months).get(fold(word)[:3])

    def tokens(self, phrase: str) -> tuple[str, ...]:
        """The folded words of a phrase, quotation marks left out."""
        return tuple(_WORD.findall(fold(" ".join(phrase.split())).replace('"', "")))

    def plain(self, phrase: str) -> str:
        """A phrase without case, accents, punctuation and articles, to compare whole phrases."""
        return " ".join(w for w in self.tokens(phrase) if w not in _set(self.heads.articles))

    def head(self, phrase: str) -> str:
        """The head word of a phrase, folded; empty for a phrase without a word."""
        folded = fold(" ".join(phrase.split())).replace('"', "")
        bare = _ASIDE.sub(" ", folded)
        pieces = [p for p in _END.split(bare if _WORD.search(bare) else folded) if _WORD.search(p)]
        words = _WORD.findall(pieces[0]) if pieces else []
        while words:
            cut = next((n for n, w in enumerate(words) if n and w in _set(self.heads.before)), None)
            core = words[:cut]
            while len(core) > 1 and core[-1] in _set(self.heads.trailing):
                core.pop()
            measured = cut is not None and core[-1] in _set(self.heads.measures)
            if not measured or cut is None or cut + 1 == len(words):
                return self._bare(core[-1])
            words = words[cut + 1 :]
        return ""

    @staticmethod
    def _bare(word: str) -> str:
        word = word.removesuffix("'s").rstrip("'")
        last = word.rpartition("-")[2]
        return last if last.isalpha() and len(last) > 2 else word

    def is_determiner(self, word: str) -> bool:
        """Whether a word points to one or to certain ones."""
        return word in _set(self.heads.determiners)

    def is_body(self, head: str) -> bool:
        """Whether a head names an organisation."""
        return head in _set(self.bodies.words)

    def is_group(self, head: str) -> bool:
        """Whether a head names an organisation where a name stands beside it."""
        return head in _set(self.bodies.groups)

    def is_force(self, head: str) -> bool:
        """Whether a head names soldiers, police, or what is theirs."""
        return head in _set(self.forces.words)

    def is_area(self, head: str) -> bool:
        """Whether a head says only where."""
        return head in _set(self.vague.areas)

    def is_toll(self, head: str) -> bool:
        """Whether a head says only how many, and not of whom."""
        return head in _set(self.vague.tolls)

    def is_mass(self, head: str) -> bool:
        """Whether a head names people in general."""
        return head in _set(self.vague.masses)

    def singulars(self, word: str) -> tuple[str, ...]:
        """A word and what it may be the plural of."""
        ends = self.heads.plurals
        return (word, *(word[: -len(many)] + one for many, one in ends if word.endswith(many)))

    def day(self, text: str, year: int | None = None) -> datetime.date | None:
        """The day that some words begin with, "30 DEC 89" or "DEC 30 89"; without a year of its
        own, in ``year``. None when there is no day."""
        for pattern in (_DAY_FIRST, _MONTH_FIRST):
            for match in pattern.finditer(text):
                month, of = self.month(match["month"]), match["year"]
                if month is None or (of is None and year is None):
                    continue
                full = year if of is None else int(of) + (1900 if len(of) == 2 else 0)
                try:
                    return datetime.date(full or 0, month, int(match["day"]))
                except ValueError:
                    continue
        return None


_DAY_FIRST = re.compile(
    r"\b(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3,9})\.?(?: (?P<year>\d{4}|\d\d))?\b"
)
_MONTH_FIRST = re.compile(
    r"\b(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),?(?: (?P<year>\d{4}|\d\d))?\b"
)


@cache
def _set(words: Sequence[str]) -> frozenset[str]:
    return frozenset(words)


@cache
def _numbers(months: Sequence[str]) -> dict[str, int]:
    return {name: n for n, name in enumerate(months, 1)}


@cache
def muc_words() -> MucWords:
    """The words, loaded once. Raises ResourceError when the file is broken."""
    return load(MucWords, "gold", "muc.toml")
