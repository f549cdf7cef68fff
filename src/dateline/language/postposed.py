"""What is said before it is told who says it: "ten people died, the mayor said". Parsers hang the
verb of saying in several places there; the comma and the order of the words decide."""

from __future__ import annotations

from dateline.language.attribution import AttributionRules
from dateline.language.clauses import group_start
from dateline.language.voices import is_medium, noun_head
from dateline.syntax import Sentence, Token

_PAUSES = (",", '"', "-", "--")
_STRAY = ("appos", "conj", "dep", "nmod", "obl")
_SAID = ("ccomp", "xcomp", "obj")


def said_before(sentence: Sentence, verb: Token, rules: AttributionRules) -> bool:
    """Whether what is said stands before the speaker and the verb, or around the two ("ten, the
    mayor said, died"): a clause to the left that hangs on the verb or that it hangs on, and a comma
    or a quotation mark between."""
    subjects = [c for c in sentence.children(verb.i, "nsubj") if c.i < verb.i]
    if not subjects:
        return speaker_before(sentence, verb) is not None
    first = min(t.i for t in sentence.subtree(subjects[0].i))
    if first == 0 or sentence[first - 1].norm not in _PAUSES:
        return False
    if any(c.i < first for c in sentence.children(verb.i, "ccomp")):
        return not any(c.i > verb.i for c in sentence.children(verb.i, "ccomp"))
    after = sentence[verb.i + 1].norm if verb.i + 1 < len(sentence) else "."
    if verb.dep == "parataxis":
        return verb.head < first or after in (*_PAUSES, ".")
    return verb.dep == "ccomp" and verb.head < first and _says_no_more(sentence, verb, rules)


def speaker_before(sentence: Sentence, verb: Token) -> Token | None:
    """The speaker between a comma and a verb without a subject that ends its sentence, where the
    parse took him for an apposition of what stands before the comma: "in Karvel, the Red Cross
    (ICRC) said on Monday"."""
    if verb.dep not in ("conj", "ROOT", "parataxis") or sentence.children(verb.i, "nsubj"):
        return None
    if any(c.i > verb.i for c in sentence.children(verb.i, *_SAID)):
        return None
    if sentence.children(verb.i, "mark", "cc"):
        return None
    end = group_start(sentence, verb.i)
    comma = next((t.i for t in reversed(sentence.tokens[:end]) if t.norm == ","), None)
    if comma is None or not any(t.pos in ("VERB", "AUX") for t in sentence.tokens[:comma]):
        return None
    head = noun_head(sentence, comma + 1)
    if head is None or sentence[head].dep.split(":")[0] not in _STRAY:
        return None
    if sentence.children(head, "case"):
        return None
    phrase = {t.i for t in sentence.subtree(head)}
    whole = all(i in phrase for i in range(comma + 1, end))
    return sentence[head] if whole and sentence[head].head < comma else None


def _says_no_more(sentence: Sentence, verb: Token, rules: AttributionRules) -> bool:
    """Whether nothing that is said follows the verb; somebody who is told may."""
    if sentence.children(verb.i, "mark"):
        return False
    behind = [c for c in sentence.children(verb.i, *_SAID) if c.i > verb.i]
    return all(c.dep == "obj" and is_medium(sentence, c, rules, named=False) for c in behind)
