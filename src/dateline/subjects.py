"""Voice, subject and antecedent: who a verb's subject is, its own or one it shares.

Works on Universal Dependencies alone. Subjects are followed through relative clauses, coordination,
participles and infinitives; a pronoun stands for a noun only where one noun of the same sentence
can be meant.
"""

from __future__ import annotations

from dateline.language.lexicon import Lexicon
from dateline.phrases import is_nominal
from dateline.syntax import Sentence, Token

VERBAL = ("VERB", "AUX")


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Whether a verb's subject is what it is done to."""
    token = sentence[verb]
    if any(c.dep == "aux:pass" for c in sentence.children(verb)):
        return True
    if any(c.dep.startswith("aux") for c in sentence.children(verb)):
        return False
    if any(c.dep == "nsubj:pass" for c in sentence.children(verb)):
        return True
    if sentence.children(verb, "obj") and sentence.children(verb, "nsubj"):
        return False
    participle = "VerbForm=Part" in token.morph and "Tense=Past" in token.morph
    if token.pos == "ADJ" or (token.pos == "NOUN" and token.dep == "acl"):
        return True
    if participle and token.dep == "conj":
        head = sentence.head(verb)
        return head is not None and is_passive(sentence, head.i)
    return participle


def subject(sentence: Sentence, verb: int, lexicon: Lexicon, depth: int = 0) -> Token | None:
    """The subject of a verb, its own or the one it shares; None for a pronoun."""
    own = sentence.children(verb, "nsubj")
    if own:
        # Of two, the nearer: the other is a phrase that the parse could not place.
        before = [c for c in own if c.i < verb]
        if len(before) > 1 and _beside(sentence, before[-2], before[-1], verb):
            before.pop()
        return antecedent(sentence, (before or list(own))[-1], verb, lexicon)
    token = sentence[verb]
    head = sentence.head(verb)
    if head is None or depth > 4:
        return None
    if token.dep.startswith("acl") and sentence.children(verb, "mark"):
        # "ont revendiqué l'attaque en réclamant": the parse hangs the gerund on the noun.
        verbs = [t for t in sentence.ancestors(verb) if t.pos in VERBAL]
        return subject(sentence, verbs[0].i, lexicon, depth + 1) if verbs else None
    if token.dep.startswith("acl"):
        present = "VerbForm=Part" in token.morph and "Tense=Pres" in token.morph
        governor = sentence.head(head.i)
        if present and head.dep == "obj" and governor is not None and _says(head, lexicon):
            # "issued a statement demanding": those who issued it demand.
            return subject(sentence, governor.i, lexicon, depth + 1)
        return head if is_nominal(head) else None
    if token.dep == "amod":
        return head
    if token.dep == "conj":
        # A verb that the parse coordinates with a noun belongs to the verb above.
        verbal = head.pos in VERBAL or head.dep.startswith(("acl", "advcl"))
        above = head if verbal else next((t for t in sentence.ancestors(verb) if _verb(t)), None)
        return subject(sentence, above.i, lexicon, depth + 1) if above is not None else None
    if token.dep == "xcomp" and head.lemma in lexicon.frames.causatives:
        # "ont fait fuir les assaillants": those who flee are the object.
        objects = (*sentence.children(head.i, "obj"), *sentence.children(verb, "obj"))
        return next((c for c in objects if is_nominal(c)), None)
    finite = "Mood=" in token.morph or any(
        "Mood=" in c.morph for c in sentence.children(verb, "aux")
    )
    if token.dep in ("xcomp", "advcl", "ccomp") and not finite:
        controllers = [
            c
            for c in sentence.children(head.i, "iobj", "obl:arg", "obj")
            if c.pos in ("NOUN", "PROPN") and token.dep == "xcomp" and c.i < verb
        ]
        if controllers:
            return controllers[0]
        return subject(sentence, head.i, lexicon, depth + 1)
    return None


def _beside(sentence: Sentence, first: Token, second: Token, verb: int) -> bool:
    """Whether the second of two subjects is set between commas beside the first ("le chauffeur, un
    homme de 26 ans, a été")."""
    between = any(t.text == "," for t in sentence.tokens[first.i : second.i])
    return between and any(t.text == "," for t in sentence.tokens[second.i : verb])


def _says(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun is no one who acts, so that what it "demands" its author does."""
    return noun.pos == "NOUN" and lexicon.agent_terms.kind(noun) is None


def _verb(token: Token) -> bool:
    return token.pos in VERBAL


def antecedent(sentence: Sentence, token: Token, verb: int, lexicon: Lexicon) -> Token | None:
    """The token itself, or the noun a relative pronoun stands for; None for other pronouns."""
    if token.norm in lexicon.frames.relative:
        for above in (sentence[verb], *sentence.ancestors(verb)):
            if above.dep == "acl:relcl":
                head = sentence.head(above.i)
                return head if head is not None and is_nominal(head) else None
        return None
    if token.pos == "PRON" and not token.ent:
        # "un des postes": the noun that the pronoun picks from.
        picked = [c for c in sentence.children(token.i, "nmod") if is_nominal(c)]
        return picked[0] if picked else _only_antecedent(sentence, token)
    return token


_AGREEMENT = ("Number", "Gender")


def _only_antecedent(sentence: Sentence, pronoun: Token) -> Token | None:
    """The one earlier subject of the same sentence that agrees with a personal pronoun; None when
    there is none or more than one, since then the words do not settle it."""
    if "Person=3" not in pronoun.morph:
        return None
    wanted = _features(pronoun)
    agreeing = [
        t
        for t in sentence.tokens[: pronoun.i]
        if t.dep.startswith("nsubj")
        and t.pos in ("NOUN", "PROPN")
        and all(_features(t).get(k, v) == v for k, v in wanted.items())
    ]
    return agreeing[0] if len(agreeing) == 1 else None


def _features(token: Token) -> dict[str, str]:
    pairs = (f.split("=", 1) for f in token.morph.split("|") if "=" in f)
    return {k: v for k, v in pairs if k in _AGREEMENT}


def case_of(sentence: Sentence, i: int, lexicon: Lexicon) -> str:
    """The preposition of a noun as the frames name it, contractions undone ("au" is "à")."""
    words = sentence.case(i)
    return lexicon.frames.contraction.get(words, words)
