"""Whether given words stand in a sentence: by form or lemma, or, for a phrase, by its letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What a parser may cut a word at.
_PARTED = re.compile(r"[ '-]")


def any_of(wanted: Iterable[str], words: frozenset[str], view: str) -> bool:
    """Whether a word (by form or lemma) or a phrase (by its letters, as a hyphenated word) is in
    the sentence."""
    return any((w in view) if _PARTED.search(w) else (w in words) for w in wanted)


def covers(phrase: str, view: str, start: int, end: int) -> bool:
    """Whether a phrase stands in the sentence over these letters: "centre d'opérations" rules out
    that one word, not the other operations of the sentence."""
    at = view.find(phrase)
    while at >= 0:
        if at <= start and end <= at + len(phrase):
            return True
        at = view.find(phrase, at + 1)
    return False
