"""The lexical gate: whether a text can hold a trigger at all, seen from its letters alone.

What it lets pass is by construction all that could match, so it costs no recall: a word counts by
what every form of it begins with, a phrase by such words in a row, a needed word anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.text import fold

Starts = tuple[tuple[str, ...], ...]
"""Of each word of a phrase, the keys that may stand for it."""

_WHOLE, _WITHIN = "\0", "\1"
# Between two tokens: white space, and runs that the parser is not given.
_GAP = re.compile(r"\s*(?:\S{400,}\s*)*")
_TOKEN = re.compile(r"\S*")


def whole(form: str) -> str:
    """The key of a word in exactly this form."""
    return fold(form) + _WHOLE


def within(letters: str) -> str:
    """The key of these letters wherever they stand, in a word or across several."""
    return fold(letters) + _WITHIN


def _letters(key: str) -> str:
    return key.rstrip(_WHOLE + _WITHIN)


@dataclass(frozen=True, slots=True)
class Together:
    """Words of which each must be in the text; ``row``: one right after the other."""

    starts: Starts
    hard: bool
    row: bool


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys to look for in folded texts, all in one pass: what a word begins with, or one made by
    :func:`whole` or :func:`within`. Make it with :meth:`of`."""

    automaton: Any

    @classmethod
    def of(cls, keys: Iterable[str]) -> Keys:
        import ahocorasick

        kinds: dict[str, set[str]] = {}
        for key in keys:
            kinds.setdefault(_letters(key), set()).add(key)
        automaton = ahocorasick.Automaton()
        for letters, wanted in kinds.items():
            automaton.add_word(letters, (letters, within(letters) in wanted))
        automaton.make_automaton()
        return cls(automaton)

    def seen(self, folded: str) -> dict[str, list[int]]:
        """Where each of the keys that a folded text holds begins."""
        seen: dict[str, list[int]] = {}
        if not len(self.automaton):
            return seen
        for last, (letters, anywhere) in self.automaton.iter(folded):
            start, end = last + 1 - len(letters), last + 1
            if anywhere:
                seen.setdefault(letters + _WITHIN, []).append(start)
            # Inside a word nothing begins; after an apostrophe or hyphen it does.
            if start and letters[0].isalnum() and folded[start - 1].isalnum():
                continue
            seen.setdefault(letters, []).append(start)
            if not letters[-1].isalnum() or not folded[end : end + 1].isalnum():
                seen.setdefault(letters + _WHOLE, []).append(start)
        return seen


@dataclass(frozen=True, slots=True)
class Gate:
    """The keys of words and groups of words to look for in a folded text. ``words``: whether one
    that is enough by itself is hard; ``groups``: under the keys of its rarest word, each group.
    Make it with :meth:`of`."""

    keys: Keys
    words: Mapping[str, bool]
    groups: Mapping[str, tuple[Together, ...]]

    @classmethod
    def of(cls, words: Mapping[str, bool], groups: Iterable[Together]) -> Gate:
        kept = dict.fromkeys(groups)
        index: dict[str, list[Together]] = {}
        for group in kept:
            # Few texts hold a long word: the others are looked for only where it stands.
            rarest = max(group.starts, key=lambda keys: min(map(len, keys)))
            for key in rarest:
                index.setdefault(key, []).append(group)
        keys = Keys.of((*words, *(k for g in kept for keys in g.starts for k in keys)))
        return cls(keys, words, {k: tuple(v) for k, v in index.items()})

    def look(self, folded: str) -> tuple[bool, bool]:
        """Whether a folded text can hold a trigger, and whether it can hold a hard one."""
        seen = self.keys.seen(folded)
        hit = False
        for key in seen.keys() & self.words.keys():
            if self.words[key]:
                return True, True
            hit = True
        for key in seen.keys() & self.groups.keys():
            for group in self.groups[key]:
                if (group.hard or not hit) and _stands(group, folded, seen):
                    if group.hard:
                        return True, True
                    hit = True
        return hit, False


def _stands(group: Together, folded: str, seen: Mapping[str, list[int]]) -> bool:
    if not all(any(key in seen for key in keys) for keys in group.starts):
        return False
    return not group.row or _in_a_row(group.starts, folded, seen)


def _in_a_row(starts: Starts, folded: str, seen: Mapping[str, list[int]]) -> bool:
    ranges: list[tuple[int, int]] | None = None
    for keys in starts:
        ranges = [
            _following(folded, at, key)
            for key in keys
            for at in seen.get(key, ())
            if ranges is None or any(first <= at <= last for first, last in ranges)
        ]
        if not ranges:
            return False
    return True


def _following(folded: str, at: int, key: str) -> tuple[int, int]:
    """Where the token after the one of this key may begin, at the earliest and the latest."""
    end = first = at + len(_letters(key))
    if not key.endswith(_WHOLE):
        token = _TOKEN.match(folded, end)
        end = token.end() if token else end
    gap = _GAP.match(folded, end)
    return first, gap.end() if gap else end


__all__ = ["Gate", "Keys", "Starts", "Together", "whole", "within"]
