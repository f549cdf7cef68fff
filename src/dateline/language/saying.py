"""Verbs of saying: whether one has what it needs, who is its subject, and what it says. Where the
parse is known to err (inverted subjects, "that" clauses hung on a noun), word order decides."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.language.attribution import AttributionRules, SpeechVerb
from dateline.language.clauses import (
    group_start,
    has_own_subject,
    is_detached,
    is_infinitive,
    is_introduced,
    is_passive,
    own_clauses,
)
from dateline.language.postposed import said_before, speaker_before
from dateline.language.voices import Act, is_known, is_medium, linked, noun_head, owners, voices
from dateline.syntax import Sentence, Token

_NOT_YET = ("planned", "demanded", "hypothetical")
_NOMINAL = ("NOUN", "PROPN", "PRON", "X", "NUM", "ADJ")


def by_verb(sentence: Sentence, rules: AttributionRules, quoted: frozenset[int]) -> Iterator[Act]:
    """The acts of speech that verbs make; ``quoted`` are the tokens inside long quotations."""
    named: list[int] = []
    for token in sentence:
        if token.dep.startswith(("aux", "cop")) or not _is_verb(sentence, token, rules):
            continue
        if is_negated_saying(sentence, token, rules) or _is_yet_to_come(sentence, token, rules):
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
    clitic = (
        after is not None and after.norm.startswith("-") and (after.norm in rules.speech.pronouns)
    )
    return clitic or bool(sentence.children(token.i, "nsubj", "aux")) or token.pos == "ADV"


def is_negated_saying(sentence: Sentence, verb: Token, rules: AttributionRules) -> bool:
    """ "has not confirmed that" says nothing."""
    near = {c.norm for c in sentence.children(verb.i)}
    for form in sentence.children(verb.i, "aux"):
        near |= {c.norm for c in sentence.children(form.i)}
    return any(
        word in near and (word not in rule.needed_by or near & set(rule.needs))
        for rule in rules.negation.particle
        for word in rule.words
    )


def _is_yet_to_come(sentence: Sentence, verb: Token, rules: AttributionRules) -> bool:
    """ "will announce that" has said nothing so far."""
    words = {
        form for mood in rules.modality.mood if mood.modality in _NOT_YET for form in mood.forms
    }
    return any(c.norm in words for c in sentence.children(verb.i, "aux"))


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
        opening = (
            verb.i <= 3
            and _turned(sentence, verb, rules) is not None
            and (sentence[0].pos == "PUNCT")
        )
        attributive = verb.dep in ("acl", "amod") and not sentence.children(verb.i, "nsubj")
        return (beside or opening) and not attributive
    if any(c.i > verb.i for c in sentence.children(verb.i, "ccomp", "xcomp")):
        return True
    if said_before(sentence, verb, rules):
        return True
    for thing in sentence.children(verb.i, "obj"):
        if any(is_infinitive(sentence, c) for c in sentence.children(thing.i, "acl")):
            return True
    if _complementizer(sentence, verb.i, rules) is not None:
        return True
    if _turned(sentence, verb, rules) is not None:
        return True
    if verb.i in quoted or any(c.i > verb.i for c in sentence.children(verb.i, "obj")):
        return False
    return any(0 < i - verb.i <= 8 for i in quoted)


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


def _turned(sentence: Sentence, verb: Token, rules: AttributionRules) -> Token | None:
    """The subject after its verb ("..., said the mayor"), also where the parse calls it the
    object; None unless the verb follows a comma, a quotation mark or the start."""
    start = group_start(sentence, verb.i)
    marks = (",", '"', "-", "...", *rules.speech.asides)
    if start > 0 and sentence[start - 1].norm not in marks:
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
        if (
            clitic.pos == "PRON"
            and clitic.norm.startswith("-")
            and (clitic.norm in rules.speech.pronouns)
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
    subjects = [c for c in sentence.children(verb.i, "nsubj") if not rules.is_loose(c)]
    if right and not any(c.dep == "obj" and subjects for c in right):
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
    around = (noun, *sentence.children(noun.i, "nummod", "amod", "nmod", "det"))
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
    before = turned is not None or said_before(sentence, verb, rules)
    beside = speaker_before(sentence, verb) if before else None
    subject = turned or beside or subject_of(sentence, verb, rules)
    participle = verb.dep in ("acl", "amod") and not sentence.children(verb.i, "aux", "nsubj")
    passive = is_passive(sentence, verb)
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
            speakers, found = voices(sentence, subject.i, rules, True)
            evidence = (*found, *(e for e in evidence if e not in found))
            unnamed = not speakers
    if not speakers and evidence and (subject is None or unnamed):
        speakers = owners(sentence, evidence, rules)
    for child in sentence.children(verb.i, "advcl", "acl", "obl", "obj", "iobj"):
        if child.dep in ("advcl", "acl"):
            speakers = (*speakers, *(i for i in linked(sentence, child, rules)))
        elif is_medium(sentence, child, rules):
            speakers = (*speakers, child.i)
    if subject is not None and speakers and subject.i < verb.i:
        for token in sentence.tokens[subject.i + 1 : verb.i]:
            speakers = (*speakers, *linked(sentence, token, rules))
    if not speakers and not evidence and not unnamed:
        return None
    own: frozenset[int] = frozenset()
    if subject is not None:
        own = frozenset(t.i for t in sentence.subtree(subject.i))
    if subject is not None and verb.i in own:
        own = frozenset(t.i for t in rules.phrase(sentence, subject.i))
    covers = what_is_said(sentence, verb, rules, before, passive) - own - {verb.i}
    return Act(
        rule.id,
        verb.i,
        tuple(dict.fromkeys(speakers)),
        evidence,
        covers,
        unnamed and not speakers,
        before,
        own,
    )


def subject_of(sentence: Sentence, verb: Token, rules: AttributionRules) -> Token | None:
    """Who does the verb: its subject, that of the verb it is coordinated to or hangs on, or what a
    relative pronoun stands for."""
    if verb.pos == "ADV":
        return _nearest_left(sentence, verb, rules)
    at: Token | None = verb
    for _ in range(4):
        if at is None:
            return None
        subjects = list(sentence.children(at.i, "nsubj"))
        if at.i == verb.i and is_passive(sentence, verb):
            subjects = [c for c in subjects if c.dep != "nsubj:pass"]
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
        if base in ("acl", "advcl") and is_detached(sentence, verb) and at.i == verb.i:
            clauses = (a for a in sentence.ancestors(at.i) if has_own_subject(sentence, a))
            above = next(clauses, None)
            if above is not None:
                at = above
                continue
        if base == "acl" and head.pos in ("NOUN", "PROPN", "X"):
            return head
        if base in ("conj", "advcl", "xcomp", "parataxis", "acl", "amod"):
            if (
                head.pos in ("NOUN", "PROPN", "X")
                and head.i < verb.i
                and (sentence.head(head.i) is None)
            ):
                return head
            at = head
            continue
        return None
    return None


def _antecedent(sentence: Sentence, verb: Token, rules: AttributionRules) -> Token | None:
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
    if person or (noun.ent == "LOC" and is_known(sentence, top.i, rules)):
        return top
    return noun


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
    for token in sentence.tokens[max(0, verb - 30) : verb + 31]:
        kind = rules.evidence(token) if token.pos in ("NOUN", "PROPN") else None
        if kind is None or not kind.prepositions:
            continue
        if is_introduced(sentence, token, kind.prepositions):
            found.append(token.i)
    return tuple(found)


def what_is_said(
    sentence: Sentence, verb: Token, rules: AttributionRules, turned: bool, passive: bool
) -> frozenset[int]:
    """The tokens of what the verb says."""
    size = len(sentence)
    if turned:
        # ", the mayor said, but the army fired": behind him the outlet speaks again.
        later = {
            t.i
            for other in own_clauses(sentence, verb.i)
            if other.i > verb.i
            for t in sentence.subtree(other.i)
        }
        return frozenset(range(size)) - later
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
        for other in own_clauses(sentence, infinitive.i):
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
    ends = [t.i for t in sentence.tokens[verb.i :] if t.norm == ";"]
    if ends:
        right -= set(range(ends[0], size))
    for other in own_clauses(sentence, verb.i):
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
                if has_own_subject(sentence, later) and all(
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
