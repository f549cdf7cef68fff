"""Noun phrases: from the head of a mention to the words that are quoted for it.

A mention is the shortest phrase that identifies: no article, no relative clause, no apposition,
no coordination; numbers, adjectives, "of" complements and short participles ("forces affiliées au
X") stay.
"""

from __future__ import annotations

from collections.abc import Collection

from dateline.syntax import Sentence, Token

_KEPT = ("amod", "nummod", "flat", "fixed", "compound", "goeswith")
_NOMINAL = ("NOUN", "PROPN", "NUM", "ADJ", "PRON", "X", "VERB")
_QUOTES = frozenset('"()[]')


def noun_phrase(
    sentence: Sentence, head: int, of: Collection[str], stop: Collection[int] = ()
) -> tuple[int, int]:
    """First and last token of the phrase around ``head``. ``of`` are the genitive prepositions of
    the language; tokens in ``stop`` (other triggers) never belong to it."""
    kept = {head}
    stack = [head]
    depth = {head: 0}
    while stack:
        at = stack.pop()
        for child in sentence.children(at):
            if child.i in stop or child.i in kept or not _belongs(sentence, child, head, of):
                continue
            below = {t.i for t in sentence.subtree(child.i)} if child.dep == "acl" else {child.i}
            if stop and below.intersection(stop):
                continue
            kept |= below
            depth[child.i] = depth[at] + 1
            if depth[child.i] < 4:
                stack.append(child.i)
    first, last = head, head
    # Contiguous only: a gap (comma, bracket, verb) ends the phrase.
    while first - 1 in kept or _bridges(sentence, first - 1, kept, -1):
        first -= 1
    while last + 1 in kept or _bridges(sentence, last + 1, kept, +1):
        last += 1
    # A name goes on as long as its entity does, whatever the parse says.
    if sentence[head].ent and sentence[head].pos == "PROPN":
        while last + 1 < len(sentence) and sentence[last + 1].ent == sentence[head].ent:
            if last + 1 in stop or sentence[last + 1].start > sentence[last].end + 1:
                break
            last += 1
        while first > 0 and sentence[first - 1].ent == sentence[head].ent:
            if first - 1 in stop:
                break
            first -= 1
    while first < head and _is_article(sentence[first]):
        first += 1
    return first, last


def _is_article(token: Token) -> bool:
    return token.pos in ("DET", "ADP", "PUNCT", "ADV") and not token.text[0].isdigit()


def _belongs(sentence: Sentence, child: Token, head: int, of: Collection[str]) -> bool:
    base = child.dep.split(":")[0]
    if child.text in _QUOTES:
        return False
    if base in _KEPT or _hyphened(sentence, child.i):
        return True
    if base == "nmod" or child.dep in ("obl:arg", "obl:mod", "appos"):
        case = sentence.children(child.i, "case")
        if base == "nmod" and not case:
            return child.pos in ("PROPN", "ADJ", "NUM", "NOUN") and child.i - 1 <= head + 6
        return base == "nmod" and bool(case) and case[0].norm in of
    if child.dep == "acl":
        size = len(sentence.subtree(child.i))
        verbal = sentence.children(child.i, "obl:agent", "obl:mod", "advmod", "aux")
        return size <= 4 and not verbal and child.i > head
    if child.dep == "det":
        return child.text[0].isdigit()
    return False


def _hyphened(sentence: Sentence, i: int) -> bool:
    """Whether a token is a part of a hyphenated word that a parser cut ("2-year-old")."""
    return any(
        0 <= n < len(sentence)
        and sentence[n].text == "-"
        and sentence[max(n - 1, 0)].end == sentence[n].start
        and n + 1 < len(sentence)
        and sentence[n].end == sentence[n + 1].start
        for n in (i - 1, i + 1)
    )


def _bridges(sentence: Sentence, i: int, kept: set[int], step: int) -> bool:
    """Whether token ``i`` (a preposition, article, hyphen or apostrophe) joins two kept tokens."""
    if not 0 <= i < len(sentence):
        return False
    at, steps = i, 0
    while 0 <= at < len(sentence) and steps < 3 and at not in kept:
        token = sentence[at]
        if token.pos not in ("ADP", "DET") and token.text not in ("-", "'"):
            return False
        at += step
        steps += 1
    return at in kept


def is_nominal(token: Token) -> bool:
    """Whether a token can head a mention."""
    return token.pos in _NOMINAL and any(c.isalnum() for c in token.text)
