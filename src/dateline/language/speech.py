"""Finding in a parsed sentence who is said to say what: the cues are a language's data
(:mod:`dateline.language.attribution`), the moves here are those of the tree."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.language.attribution import AttributionRules, Preposition
from dateline.language.clauses import (
    has_own_subject,
    is_clause,
    is_introduced,
    own_clauses,
    text_of,
    token_at,
)
from dateline.language.saying import by_verb, is_negated_saying, subject_of, what_is_said
from dateline.language.voices import Act, is_known, linked, noun_head, owner, voices
from dateline.syntax import Sentence, Token

_LONGEST = 600
"""Tokens; what is longer is no sentence but a table or an attack, and costs its square."""
_SIDE_CLAUSES = ("acl", "acl:relcl", "advcl")


def speech_acts(
    sentence: Sentence, rules: AttributionRules, quoted: frozenset[int] = frozenset()
) -> tuple[Act, ...]:
    """Every act of speech of a sentence, in the order of their cues. ``quoted`` are the tokens
    inside long quotations: what stands there may be said by a verb without a clause."""
    if len(sentence) > _LONGEST:
        return ()
    acts = [*_by_preposition(sentence, rules), *by_verb(sentence, rules, quoted)]
    acts.extend(_by_evidence(sentence, rules))
    return tuple(sorted(acts, key=lambda act: act.cue))


def _by_preposition(sentence: Sentence, rules: AttributionRules) -> Iterator[Act]:
    text = text_of(sentence.tokens)
    for rule, pattern in rules.prepositions:
        for match in pattern.finditer(text):
            first = token_at(sentence, sentence.start + match.start())
            last = token_at(sentence, sentence.start + match.end() - 1)
            if first is None or last is None:
                continue
            act = _prepositional(sentence, rules, rule, first, last)
            if act is not None:
                yield act


def _prepositional(
    sentence: Sentence, rules: AttributionRules, rule: Preposition, first: int, last: int
) -> Act | None:
    initial = first == 0 or sentence[first - 1].pos in ("PUNCT", "CCONJ")
    if rule.where == "initial" and not initial:
        return None
    begin = last if rule.takes == "phrase" else last + 1
    head = last if rule.takes == "phrase" else noun_head(sentence, begin)
    if head is None:
        return None
    phrase = rules.phrase(sentence, head)
    after = phrase[-1].i + 1
    if rule.where == "initial" and not (after < len(sentence) and sentence[after].norm == ","):
        return None
    if rule.needs_role and not (
        is_known(sentence, head, rules) or sentence[head].ent in ("PER", "ORG")
    ):
        return None
    speakers, evidence = voices(sentence, head, rules, False)
    for token in sentence.tokens[after : after + 3] if speakers else ():
        # ", citing an officer", wherever the parse hung it
        speakers = (*speakers, *(i for i in linked(sentence, token, rules) if i not in speakers))
    unnamed = not speakers and sentence[head].norm in rules.speech.pronouns
    if not speakers and not evidence and not unnamed:
        return None
    name = frozenset(t.i for t in sentence.subtree(head) if t.i <= phrase[-1].i + 1) | frozenset(
        range(first, phrase[-1].i + 1)
    )
    covers = _clause(sentence, head, first, max(name), rules) - name
    return Act(rule.id, first, speakers, evidence, covers, unnamed, subject=name)


def _clause(
    sentence: Sentence, head: int, cue: int, after: int, rules: AttributionRules
) -> frozenset[int]:
    """What an "according to" phrase speaks of: the whole sentence when no verb stands before it,
    else the clause it hangs on."""
    if not any(t.pos in ("VERB", "AUX") for t in sentence.tokens[:cue]):
        return frozenset(range(len(sentence)))
    at = sentence[head]
    for ancestor in sentence.ancestors(head):
        at = ancestor
        if is_clause(sentence, ancestor):
            break
    if at.dep == "conj":
        first = sentence.head(at.i)
        while first is not None and first.dep == "conj":
            first = sentence.head(first.i)
        alone = not sentence.children(at.i, "nsubj")
        if first is not None and (alone or first.dep in ("ccomp", "xcomp")):
            at = first
    if _asks(sentence, at, rules):
        at = sentence.head(at.i) or at
    mine = {t.i for t in sentence.subtree(head)}
    last = not any(
        t.pos in ("VERB", "AUX") and t.i not in mine for t in sentence.tokens[after + 1 :]
    )
    if last and cue > 0 and sentence[cue - 1].norm == "," and at.dep in _SIDE_CLAUSES:
        # Behind a comma at the end it speaks of the sentence, wherever the parse hung it.
        at = next(
            (
                a
                for a in sentence.ancestors(at.i)
                if has_own_subject(sentence, a) or sentence.head(a.i) is None
            ),
            at,
        )
    below = {t.i for t in sentence.subtree(at.i)}
    for other in own_clauses(sentence, at.i):
        inside = {t.i for t in sentence.subtree(other.i)}
        if cue not in inside and other.i < cue < at.i:
            below -= inside
    return frozenset(below)


def _asks(sentence: Sentence, verb: Token, rules: AttributionRules) -> bool:
    """A parenthesis with its pronoun after the verb ("one learnt from ..."): what it speaks of is
    the clause around it."""
    return any(
        t.pos == "PRON" and t.norm.startswith("-") and t.norm in rules.speech.pronouns
        for t in sentence.tokens[max(0, verb.i - 3) : verb.i + 3]
    )


def _by_evidence(sentence: Sentence, rules: AttributionRules) -> Iterator[Act]:
    """Evidence that speaks for itself: it shows, or the happening is seen on it."""
    for token in sentence:
        kind = rules.evidence(token) if token.pos in ("NOUN", "PROPN") else None
        if kind is None or kind.speaks:
            continue
        published = _published(sentence, token, rules)
        if published is not None:
            yield published
            continue
        verb = _shows(sentence, token, kind.prepositions, rules)
        if verb is None:
            continue
        subtree = {t.i for t in sentence.subtree(token.i)}
        if token.dep.startswith("nsubj"):
            covers = frozenset(what_is_said(sentence, verb, rules, False, False)) - {token.i}
        elif verb.head == token.i:
            covers = frozenset(t.i for t in sentence.subtree(verb.i))
        else:
            covers = frozenset(range(len(sentence))) - subtree
        whose = owner(sentence, token.i, rules)
        speakers = (whose,) if whose is not None else ()
        yield Act("evidence", verb.i, speakers, (token.i,), covers, subject=frozenset(subtree))


def _published(sentence: Sentence, noun: Token, rules: AttributionRules) -> Act | None:
    """Evidence as the object of a verb of making public: its subject says what it shows."""
    verb = sentence.head(noun.i) if noun.dep.startswith("obj") else None
    stray = verb is None or not _publishes(verb, rules)
    if stray:
        # The parse may tear the object from its verb; then what stands near decides.
        verb = None
        for token in reversed(sentence.tokens[max(0, noun.i - 8) : noun.i]):
            if token.pos in ("VERB", "AUX"):
                verb = token if _publishes(token, rules) and token.dep == "ROOT" else None
                break
    if verb is None or is_negated_saying(sentence, verb, rules):
        return None
    subject = subject_of(sentence, verb, rules)
    if subject is None or subject.norm in rules.speech.pronouns or subject.i > verb.i:
        return None
    speakers, evidence = voices(sentence, subject.i, rules, True)
    own = frozenset(t.i for t in sentence.subtree(subject.i))
    below = (
        range(noun.i + 1, len(sentence))
        if stray
        else (t.i for t in sentence.subtree(verb.i) if t.i > verb.i)
    )
    covers = frozenset(below) - own - {noun.i}
    return Act("publish", verb.i, speakers, (noun.i, *evidence), covers, subject=own)


def _publishes(verb: Token, rules: AttributionRules) -> bool:
    public = any(rule.names(verb) for rule in rules.speech.publishing)
    return verb.pos in ("VERB", "AUX") and (public or rules.verb(verb) is not None)


def _shows(
    sentence: Sentence, noun: Token, prepositions: tuple[str, ...], rules: AttributionRules
) -> Token | None:
    """The verb by which a piece of evidence shows something."""
    head = sentence.head(noun.i)
    candidates = [*sentence.children(noun.i, "acl")]
    if head is not None and (
        noun.dep.startswith("nsubj") or is_introduced(sentence, noun, prepositions)
    ):
        candidates.append(head)
    for verb in candidates:
        if any(rule.names(verb) for rule in rules.speech.showing):
            return verb
    return None
