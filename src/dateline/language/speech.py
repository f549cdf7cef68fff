"""Finding in a parsed sentence who is said to say what: the cues are a language's data
(:mod:`dateline.language.attribution`), the moves here are those of the tree.

The relations are those of Universal Dependencies; where the parse is known to err (inverted
subjects, "that" clauses hung on a noun), word order decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.language.attribution import AttributionRules, Preposition, SpeechVerb
from dateline.syntax import Sentence, Token


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


_SIDE_CLAUSES = ("acl", "acl:relcl", "advcl")
_NOMINAL = ("NOUN", "PROPN", "PRON", "X", "NUM", "ADJ")


def speech_acts(
    sentence: Sentence, rules: AttributionRules, quoted: frozenset[int] = frozenset()
) -> tuple[Act, ...]:
    """Every act of speech of a sentence, in the order of their cues. ``quoted`` are the tokens
    inside long quotations: what stands there may be said by a verb without a clause."""
    acts = [*_by_preposition(sentence, rules), *_by_verb(sentence, rules, quoted)]
    acts.extend(_by_evidence(sentence, rules))
    return tuple(sorted(acts, key=lambda act: act.cue))


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
    below = [noun]
    while below:
        for child in sentence.children(below.pop(0), "nmod"):
            if child.pos in ("PROPN", "NOUN", "X") and child.i > noun:
                if _is_bare(sentence, child, rules):
                    continue
                if child.ent in ("ORG", "PER") or child.pos == "PROPN" or _speaks(
                    sentence, child.i, rules
                ):
                    return child.i
                below.append(child.i)
    return None


def _is_bare(sentence: Sentence, noun: Token, rules: AttributionRules) -> bool:
    """A common noun without article: it tells a kind, not an owner."""
    if noun.pos == "PROPN" or noun.ent in ("PER", "ORG") or sentence.children(noun.i, "det"):
        return False
    return sentence.case(noun.i) in rules.speech.bare


def _speaks(sentence: Sentence, head: int, rules: AttributionRules) -> bool:
    name = " ".join(t.text for t in rules.phrase(sentence, head))
    return rules.role(name) is not None


def _voices(
    sentence: Sentence, head: int, rules: AttributionRules, sure: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The chain of speakers and the evidence behind the noun ``head`` as the one who says it.
    ``sure``: the cue leaves no doubt that it speaks, so that an unknown noun is believed."""
    token = sentence[head]
    if token.norm in rules.speech.pronouns:
        return (), ()
    kind = rules.evidence(token)
    if kind is not None and not kind.speaks:
        whose = owner(sentence, head, rules)
        if whose is not None:
            speakers, evidence = _voices(sentence, whose, rules, True)
            return speakers, (head, *evidence)
        return ((head,) if _speaks(sentence, head, rules) else ()), (head,)
    evidence = (head,) if kind is not None else ()
    if rules.is_mute(token):
        return (), ()
    named = bool(token.ent) or token.pos == "PROPN" or _speaks(sentence, head, rules)
    named = named or rules.is_transparent(token)
    if rules.is_loose(token):
        return ((head,), ()) if _speaks(sentence, head, rules) else ((), ())
    if not named and not sure and kind is None:
        return (), ()
    if not any(c.isalnum() for c in token.text):
        return (), ()
    return (head, *_links(sentence, head, rules)), evidence


def _links(sentence: Sentence, head: int, rules: AttributionRules) -> tuple[int, ...]:
    """Who is cited by, or cites, the speaker ``head``."""
    found = []
    for child in sentence.children(head, "acl", "amod", "conj"):
        found.extend(_linked(sentence, child, rules))
    return tuple(found)


def _linked(sentence: Sentence, verb: Token, rules: AttributionRules) -> Iterator[int]:
    for rule in rules.speech.chain:
        if not rule.names(verb):
            continue
        slot = "obj" if rule.link == "object" else "obl:agent"
        for child in sentence.children(verb.i, slot):
            named = child.ent or child.pos == "PROPN" or _speaks(sentence, child.i, rules)
            if named and child.pos != "PRON":
                yield child.i


def _by_preposition(sentence: Sentence, rules: AttributionRules) -> Iterator[Act]:
    text = _text(sentence)
    for rule, pattern in rules.prepositions:
        for match in pattern.finditer(text):
            first = _token_at(sentence, sentence.start + match.start())
            last = _token_at(sentence, sentence.start + match.end() - 1)
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
        _speaks(sentence, head, rules) or sentence[head].ent in ("PER", "ORG")
    ):
        return None
    speakers, evidence = _voices(sentence, head, rules, False)
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
        if _is_clause(sentence, ancestor):
            break
    if at.dep == "conj":
        first = sentence.head(at.i)
        while first is not None and first.dep == "conj":
            first = sentence.head(first.i)
        if first is not None and (first.dep in ("ccomp", "xcomp") or not sentence.children(at.i, "nsubj")):
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
                if _rules_clause(sentence, a) or sentence.head(a.i) is None
            ),
            at,
        )
    below = {t.i for t in sentence.subtree(at.i)}
    for other in _own_clauses(sentence, at.i):
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


def _is_clause(sentence: Sentence, token: Token) -> bool:
    if sentence.head(token.i) is None:
        return True
    if token.pos in ("VERB", "AUX") and token.dep not in ("acl", "amod", "xcomp"):
        return True
    return bool(sentence.children(token.i, "nsubj", "cop"))


def _own_clauses(sentence: Sentence, at: int) -> tuple[Token, ...]:
    """Clauses coordinated to ``at`` that have a subject of their own."""
    return tuple(
        c
        for c in sentence.children(at, "conj", "parataxis")
        if sentence.children(c.i, "nsubj", "expl")
    )


def _by_verb(
    sentence: Sentence, rules: AttributionRules, quoted: frozenset[int]
) -> Iterator[Act]:
    named: list[int] = []
    for token in sentence:
        if token.dep.startswith(("aux", "cop")) or not _is_verb(sentence, token, rules):
            continue
        if _negated(sentence, token, rules):
            continue
        rule = next(
            (r for r in rules.verbs(token) if _complete(sentence, token, r, rules, quoted)), None
        )
        if rule is None:
            continue
        act = _verbal(sentence, token, rule, rules, tuple(named))
        if act is not None:
            named.extend(act.speakers[:1])
            yield act


def _is_verb(sentence: Sentence, token: Token, rules: AttributionRules) -> bool:
    """A verb by the parse, or a form that is known to be one and stands as one."""
    if token.pos in ("VERB", "AUX"):
        return True
    if not any(token.norm in rule.forms for rule in rules.speech.verb):
        return False
    after = sentence[token.i + 1] if token.i + 1 < len(sentence) else None
    clitic = after is not None and after.norm.startswith("-") and (
        after.norm in rules.speech.pronouns
    )
    return clitic or bool(sentence.children(token.i, "nsubj")) or token.pos == "ADV"


def _negated(sentence: Sentence, verb: Token, rules: AttributionRules) -> bool:
    """"has not confirmed that" says nothing."""
    near = {c.norm for c in sentence.children(verb.i)}
    for form in sentence.children(verb.i, "aux"):
        near |= {c.norm for c in sentence.children(form.i)}
    return any(
        word in near and (word not in rule.needed_by or near & set(rule.needs))
        for rule in rules.negation.particle
        for word in rule.words
    )


def _complete(
    sentence: Sentence,
    verb: Token,
    rule: SpeechVerb,
    rules: AttributionRules,
    quoted: frozenset[int],
) -> bool:
    """Whether the verb has what its rule asks to hang on it."""
    if rule.follows:
        near = sentence.tokens[verb.i + 1 : verb.i + 6]
        return any(t.norm in rule.follows for t in (*sentence.children(verb.i), *near))
    if rule.with_preposition:
        cases = {sentence.case(c.i) for c in sentence.children(verb.i, "obl") if c.i > verb.i}
        if cases.intersection(rule.with_preposition):
            return True
        near = sentence.tokens[verb.i + 1 : verb.i + 4]
        return any(t.norm in rule.with_preposition for t in near)
    if rule.complement == "any":
        return True
    if rule.complement == "quote":
        beside = any(-14 <= i - verb.i <= 6 for i in quoted) and verb.i not in quoted
        opening = verb.i <= 3 and _turned(sentence, verb, rules) is not None and (
            sentence[0].pos == "PUNCT"
        )
        return (beside or opening) and verb.dep not in ("acl", "amod")
    if any(c.i > verb.i for c in sentence.children(verb.i, "ccomp", "xcomp")):
        return True
    for thing in sentence.children(verb.i, "obj"):
        if any(_infinitive(sentence, c) for c in sentence.children(thing.i, "acl")):
            return True
    if _complementizer(sentence, verb.i, rules) is not None:
        return True
    if _turned(sentence, verb, rules) is not None:
        return True
    if verb.i in quoted or any(c.i > verb.i for c in sentence.children(verb.i, "obj")):
        return False
    return any(0 < i - verb.i <= 8 for i in quoted)


def _infinitive(sentence: Sentence, verb: Token) -> bool:
    return any("VerbForm=Inf" in t.morph for t in (verb, *sentence.children(verb.i, "aux")))


def _complementizer(sentence: Sentence, verb: int, rules: AttributionRules) -> int | None:
    """The word that opens the clause said, at most 12 tokens after the verb."""
    for token in sentence.tokens[verb + 1 : verb + 13]:
        if token.norm in rules.speech.complementizers and token.pos != "PRON":
            return token.i
        if token.norm in ('"', ";", ":") or token.norm in rules.speech.relatives:
            return None
        if token.pos in ("VERB", "AUX"):
            return None
    return None


def _group_start(sentence: Sentence, verb: int) -> int:
    """The first token of the verb with its auxiliaries, clitics and adverbs."""
    at = verb
    while at > 0:
        left = sentence[at - 1]
        if left.head != verb and not (left.pos == "PRON" and left.norm.startswith("-")):
            break
        if left.pos not in ("AUX", "ADV", "PRON", "PART") or left.dep.startswith("nsubj"):
            break
        at -= 1
    return at


def _turned(sentence: Sentence, verb: Token, rules: AttributionRules) -> Token | None:
    """The subject after its verb ("..., said the mayor"), also where the parse calls it the
    object; None unless the verb follows a comma, a quotation mark or the start."""
    start = _group_start(sentence, verb.i)
    if start > 0 and sentence[start - 1].norm not in (",", '"', "-", "..."):
        return None
    if _complementizer(sentence, verb.i, rules) is not None:
        return None
    if any(
        c.i < verb.i and c.pos != "PRON" and not rules.is_mute(c) and not rules.is_loose(c)
        for c in sentence.children(verb.i, "nsubj")
    ):
        return None
    finite = "VerbForm=Fin" in verb.morph or sentence.children(verb.i, "aux")
    if not finite and verb.pos in ("VERB", "AUX"):
        return None
    for clitic in sentence.tokens[start : verb.i + 3]:
        if clitic.pos == "PRON" and clitic.norm.startswith("-") and (
            clitic.norm in rules.speech.pronouns
        ):
            return clitic
    right = [
        c
        for c in sentence.children(verb.i, "nsubj", "obj", "obl:arg", "appos", "dislocated")
        if c.i > verb.i and c.pos in _NOMINAL
    ]
    right = [
        c
        for c in right
        if c.i - verb.i <= 8
        and (c.dep != "obl:arg" or not sentence.children(c.i, "case"))
        and _may_speak(sentence, c)
    ]
    if right and not any(c.dep == "obj" and sentence.children(verb.i, "nsubj") for c in right):
        return right[0]
    if start > 0 and verb.i + 1 < len(sentence):
        for begin in range(verb.i + 1, min(verb.i + 6, len(sentence))):
            if sentence[begin].pos not in ("DET", "PROPN") or right:
                continue
            head = noun_head(sentence, begin)
            if head is None or sentence.children(head, "case"):
                continue
            if _may_speak(sentence, sentence[head]):
                return sentence[head]
    return None


def _may_speak(sentence: Sentence, noun: Token) -> bool:
    """A name, or a noun with its determiner, and no date."""
    around = (noun, *sentence.children(noun.i, "nummod", "amod", "nmod"))
    if any(t.text.isdigit() and abs(t.i - noun.i) <= 1 for t in around):
        return False
    return noun.pos in ("PROPN", "PRON") or bool(noun.ent or sentence.children(noun.i, "det"))


def _verbal(
    sentence: Sentence,
    verb: Token,
    rule: SpeechVerb,
    rules: AttributionRules,
    named: tuple[int, ...],
) -> Act | None:
    turned = _turned(sentence, verb, rules)
    subject = turned or _subject(sentence, verb, rules)
    participle = verb.dep in ("acl", "amod") and not sentence.children(verb.i, "aux", "nsubj")
    passive = "Voice=Pass" in verb.morph or bool(sentence.children(verb.i, "aux:pass"))
    evidence = _documents(sentence, rules, verb.i)
    if turned is None and (passive or (participle and "Tense=Past" in verb.morph)):
        agents = sentence.children(verb.i, "obl:agent")
        impersonal = bool(sentence.children(verb.i, "expl")) or any(
            c.norm in rules.speech.pronouns for c in sentence.children(verb.i, "nsubj")
        )
        subject = agents[0] if agents else None
        if subject is None and not (impersonal and evidence):
            return None
    speakers: tuple[int, ...] = ()
    unnamed = False
    if subject is not None:
        if subject.norm in rules.speech.pronouns:
            unnamed = True
            speakers = named[-1:] if turned is None else ()
        else:
            speakers, found = _voices(sentence, subject.i, rules, True)
            evidence = (*found, *(e for e in evidence if e not in found))
            unnamed = not speakers
    if not speakers and evidence and (subject is None or unnamed):
        speakers = _owners(sentence, evidence, rules)
    for child in sentence.children(verb.i, "advcl", "acl", "obl:arg", "obl:mod"):
        if child.dep in ("advcl", "acl"):
            speakers = (*speakers, *(i for i in _linked(sentence, child, rules)))
        elif _is_medium(sentence, child, rules):
            speakers = (*speakers, child.i)
    if subject is not None and speakers and subject.i < verb.i:
        for token in sentence.tokens[subject.i + 1 : verb.i]:
            speakers = (*speakers, *_linked(sentence, token, rules))
    if not speakers and not evidence and not unnamed:
        return None
    own = frozenset(t.i for t in sentence.subtree(subject.i)) if subject is not None else frozenset()
    if subject is not None and verb.i in own:
        own = frozenset(t.i for t in rules.phrase(sentence, subject.i))
    covers = _said(sentence, verb, rules, turned is not None, passive) - own - {verb.i}
    return Act(
        rule.id,
        verb.i,
        tuple(dict.fromkeys(speakers)),
        evidence,
        covers,
        unnamed and not speakers,
        turned is not None,
        own,
    )


def _is_medium(sentence: Sentence, token: Token, rules: AttributionRules) -> bool:
    """"told the AFP": whoever is told is a medium."""
    if token.dep not in ("obl:arg", "obl:mod") or token.pos not in ("NOUN", "PROPN"):
        return False
    name = " ".join(t.text for t in rules.phrase(sentence, token.i))
    return rules.role(name) == "media" and sentence.case(token.i) in rules.speech.told


def _owners(sentence: Sentence, evidence: Iterable[int], rules: AttributionRules) -> tuple[int, ...]:
    for noun in evidence:
        whose = owner(sentence, noun, rules)
        if whose is not None:
            return (whose,)
    return ()


def _subject(sentence: Sentence, verb: Token, rules: AttributionRules) -> Token | None:
    """Who does the verb: its subject, that of the verb it is coordinated to or hangs on, or what a
    relative pronoun stands for."""
    if verb.pos == "ADV":
        return _nearest_left(sentence, verb, rules)
    at: Token | None = verb
    for _ in range(4):
        if at is None:
            return None
        subjects = [c for c in sentence.children(at.i, "nsubj") if c.dep != "nsubj:pass"]
        if not subjects and at.i != verb.i:
            subjects = list(sentence.children(at.i, "nsubj"))
        if subjects:
            subject = subjects[0]
            if subject.norm in rules.speech.relatives:
                return _antecedent(sentence, at, rules)
            return subject
        expletive = sentence.children(at.i, "expl:subj")
        if expletive:
            return expletive[0]
        head = sentence.head(at.i)
        if head is None:
            # A noun that the parse made the root stands for the subject of a headless verb.
            return None
        base = at.dep.split(":")[0]
        if base in ("acl", "advcl") and _detached(sentence, verb) and at.i == verb.i:
            above = next((a for a in sentence.ancestors(at.i) if _rules_clause(sentence, a)), None)
            if above is not None:
                at = above
                continue
        if base == "acl" and head.pos in ("NOUN", "PROPN", "X"):
            return head
        if base in ("conj", "advcl", "xcomp", "parataxis", "acl", "amod"):
            if head.pos in ("NOUN", "PROPN", "X") and head.i < verb.i and (
                sentence.head(head.i) is None
            ):
                return head
            at = head
            continue
        return None
    return None


def _antecedent(
    sentence: Sentence, verb: Token, rules: AttributionRules
) -> Token | None:
    """What a relative clause hangs on; the person or office whose complement that is, where the
    parse hung it on a mere place name ("the envoy to X, who")."""
    noun = sentence.head(verb.i)
    if noun is None or noun.ent == "PER":
        return noun
    top = noun
    for above in sentence.ancestors(noun.i):
        if not top.dep.startswith(("nmod", "appos", "flat")):
            break
        top = above
    person = top.ent == "PER" or any(
        c.ent == "PER" for c in sentence.children(top.i, "appos", "flat")
    )
    if person or (noun.ent == "LOC" and _speaks(sentence, top.i, rules)):
        return top
    return noun


def _detached(sentence: Sentence, verb: Token) -> bool:
    """A present participle behind a comma, at some distance: its subject is the clause's."""
    return (
        "Tense=Pres" in verb.morph
        and "VerbForm=Part" in verb.morph
        and verb.i > 0
        and sentence[verb.i - 1].norm == ","
        and verb.i - verb.head > 2
    )


def _rules_clause(sentence: Sentence, token: Token) -> bool:
    """A finite verb with its subject."""
    finite = any("VerbForm=Fin" in t.morph for t in (token, *sentence.children(token.i, "aux")))
    return finite and bool(sentence.children(token.i, "nsubj"))


def _nearest_left(sentence: Sentence, verb: Token, rules: AttributionRules) -> Token | None:
    """The noun whose phrase ends just before a verb that the parse took for another word."""
    for token in sentence.tokens[: verb.i]:
        if token.pos in ("NOUN", "PROPN", "PRON"):
            phrase = [t.i for t in rules.phrase(sentence, token.i)]
            if phrase[0] <= token.i and phrase[-1] + 1 >= verb.i:
                return token
    return None


def _documents(sentence: Sentence, rules: AttributionRules, verb: int) -> tuple[int, ...]:
    """Evidence that a verb of saying is said to rest on: "in a statement"."""
    found = []
    for token in sentence:
        kind = rules.evidence(token) if token.pos in ("NOUN", "PROPN") else None
        if kind is None or not kind.prepositions or abs(token.i - verb) > 30:
            continue
        if _introduced(sentence, token, kind.prepositions):
            found.append(token.i)
    return tuple(found)


def _introduced(sentence: Sentence, noun: Token, prepositions: Iterable[str]) -> bool:
    left = noun.i
    while left > 0 and sentence[left - 1].pos in ("DET", "ADJ", "NUM"):
        left -= 1
    before = _text(sentence)[: sentence[left].start - sentence.start].rstrip().lower()
    return any(
        before.endswith(p) and not before[: -len(p)][-1:].isalpha() for p in prepositions
    )


def _said(
    sentence: Sentence, verb: Token, rules: AttributionRules, turned: bool, passive: bool
) -> frozenset[int]:
    """The tokens of what the verb says."""
    size = len(sentence)
    if turned:
        return frozenset(range(size))
    below = {t.i for t in sentence.subtree(verb.i)}
    right = {i for i in below if i > verb.i}
    if passive:
        for child in sentence.children(verb.i, "nsubj"):
            right |= {t.i for t in sentence.subtree(child.i)}
        if verb.dep in ("acl", "amod"):
            # "a toll announced by the police": the noun is said, not what else hangs on the verb.
            right = {t.i for t in sentence.subtree(verb.head)} - below
            for child in sentence.children(verb.i, "ccomp", "xcomp"):
                right |= {t.i for t in sentence.subtree(child.i)}
    if verb.pos not in ("VERB", "AUX"):
        return frozenset(range(verb.i + 1, size))
    for infinitive in sentence.children(verb.i, "xcomp"):
        # "stressed having declared a truce, but the militia attacked": the outlet speaks again.
        for other in _own_clauses(sentence, infinitive.i):
            right -= {t.i for t in sentence.subtree(other.i)}
    opener = _complementizer(sentence, verb.i, rules)
    if opener is None:
        right -= _resumed(sentence, verb)
    main = verb.dep in ("ROOT", "conj", "parataxis", "ccomp")
    if opener is not None and main:
        stop = size
        for token in sentence.tokens[opener + 1 :]:
            if token.norm == ";" or (token.i not in below and _leaves(sentence, token, verb)):
                stop = token.i
                break
        right |= set(range(opener, stop))
    for other in _own_clauses(sentence, verb.i):
        if opener is None or sentence[other.i].dep == "conj":
            inside = {t.i for t in sentence.subtree(other.i)}
            right -= inside
    return frozenset(right)


def _resumed(sentence: Sentence, verb: Token) -> frozenset[int]:
    """What follows a comma and a conjunction with a finite verb of its own subject: not said by a
    verb that only has an infinitive or a noun under it."""
    for token in sentence.tokens[verb.i + 2 :]:
        if token.pos == "CCONJ" and sentence[token.i - 1].norm == ",":
            for later in sentence.tokens[token.i + 1 :]:
                if _rules_clause(sentence, later) and all(
                    c.i > token.i for c in sentence.children(later.i, "nsubj")
                ):
                    return frozenset(range(token.i, len(sentence)))
    return frozenset()


def _leaves(sentence: Sentence, token: Token, verb: Token) -> bool:
    """Whether with this token a clause begins that is coordinated to the verb or to one above."""
    if token.pos != "CCONJ":
        return False
    clause = sentence.head(token.i)
    if clause is None or not sentence.children(clause.i, "nsubj", "expl"):
        return False
    above = {verb.i, *(a.i for a in sentence.ancestors(verb.i))}
    return clause.dep == "conj" and clause.head in above and clause.i not in above


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
            covers = frozenset(_said(sentence, verb, rules, False, False)) - {token.i}
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
    if verb is None:
        return None
    subject = _subject(sentence, verb, rules)
    if subject is None or subject.norm in rules.speech.pronouns or subject.i > verb.i:
        return None
    speakers, evidence = _voices(sentence, subject.i, rules, True)
    own = frozenset(t.i for t in sentence.subtree(subject.i))
    below = range(noun.i + 1, len(sentence)) if stray else (
        t.i for t in sentence.subtree(verb.i) if t.i > verb.i
    )
    covers = frozenset(below) - own - {noun.i}
    return Act("publish", verb.i, speakers, (noun.i, *evidence), covers, subject=own)


def _publishes(verb: Token, rules: AttributionRules) -> bool:
    tables = (*rules.speech.publishing, *rules.speech.verb)
    return verb.pos in ("VERB", "AUX") and any(rule.names(verb) for rule in tables)


def _shows(
    sentence: Sentence, noun: Token, prepositions: tuple[str, ...], rules: AttributionRules
) -> Token | None:
    """The verb by which a piece of evidence shows something."""
    head = sentence.head(noun.i)
    candidates = [*sentence.children(noun.i, "acl")]
    if head is not None and (
        noun.dep.startswith("nsubj") or _introduced(sentence, noun, prepositions)
    ):
        candidates.append(head)
    for verb in candidates:
        if any(rule.names(verb) for rule in rules.speech.showing):
            return verb
    return None


def _text(sentence: Sentence) -> str:
    """The sentence's words at their offsets, spaces between."""
    pieces = []
    at = sentence.start
    for token in sentence:
        pieces.append(" " * (token.start - at) + token.text)
        at = token.end
    return "".join(pieces)


def _token_at(sentence: Sentence, offset: int) -> int | None:
    return next((t.i for t in sentence if t.start <= offset < t.end), None)
