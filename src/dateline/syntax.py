"""The parse of a report as our own frozen values, so that no stage depends on a parser.

``annotate`` fills these; the stages read them. Labels are those of Universal Dependencies
(https://universaldependencies.org): ``pos`` is the universal part of speech, ``dep`` the relation
to ``head``. Token positions are indices into the sentence; ``start`` and ``end`` are code points
into the article's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

from dateline.model import Article, Claim, Span


@dataclass(frozen=True, slots=True)
class Token:
    """One token. ``text`` is taken from the matching view (plain apostrophes and quotes), ``norm``
    is its lower case, ``lemma`` is lower case. ``morph`` holds the features ("Mood=Cnd")."""

    i: int
    start: int
    end: int
    text: str
    norm: str
    lemma: str
    pos: str
    dep: str
    head: int
    morph: str = ""
    ent: str = ""


@dataclass(frozen=True)
class Sentence:
    """A parsed sentence of the article, with the moves a rule makes on its tree."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int = 0
    headline: bool = False

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    @cached_property
    def _children(self) -> tuple[tuple[Token, ...], ...]:
        lists: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                lists[token.head].append(token)
        return tuple(tuple(each) for each in lists)

    def children(self, i: int, *deps: str) -> tuple[Token, ...]:
        """The dependents of token ``i`` in text order, those with one of ``deps`` if any is given
        ("nsubj" also takes its subtypes "nsubj:pass" and the like)."""
        found = self._children[i]
        if not deps:
            return found
        return tuple(c for c in found if c.dep in deps or c.dep.split(":")[0] in deps)

    def head(self, i: int) -> Token | None:
        """The head of token ``i``, None for the root."""
        token = self.tokens[i]
        return None if token.head == i else self.tokens[token.head]

    def ancestors(self, i: int) -> Iterator[Token]:
        """Head, head's head, and so on up to the root."""
        seen = {i}
        head = self.head(i)
        while head is not None and head.i not in seen:
            seen.add(head.i)
            yield head
            head = self.head(head.i)

    def subtree(self, i: int) -> tuple[Token, ...]:
        """Token ``i`` and everything below it, in text order."""
        found: list[int] = []
        stack = [i]
        seen: set[int] = set()
        while stack:
            at = stack.pop()
            if at in seen:
                continue
            seen.add(at)
            found.append(at)
            stack.extend(c.i for c in self._children[at])
        return tuple(self.tokens[at] for at in sorted(found))

    def conjuncts(self, i: int) -> tuple[Token, ...]:
        """The tokens coordinated to token ``i``, itself not among them. What is only set beside it
        by a comma, with no conjunction anywhere in the row, is an apposition and is left out."""
        found: list[Token] = []
        joined = False
        stack = [i]
        while stack:
            for child in self.children(stack.pop(), "conj"):
                found.append(child)
                stack.append(child.i)
                joined = joined or bool(self.children(child.i, "cc"))
        return tuple(found) if joined else ()

    def case(self, i: int) -> str:
        """The preposition of token ``i`` ("à", "contre", "au_sud_de" is for the caller), lower
        case, "" without one."""
        return " ".join(c.norm for c in self.children(i, "case"))


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place and day that stand before a report's first sentence; either may be missing."""

    span: Span
    date: Span | None = None
    place: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An article as the stages see it. ``view`` is the matching view of ``article.text``: the same
    length, typographic characters made plain one for one. ``sentences`` are the parsed ones in
    text order; the headline is always among them when there is any. ``body`` are the spans of
    the paragraphs (line by line, furniture left out), the headline first if there is one.
    ``country`` is the ISO code of the country that the report is mostly about, null when none is
    named."""

    article: Article
    view: str
    body: tuple[Span, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    headline: Span | None = None
    dateline: Dateline | None = None
    country: str | None = None

    def span(self, start: int, end: int) -> Span:
        """The span of the article's own text (not of the view)."""
        return Span.of(self.article.text, start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A claim on its way through the stages: the claim so far, and where in the parse it sits.

    ``sentence`` indexes ``Report.sentences``; ``trigger`` is the token that names the happening
    and ``anchor`` the verb that carries its arguments (the trigger itself, or the light verb of
    "ont mené des attaques"). ``family`` is the event type's family in the codebook. ``settled``
    says that the words that name it already hold the negation ("n'est plus valide"), which then
    is no denial.
    """

    claim: Claim
    sentence: int
    trigger: int
    anchor: int
    family: str = "other"
    toll: bool = False
    settled: bool = False

    def fill(self, rule: str, **fields: Any) -> Self:
        """A copy whose claim has these fields, each remembering the rule that filled it."""
        kept = {**self.claim.provenance, **dict.fromkeys(fields, rule)}
        return replace(self, claim=replace(self.claim, provenance=kept, **fields))
