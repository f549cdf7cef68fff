"""Place names as they stand in a sentence: the value that the search for them yields, and how its
words lie in the parse."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dateline.gazetteer import PlaceEntry
from dateline.language.places import Cue
from dateline.syntax import Sentence, Token

Kind = Literal["country", "named", "unlisted", "adjective", "capital", "homeland", "unnamed"]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place named in a sentence. ``start`` and ``end`` are offsets into the article; ``token``
    is where it hangs in the sentence's tree; ``within`` says that it is part of the name of a
    body, a person or a product; ``topic`` that it stands before a headline's colon; ``apposed``
    that it only says where the place named just before is ("X, 80 km south of Y"); ``owner`` that
    it says so of the one just behind ("Y's X")."""

    start: int
    end: int
    kind: Kind
    cue: Cue
    token: int
    entry: PlaceEntry | None = None
    country: str | None = None
    within: bool = False
    topic: bool = False
    apposed: bool = False
    owner: bool = False


def tokens_of(sentence: Sentence, start: int, end: int) -> tuple[Token, ...]:
    """The tokens that touch ``start`` to ``end`` (offsets into the article)."""
    first = bisect_right(sentence.tokens, start, key=lambda t: t.end)
    last = first
    while last < len(sentence) and sentence[last].start < end:
        last += 1
    return sentence.tokens[first:last]


def covered(found: Iterable[Toponym]) -> set[int]:
    """The offsets that these toponyms hold."""
    return {at for t in found for at in range(t.start, t.end)}


def hang(sentence: Sentence, tokens: tuple[Token, ...]) -> int:
    """The token of these that hangs outside of them."""
    inside = {t.i for t in tokens}
    for token in tokens:
        if token.head == token.i or token.head not in inside:
            return token.i
    return tokens[0].i


def entity_goes_on(sentence: Sentence, tokens: tuple[Token, ...]) -> bool:
    """Whether the parser's entity covers more words than these."""
    first, last = tokens[0], tokens[-1]
    before = sentence[first.i - 1] if first.i > 0 else None
    after = sentence[last.i + 1] if last.i + 1 < len(sentence) else None
    return bool(
        (before is not None and before.ent and before.ent == first.ent)
        or (after is not None and after.ent and after.ent == last.ent)
    )


def detail(toponym: Toponym) -> float:
    """How specific a place is: 3 for a town or spot, 0 for an adjective."""
    if toponym.kind == "adjective":
        return 0.0 if toponym.cue.kind == "none" else 0.8
    if toponym.kind in ("country", "homeland"):
        return 1.0
    if toponym.kind in ("unlisted", "capital"):
        return 3.2 if toponym.cue.noun in SITES else 2.5
    if toponym.kind == "unnamed" or toponym.entry is None:
        return 1.0
    if toponym.entry.country is None:
        return 0.6  # a sea, a part of the world
    if toponym.cue.noun in SITES and toponym.kind == "named":
        return 3.3
    return {"admin1": 2.0, "region": 1.8, "admin2": 2.5, "admin3": 2.6}.get(toponym.entry.kind, 3.0)


SITES = ("spot", "street")
"""The place nouns of buildings, squares and the like."""
LOCATIVE = ("in", "near", "between")
"""The relations that say that something is there."""
