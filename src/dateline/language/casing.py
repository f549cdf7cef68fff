"""``casing.toml`` of a language: how words are written in running text, so that a text all in
capitals, or a headline whose words all begin with one, can be read like any other.

The choice is made word by word: a word that is mostly written small in running text is made small,
an abbreviation stays, anything else is taken for a name. It is one code point for one, so no
offset moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from dateline.language import loading
from dateline.language.loading import Rules

_WORD = re.compile(r"[^\W\d_]+")
_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE_START = re.compile(r"(?:^|(?<![^\W\d_]\.[^\W\d_])[.!?]\s+|--\s+|^\W+)[\"'(\[]*$")
_ABBREVIATION = re.compile(r"[\[(]([^\W\d_]{2,7})[\])]")
_NEAR_NUMBER = re.compile(r"\d(?:st|nd|rd|th)?,?\s*$|^\.?,?\s*\d", re.IGNORECASE)
_FEWEST_LETTERS = 24
_FEWEST_WORDS = 3
_LONGEST_HEADLINE = 150
_SHARE_OF_CAPITALS = 0.85


class CasingExample(Rules):
    """A text in capitals and how it is to be read."""

    text: str
    reads: str


class Casing(Rules):
    """The whole of ``casing.toml``. small: words written small in running text, in strings that
    separate them by spaces; names: words among them that stand in names more often in this
    project's reports; capitals: abbreviations; dated: names of months and the like that are
    common words too, names only beside a number. phrases: names made of such
    words. vowels: a word without any is an abbreviation.
    """

    version: str
    small: tuple[str, ...]
    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    vowels: str
    examples: tuple[CasingExample, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Caser:
    """Rewrites what is all in capitals. Made by :func:`load_casing`."""

    words: Casing

    @cached_property
    def _small(self) -> frozenset[str]:
        names = frozenset(self.words.names)
        return frozenset(w for line in self.words.small for w in line.split()) - names

    @cached_property
    def _capitals(self) -> frozenset[str]:
        return frozenset(word.lower() for word in self.words.capitals)

    def read(self, view: str) -> str:
        """A view with the paragraphs that are all in capitals, and the headlines whose words all
        begin with one, in ordinary case; the same length. A short line counts as one in capitals
        only if everything else is too."""
        everything = _shouts(view)
        own = {m[1].lower() for m in _ABBREVIATION.finditer(view)}
        out, done = [], 0
        for paragraph in _PARAGRAPH.finditer(view):
            if everything or _shouts(paragraph.group()):
                out += [view[done : paragraph.start()], *self._pieces(paragraph.group(), own)]
                done = paragraph.end()
            elif done == 0 and _titled(paragraph.group()):
                out += [view[done : paragraph.start()], self._lowered(paragraph.group())]
                done = paragraph.end()
        made = "".join([*out, view[done:]])
        return made if len(made) == len(view) else view

    def _pieces(self, text: str, own: set[str]) -> Iterator[str]:
        done = 0
        phrases = {m.start(): m for m in self._phrases.finditer(text)} if self._known else {}
        for match in _WORD.finditer(text):
            if match.start() < done:
                continue
            yield text[done : match.start()]
            phrase = phrases.get(match.start())
            if phrase is not None:
                yield self._known[phrase.group().lower()]
            else:
                yield self._cased(text, match, own)
            done = (phrase or match).end()
        yield text[done:]

    def _lowered(self, headline: str) -> str:
        def lower(match: re.Match[str]) -> str:
            word = match.group()
            low = word.lower()
            small = low in self._small and match.start() > 0 and len(low) == len(word)
            return low if small and word[1:].islower() and low not in self.words.dated else word

        return _WORD.sub(lower, headline)

    @cached_property
    def _known(self) -> dict[str, str]:
        return {phrase.lower(): phrase for phrase in self.words.phrases}

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, self._known))})\b", re.IGNORECASE)

    def _cased(self, text: str, match: re.Match[str], own: set[str]) -> str:
        word, low = match.group(), match.group().lower()
        before, after = text[: match.start()], text[match.end() :]
        if not word.isupper() or len(low) != len(word):
            return word
        if before[-1:].isdigit() or (before[-1:] == "'" and before[-2:-1].isalnum()):
            return low  # "1ST", "THE ARMY'S"
        if len(word) == 1 and (after.startswith(".") or before.endswith((".", "-"))):
            return word
        if low in self._capitals or (low in own and low not in self._small):
            return word
        capital = word[0] + low[1:]
        if low in self.words.dated:
            number = _NEAR_NUMBER.search(before[-5:]) or _NEAR_NUMBER.match(after[:4])
            return capital if number or _SENTENCE_START.search(before[-8:]) else low
        if low in self._small:
            return capital if _SENTENCE_START.search(before[-8:]) else low
        if not any(c in self.words.vowels for c in low):
            return word
        return capital


def oddly_cased(view: str) -> bool:
    """Whether any paragraph of a view is all in capitals, names and numbers apart, or its first is
    a headline whose words all begin with one."""
    first = _PARAGRAPH.search(view)
    if first is not None and _titled(first.group()):
        return True
    return any(_shouts(m.group()) for m in _PARAGRAPH.finditer(view))


def _titled(line: str) -> bool:
    """Whether a line is a headline all of whose longer words begin with a capital."""
    long = [w for w in _WORD.findall(line) if len(w) > 3]
    if len(line) > _LONGEST_HEADLINE or len(long) < _FEWEST_WORDS or line.rstrip()[-1:] == ".":
        return False
    return all(w[0].isupper() for w in long) and any(w[1:].islower() for w in long)


def _shouts(text: str) -> bool:
    large = sum(map(str.isupper, text))
    if large < _FEWEST_LETTERS:
        return False
    return large > _SHARE_OF_CAPITALS * sum(map(str.isalpha, text))


def load_casing(code: str) -> Caser | None:
    """The caser of a language; None for one that says nothing of it."""
    if not loading.resource("lang", code, "casing.toml").is_file():
        return None
    return Caser(loading.load(Casing, "lang", code, "casing.toml"))
