"""Who speaks: from a noun after "according to", or the subject of a verb of saying, to the chain of
speakers and the evidence behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.language.attribution import AttributionRules
from dateline.syntax import Sentence, Token

_NOMINAL = ("NOUN", "PROPN", "PRON", "X", "NUM", "ADJ")


@dataclass(frozen=True, slots=True)
class Act:
    """One act of speech in a sentence.

    ``cue`` is its verb or preposition, ``speakers`` the head tokens of the chain, nearest first,
    ``evidence`` the tokens that name what it rests on, ``covers`` the tokens that are said.
    ``unnamed``: somebody speaks, by a pronoun or a mute word. ``inverted``: what is said stands
    before the verb.
    """

    rule: str
    cue: int
    speakers: tuple[int, ...] = ()
    evidence: tuple[int, ...] = ()
    covers: frozenset[int] = frozenset()
    unnamed: bool = False
    inverted: bool = False
    subject: frozenset[int] = frozenset()


def noun_head(sentence: Sentence, start: int) -> int | None:
    """The head of the noun phrase that begins at token ``start``; None if there is none."""
    at, steps = start, 0
    while at < len(sentence) and sentence[at].pos in ("ADV", "CCONJ") and steps < 2:
        at, steps = at + 1, steps + 1
    if at >= len(sentence) or sentence[at].pos == "PUNCT":
        return None
    while steps < 8:
        token = sentence[at]
        inner = token.dep.split(":")[0] in ("det", "amod", "nummod", "case", "advmod", "compound")
        if inner and token.head > at and token.head - start <= 8:
            at, steps = token.head, steps + 1
        elif token.pos in ("DET", "ADP", "ADJ") and at + 1 < len(sentence) and token.head <= start:
            at, steps = at + 1, steps + 1
        else:
            break
    if sentence[at].pos in _NOMINAL:
        return at
    return None


def owner(sentence: Sentence, noun: int, rules: AttributionRules) -> int | None:
    """Whose a piece of evidence is: who made it public, else its "of"."""
    for child in sentence.children(noun, "acl", "acl:relcl"):
        if any(rule.names(child) for rule in rules.speech.publishing) or rules.verb(child):
            for agent in sentence.children(child.i, "obl:agent", "nsubj"):
                if agent.pos != "PRON":
                    return agent.i
    for child in reversed(sentence.children(noun, "nmod:poss", "compound")):
        # "the army's communique", "an army communique"
        if child.i < noun and (child.ent in ("ORG", "PER") or is_known(sentence, child.i, rules)):
            return child.i
    below = [noun]
    while below:
        for child in sentence.children(below.pop(0), "nmod"):
            if child.pos in ("PROPN", "NOUN", "X") and child.i > noun:
                if _is_bare(sentence, child, rules):
                    continue
                if (
                    child.ent in ("ORG", "PER")
                    or child.pos == "PROPN"
                    or is_known(sentence, child.i, rules)
                ):
                    return child.i
                below.append(child.i)
    return None


def owners(sentence: Sentence, evidence: Iterable[int], rules: AttributionRules) -> tuple[int, ...]:
    """Whose the first piece of evidence is that is anybody's; empty when none is."""
    for noun in evidence:
        whose = owner(sentence, noun, rules)
        if whose is not None:
            return (whose,)
    return ()


def _is_bare(sentence: Sentence, noun: Token, rules: AttributionRules) -> bool:
    """A common noun without article: it tells a kind, not an owner."""
    if noun.pos == "PROPN" or noun.ent in ("PER", "ORG") or sentence.children(noun.i, "det"):
        return False
    return sentence.case(noun.i) in rules.speech.bare


def is_known(sentence: Sentence, head: int, rules: AttributionRules) -> bool:
    """Whether the words of the name tell a role."""
    name = " ".join(t.text for t in rules.phrase(sentence, head))
    return rules.role(name) is not None


def is_medium(
    sentence: Sentence, token: Token, rules: AttributionRules, *, named: bool = True
) -> bool:
    """ "told the AFP": whoever is told is a medium; as an object, one with a name (or, if not
    ``named``, any) beside the clause that is told."""
    case = sentence.case(token.i)
    if token.dep in ("obj", "iobj") and not case:
        if named and (token.pos != "PROPN" or not sentence.children(token.head, "ccomp")):
            return False
    elif token.dep not in ("obl", "obl:arg", "obl:mod") or case not in rules.speech.told:
        return False
    name = " ".join(t.text for t in rules.phrase(sentence, token.i))
    return token.pos in ("NOUN", "PROPN") and rules.role(name) == "media"


def voices(
    sentence: Sentence, head: int, rules: AttributionRules, sure: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The chain of speakers and the evidence behind the noun ``head`` as the one who says it.
    ``sure``: the cue leaves no doubt that it speaks, so that an unknown noun is believed."""
    token = sentence[head]
    if token.norm in rules.speech.pronouns or token.pos == "NUM":
        # "one of the residents": whoever the pronoun picks from.
        picked = [c for c in sentence.children(head, "nmod") if c.pos in ("NOUN", "PROPN")]
        return voices(sentence, picked[0].i, rules, sure) if picked else ((), ())
    kind = rules.evidence(token)
    if kind is not None and not kind.speaks:
        whose = owner(sentence, head, rules)
        if whose is not None:
            speakers, evidence = voices(sentence, whose, rules, True)
            return speakers, (head, *evidence)
        return ((head,) if is_known(sentence, head, rules) else ()), (head,)
    evidence = (head,) if kind is not None else ()
    if rules.is_mute(token):
        return (), ()
    named = bool(token.ent) or token.pos == "PROPN" or is_known(sentence, head, rules)
    named = named or rules.is_transparent(token)
    if rules.is_loose(token):
        whose = _giver(sentence, head, rules)
        if whose is not None:
            return voices(sentence, whose, rules, True)
        return ((head,), ()) if is_known(sentence, head, rules) else ((), ())
    if not named and not sure and kind is None:
        return (), ()
    first = rules.phrase(sentence, head)[0].text
    if first[:1].isdigit() or not any(c.isalnum() for c in token.text):
        return (), ()
    return (head, *_links(sentence, head, rules)), evidence


def _giver(sentence: Sentence, noun: int, rules: AttributionRules) -> int | None:
    """Who gave a piece of information: the noun in its "of", also where the parse hung it
    elsewhere."""
    begin = noun + 1
    while begin < len(sentence) and sentence[begin].pos == "ADJ":
        begin += 1
    if begin + 1 >= len(sentence) or sentence[begin].pos != "ADP":
        return None
    head = noun_head(sentence, begin + 1)
    if head is None or not (is_known(sentence, head, rules) or sentence[head].ent == "PER"):
        return None
    return head


def _links(sentence: Sentence, head: int, rules: AttributionRules) -> tuple[int, ...]:
    """Who is cited by, or cites, the speaker ``head``."""
    found: list[int] = []
    for child in sentence.children(head, "acl", "amod", "conj"):
        found.extend(linked(sentence, child, rules))
    return tuple(found)


def linked(sentence: Sentence, verb: Token, rules: AttributionRules) -> Iterator[int]:
    """Who is cited by this verb, or cites with it, if it is one of citing."""
    for rule in rules.speech.chain:
        if not rule.names(verb):
            continue
        slot = "obj" if rule.link == "object" else "obl:agent"
        for child in sentence.children(verb.i, slot):
            named = child.ent or child.pos == "PROPN" or is_known(sentence, child.i, rules)
            if named and child.pos != "PRON":
                yield child.i
