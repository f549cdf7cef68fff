"""Runs of words in a text that may be names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
# A name may be broken over two lines of a paragraph.
_JOIN = re.compile(r"-|' ?| |\n")
# After a letter or two a full stop ends no sentence: "U.S.", "St. Louis".
_SHORTENED = re.compile(r"\.\s?")
_SHORT = 2
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits, and where it stands."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def words_of(view: str, offset: int = 0) -> list[Word]:
    """The words of a text; ``offset`` is added to where they stand."""
    return [Word(m.start() + offset, m.end() + offset, m.group()) for m in _WORD.finditer(view)]


def ends(
    view: str,
    listed: Sequence[Word],
    at: int,
    anything: bool,
    links: frozenset[str] = frozenset(),
) -> Iterator[int]:
    """The words at which a name that begins at word ``at`` may end, the furthest first.
    ``anything``: any words, for a look-up; else capitalised ones and the links between them."""
    reach = [at]
    for i in range(at + 1, min(at + _LONGEST, len(listed))):
        joint = view[listed[i - 1].end : listed[i].start]
        if not _joins(listed[i - 1], joint, listed[i]):
            break
        if anything or listed[i].capital or (joint == "-" and not listed[at].capital):
            reach.append(i)
        elif listed[i].text.lower() not in links:
            break
    return reversed(reach)


def _joins(before: Word, joint: str, after: Word) -> bool:
    if _JOIN.fullmatch(joint):
        return True
    short = before.capital and len(before.text) <= _SHORT
    return short and after.capital and _SHORTENED.fullmatch(joint) is not None
