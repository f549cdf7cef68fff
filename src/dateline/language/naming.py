"""The words that name a speaker: shortest phrase, but with the title or name set beside it."""

from __future__ import annotations

from collections.abc import Collection

from dateline.syntax import Sentence, Token

_BRACKETS = frozenset('()[]"')
_ACROSS = frozenset(("appos", "conj", "amod", "flat", "head"))
_NAME_PARTS = frozenset(
    "det amod nummod nmod flat appos case fixed compound conj cc punct advmod dep".split()
)


def name_phrase(sentence: Sentence, head: int, articles: Collection[str]) -> tuple[Token, ...]:
    """The shortest noun phrase that names whoever token ``head`` stands for: its words without
    leading articles, relative clauses and brackets, as contiguous tokens."""
    kept = _kept(sentence, head)
    start = end = head
    while start - 1 in kept and not (
        sentence[start - 1].pos == "PUNCT" and kept.get(start - 2) not in _ACROSS
    ):
        start -= 1
    while end + 1 in kept and not (
        sentence[end + 1].pos == "PUNCT" and kept.get(end + 2) not in _ACROSS
    ):
        end += 1
    while start < end and (
        _is_article(sentence, start, articles)
        or sentence[start].pos == "PUNCT"
        or (start < head and sentence[start].pos in ("ADP", "CCONJ", "SCONJ"))
    ):
        start += 1
    while end > max(head, start) and sentence[end].pos in ("PUNCT", "ADP", "CCONJ", "DET"):
        end -= 1
    while end + 1 < len(sentence) and (_hyphenated(sentence, end) or _one_entity(sentence, end)):
        end += 1
    while start > 0 and _hyphenated(sentence, start - 1):
        start -= 1
    return sentence.tokens[start : end + 1]


def _hyphenated(sentence: Sentence, left: int) -> bool:
    """Whether this token and the next are parts of one hyphenated word."""
    one, other = sentence[left], sentence[left + 1]
    return one.end == other.start and (one.text.endswith("-") or other.text.startswith("-"))


def _one_entity(sentence: Sentence, left: int) -> bool:
    """Whether the next token goes on with a proper name, where the parse tears it apart."""
    one, other = sentence[left], sentence[left + 1]
    return one.ent in ("ORG", "PER") and other.ent == one.ent and other.pos in ("PROPN", "X")


def _is_article(sentence: Sentence, at: int, articles: Collection[str]) -> bool:
    """An article, unless its capital inside a sentence shows it part of a title."""
    token = sentence[at]
    titled = at > 0 and token.text[:1].isupper() and token.ent == "ORG"
    return not titled and (token.norm in articles or token.norm == "'")


def _kept(sentence: Sentence, head: int) -> dict[int, str]:
    """The tokens that may belong to the name, each with the relation of its branch."""
    kept = {head: "head"}
    stack = [head]
    top = sentence[head]
    while stack:
        at = stack.pop()
        for child in sentence.children(at):
            base = child.dep.split(":")[0]
            if base not in _NAME_PARTS or child.norm in _BRACKETS:
                continue
            if base == "appos" and not _named(sentence, top, child):
                continue
            if base == "case" and at == head:
                continue
            if base == "conj" and child.pos not in ("NOUN", "PROPN", "ADJ", "X"):
                continue
            if base == "nmod" and _stray(sentence, child):
                continue
            if child.i not in kept and abs(child.i - head) <= 14:
                kept[child.i] = base if at == head else kept[at]
                stack.append(child.i)
    return kept


def _stray(sentence: Sentence, noun: Token) -> bool:
    """A bare noun that only stands beside the name, such as a weekday."""
    return noun.pos == "NOUN" and not noun.ent and not sentence.children(noun.i, "case", "det")


def _named(sentence: Sentence, head: Token, apposed: Token) -> bool:
    """An apposition that names or titles the same person."""
    if head.ent == "PER" or apposed.ent == "PER":
        return True
    beside = [apposed, *sentence.children(head.i, "appos", "flat")]
    if any(t.ent == "PER" for t in beside):
        return True
    if apposed.i - head.i > 8:
        return False
    return apposed.pos == "PROPN" or any(
        c.pos == "PROPN" and c.dep.startswith(("flat", "appos", "nmod"))
        for c in sentence.children(apposed.i)
    )
