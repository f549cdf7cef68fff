"""How place names are made alike: folding (exact match) and the skeleton (spelling variants).

Folding keeps the name's own letters and drops what writers leave out: case, accents,
apostrophes, hyphens. The skeleton also levels the ways of writing one foreign sound
("Karyat", "Qaryat"); its rules are data (``resources/gazetteer/names.toml``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from pydantic import Field

from dateline.language.loading import Rules, load

_JOINED = re.compile(r"['\u02bb\u02bc\u02bf\u2018\u2019\u0060\u00b4]")
_SEPARATOR = re.compile(r"[\W_]+")
_PLAIN = re.compile(r"[a-z ]+(?:\|[a-z]+)*")
_LATIN = re.compile(r"[a-z0-9 ]+")


class SpellingRule(Rules):
    """A replacement on folded names. ``same``: pairs that the rules make equal; ``other``: pairs
    that they must keep apart."""

    id: str
    pattern: str
    replace: str
    same: tuple[tuple[str, str], ...] = Field(min_length=1)
    other: tuple[tuple[str, str], ...] = ()


class AdminWords(Rules):
    """Generic words that may be left out of the name of a division; examples are pairs."""

    words: tuple[str, ...]
    examples: tuple[tuple[str, str], ...] = Field(min_length=1)


class Spelling(Rules):
    """The whole of ``names.toml``."""

    version: str
    rule: tuple[SpellingRule, ...]
    admin_word: tuple[AdminWords, ...]


@lru_cache(maxsize=1)
def spelling() -> Spelling:
    """The rules of ``resources/gazetteer/names.toml``; ResourceError if they are broken."""
    return load(Spelling, "gazetteer", "names.toml")


@lru_cache(maxsize=1)
def _steps() -> tuple[tuple[tuple[str, ...], re.Pattern[str] | None, str], ...]:
    """The rules in order. Alternatives that are plain letters are replaced one after the other,
    which is several times faster than a pattern and makes the same keys on both sides."""
    steps = []
    for rule in spelling().rule:
        plain = _PLAIN.fullmatch(rule.pattern) is not None
        literals = tuple(rule.pattern.split("|")) if plain else ()
        steps.append((literals, None if plain else re.compile(rule.pattern), rule.replace))
    return tuple(steps)


def fold_name(name: str) -> str:
    """A name as the index keeps it: lower case, no accents or apostrophes, any other mark a space.

    >>> fold_name("N’Djamena"), fold_name("Deir ez-Zor")
    ('ndjamena', 'deir ez zor')
    """
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SEPARATOR.sub(" ", _JOINED.sub("", name.casefold())).strip()


def skeleton(folded: str) -> str:
    """The spelling-neutral key of a folded name; other scripts are romanised first. Empty when too
    little is left to tell names apart (fewer than four letters)."""
    if not _LATIN.fullmatch(folded):
        folded = fold_name(anyascii(folded))
    for literals, pattern, replace in _steps():
        if pattern is not None:
            folded = pattern.sub(replace, folded)
        for literal in literals:
            folded = folded.replace(literal, replace)
    return folded if len(folded) >= 4 else ""


def without_admin_words(folded: str) -> str:
    """The name of a division without its generic words ("zhytomyr oblast" -> "zhytomyr"); the same
    when nothing else would remain."""
    drop = {w for entry in spelling().admin_word for w in entry.words}
    kept = [w for w in folded.split(" ") if w not in drop]
    return " ".join(kept) or folded
