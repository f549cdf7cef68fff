"""Clauses and their tenses: which clause a word stands in, and whether it looks back or ahead.

Reads Universal Dependencies only, so it serves every language that is parsed to them.
"""

from __future__ import annotations

from collections.abc import Collection

from dateline.syntax import Sentence, Token

_CLAUSE = frozenset(("ROOT", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj"))


def heads_clause(token: Token) -> bool:
    """Whether a token is the head of a clause."""
    dep = token.dep.split(":")[0]
    return dep in _CLAUSE or (dep == "conj" and token.pos in ("VERB", "AUX"))


def clause_of(sentence: Sentence, i: int) -> int:
    """The head of the clause that token ``i`` stands in, itself if it is one."""
    if heads_clause(sentence[i]):
        return i
    return next((t.i for t in sentence.ancestors(i) if heads_clause(t)), i)


def looks_ahead(
    sentence: Sentence, clause: int, future: Collection[str] = frozenset()
) -> bool | None:
    """Whether a clause looks ahead: true for a future tense, None for an infinitive or a clause
    without a finite verb, false else. ``future`` are the auxiliaries that make a future."""
    verbs = (sentence[clause], *sentence.children(clause, "aux", "cop"))
    if any("Tense=Fut" in t.morph or (t.pos == "AUX" and t.norm in future) for t in verbs):
        return True
    if any("VerbForm=Fin" in t.morph or "VerbForm=Part" in t.morph for t in verbs):
        return False
    return None


def in_present(sentence: Sentence, clause: int) -> bool:
    """Whether the clause is in the present tense (a passive with a present auxiliary too)."""
    verb = sentence[clause]
    if "VerbForm=Fin" in verb.morph:
        return "Tense=Pres" in verb.morph and "Mood=Ind" in verb.morph
    auxiliaries = sentence.children(clause, "aux", "cop")
    ongoing = "VerbForm=Part" in verb.morph and "Tense=Pres" in verb.morph
    return (
        len(auxiliaries) == 1
        and (auxiliaries[0].dep in ("aux:pass", "cop") or ongoing)
        and "Tense=Pres" in auxiliaries[0].morph
        and "Mood=Ind" in auxiliaries[0].morph
    )


def off_story(sentence: Sentence, clause: int, future: Collection[str] = frozenset()) -> bool:
    """Whether the clause is in a past before the past that is told (a pluperfect), or to come.
    ``future`` are the auxiliaries that make a future."""
    verb = sentence[clause]
    perfect = "VerbForm=Part" in verb.morph and "Tense=Past" in verb.morph
    return "Tense=Fut" in verb.morph or any(
        "Tense=Imp" in t.morph
        or "Tense=Fut" in t.morph
        or t.norm in future
        or (perfect and t.dep == "aux" and "Tense=Past" in t.morph and "VerbForm=Fin" in t.morph)
        for t in sentence.children(clause, "aux", "cop")
        if t.dep.split(":")[0] == "aux"
    )


def copular(sentence: Sentence, clause: int) -> bool:
    """Whether the clause says what something is ("it is the third attack in a year")."""
    nominal = sentence[clause].pos not in ("VERB", "AUX")
    return nominal and bool(sentence.children(clause, "cop")) and not sentence.case(clause)
