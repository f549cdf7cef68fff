"""Moves on the parse of a sentence that are the same in every language: which verb has a subject of
its own, what is passive, where the words stand. Universal Dependencies throughout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.syntax import Sentence, Token

_BEFORE_NOUN = ("compound", "det:poss", "nmod:poss")


def is_clause(sentence: Sentence, token: Token) -> bool:
    """Whether this token heads a clause: the root, a verb that is none of its noun's attributes,
    or any word with a subject or copula."""
    if sentence.head(token.i) is None:
        return True
    if token.pos in ("VERB", "AUX") and token.dep not in ("acl", "amod", "xcomp"):
        return True
    return bool(sentence.children(token.i, "nsubj", "cop"))


def own_clauses(sentence: Sentence, at: int) -> tuple[Token, ...]:
    """Clauses coordinated to ``at`` that have a subject of their own."""
    return tuple(
        c
        for c in sentence.children(at, "conj", "parataxis")
        if sentence.children(c.i, "nsubj", "expl")
    )


def has_own_subject(sentence: Sentence, token: Token) -> bool:
    """A finite verb with its subject."""
    finite = any("VerbForm=Fin" in t.morph for t in (token, *sentence.children(token.i, "aux")))
    return finite and bool(sentence.children(token.i, "nsubj"))


def is_passive(sentence: Sentence, verb: Token) -> bool:
    """Passive by its auxiliary; by its form alone only where it has no auxiliary."""
    auxiliaries = sentence.children(verb.i, "aux")
    if any(c.dep == "aux:pass" for c in auxiliaries):
        return True
    return "Voice=Pass" in verb.morph and not auxiliaries


def is_infinitive(sentence: Sentence, verb: Token) -> bool:
    """Whether the verb or its auxiliary is an infinitive."""
    return any("VerbForm=Inf" in t.morph for t in (verb, *sentence.children(verb.i, "aux")))


def is_detached(sentence: Sentence, verb: Token) -> bool:
    """A present participle behind a comma, at some distance: its subject is the clause's."""
    return (
        "Tense=Pres" in verb.morph
        and "VerbForm=Part" in verb.morph
        and verb.i > 0
        and sentence[verb.i - 1].norm == ","
        and verb.i - verb.head > 2
    )


def group_start(sentence: Sentence, verb: int) -> int:
    """The first token of the verb with its auxiliaries, clitics and adverbs."""
    at = verb
    while at > 0:
        left = sentence[at - 1]
        if left.head != verb and not (left.pos == "PRON" and left.norm.startswith("-")):
            break
        inside = left.pos in ("AUX", "ADV", "PRON", "PART") or left.dep.startswith("aux")
        if not inside or left.dep.startswith("nsubj"):
            break
        at -= 1
    return at


def is_introduced(sentence: Sentence, noun: Token, prepositions: Iterable[str]) -> bool:
    """Whether one of these words or phrases stands before the noun and what qualifies it."""
    left = noun.i
    while left > 0 and (
        sentence[left - 1].pos in ("DET", "ADJ", "NUM")
        or (sentence[left - 1].dep in _BEFORE_NOUN and noun.i >= sentence[left - 1].head >= left)
    ):
        left -= 1
    before = text_of(sentence.tokens[max(0, left - 6) : left]).rstrip().lower()
    return any(before.endswith(p) and not before[: -len(p)][-1:].isalpha() for p in prepositions)


def text_of(tokens: Sequence[Token]) -> str:
    """The words of some tokens at the distances they have in the text, spaces between."""
    pieces = []
    at = tokens[0].start if tokens else 0
    for token in tokens:
        pieces.append(" " * (token.start - at) + token.text)
        at = token.end
    return "".join(pieces)


def token_at(sentence: Sentence, offset: int) -> int | None:
    """The token that covers this offset of the article, None between tokens."""
    return next((t.i for t in sentence if t.start <= offset < t.end), None)
