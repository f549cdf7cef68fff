"""count: which claim of a sentence the casualties it tells of belong to.

Each harm (see ``tolls``) goes to the claim that is nearest to it in the tree and can hold its
kind.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language import Language
from dateline.syntax import Candidate, Report, Sentence
from dateline.tolls import Harm, harms_of

# Which claims can hold a kind of harm: event types or families, the first that the sentence has.
_VIOLENT = ("violence", "riot", "crackdown")
_NEAR_VIOLENT = ("offensive", "coup", "siege", "territory-gained", "protest", "ceasefire-violation")
_HOLDERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "killed": (_VIOLENT, _NEAR_VIOLENT),
    "wounded": (_VIOLENT, _NEAR_VIOLENT),
    "unknown": (_VIOLENT, _NEAR_VIOLENT),
    "missing": ((*_VIOLENT, "abduction"), _NEAR_VIOLENT),
    "abducted": (("abduction",),),
    "arrested": (("arrest",), ("crackdown",)),
    "displaced": (("displacement",),),
}


def count(
    report: Report, candidates: tuple[Candidate, ...], language: Language
) -> tuple[Candidate, ...]:
    """Give every candidate the casualties that its sentence tells of its happening."""
    held: dict[int, list[Harm]] = {}
    by_sentence: dict[int, list[int]] = {}
    for n, candidate in enumerate(candidates):
        by_sentence.setdefault(candidate.sentence, []).append(n)
    for at, members in by_sentence.items():
        sentence = report.sentences[at]
        for harm in harms_of(report, sentence, language):
            for n in _holders(sentence, harm, members, candidates):
                held.setdefault(n, []).append(harm)
    return tuple(
        _filled(candidate, held[n], language) if n in held else candidate
        for n, candidate in enumerate(candidates)
    )


def _filled(candidate: Candidate, harms: Sequence[Harm], language: Language) -> Candidate:
    rules = "+".join(dict.fromkeys(h.rule for h in harms))
    return candidate.fill(
        f"casualties.{rules}@{language.version}", casualties=tuple(h.casualties for h in harms)
    )


def _holders(
    sentence: Sentence, harm: Harm, members: Sequence[int], candidates: Sequence[Candidate]
) -> list[int]:
    """The candidates that a harm belongs to: the nearest of those that can hold it, and those
    coordinated with it when the harm is told of them all ("bombed, then attacked, killing 3")."""
    for wanted in _HOLDERS[harm.casualties.kind]:
        fit = [
            n
            for n in members
            if candidates[n].family in wanted or candidates[n].claim.type in wanted
        ]
        if not fit:
            continue
        ranked = sorted(fit, key=lambda n: _distance(sentence, harm, candidates[n]))
        best = candidates[ranked[0]]
        if harm.word in (best.trigger, best.anchor):
            return ranked[:1]
        return [
            n
            for n in ranked
            if n == ranked[0]
            or _coordinated(sentence, candidates[n].trigger, best.trigger, harm.word)
        ]
    return []


def _coordinated(sentence: Sentence, a: int, b: int, word: int) -> bool:
    """Whether two triggers are coordinated, and the word of harm does not stand between them."""
    first, second = min(a, b), max(a, b)
    if first < word < second:
        return False
    for lower, upper in ((a, b), (b, a)):
        above = [t.i for t in sentence.ancestors(lower)][:2]
        if sentence[lower].dep == "conj" and upper in above:
            return True
    subjects = all(sentence[i].dep.split(":")[0] == "nsubj" for i in (a, b))
    between = sentence.tokens[first:second]
    return (
        subjects and sentence[a].head == sentence[b].head and any(t.pos == "CCONJ" for t in between)
    )


def _distance(sentence: Sentence, harm: Harm, candidate: Candidate) -> tuple[int, int]:
    """How far a claim is from a harm: steps in the tree, then tokens in the text."""
    ends = {candidate.trigger, candidate.anchor}
    steps = min(_steps(sentence, harm.word, end) for end in ends)
    return steps, min(abs(harm.word - end) for end in ends)


def _steps(sentence: Sentence, a: int, b: int) -> int:
    up = {a: 0}
    for n, token in enumerate(sentence.ancestors(a), start=1):
        up[token.i] = n
    if b in up:
        return up[b]
    for n, token in enumerate(sentence.ancestors(b), start=1):
        if token.i in up:
            return up[token.i] + n
    return len(sentence) * 2
