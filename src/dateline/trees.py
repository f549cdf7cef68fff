"""Corrections of a parse: what a tree of Universal Dependencies cannot mean, put right.

A statistical parser errs most where news differs from what it was trained on: headlines in the
present tense, names without an article. Each correction here states a fact of the grammar, not of
a text, and leaves every other tree as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.syntax import Token

_NOMINAL = ("NOUN", "PROPN")


def corrected(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens of one sentence with the corrections applied."""
    tree = list(tokens)
    for i in range(len(tree)):
        _what_has_an_object_is_active(tree, i)
        _finite_verb_is_no_participle(tree, i)
        _bare_noun_before_a_verb_is_its_subject(tree, i)
        _a_part_of_the_subject_is_not_the_subject(tree, i)
        _no_comma_between_subject_and_verb(tree, i)
        _a_joined_noun_is_no_second_subject(tree, i)
        _present_participle_after_a_comma_tells_more(tree, i)
    return tuple(tree)


def _children(tree: Sequence[Token], i: int) -> list[Token]:
    return [t for t in tree if t.head == i and t.i != i]


def _finite(tree: Sequence[Token], i: int) -> bool:
    token = tree[i]
    if token.pos != "VERB":
        return False
    if "VerbForm=Fin" in token.morph:
        return True
    return any("VerbForm=Fin" in c.morph for c in _children(tree, i) if c.dep.startswith("aux"))


def _what_has_an_object_is_active(tree: list[Token], i: int) -> None:
    """ "Les rebelles n'ont pas attaqué les soldats": a verb with an object and no auxiliary of the
    passive has an ordinary subject, whatever its label says."""
    subject = tree[i]
    if subject.dep != "nsubj:pass":
        return
    beside = [c.dep for c in _children(tree, subject.head)]
    if "obj" in beside and "aux:pass" not in beside and "expl:pass" not in beside:
        tree[i] = replace(subject, dep="nsubj")


def _finite_verb_is_no_participle(tree: list[Token], i: int) -> None:
    """ "L'armée lance l'offensive", read as "the army launching": a finite verb after a noun that
    is not in a relative clause has that noun for its subject."""
    verb = tree[i]
    if verb.dep != "acl" or not _finite(tree, i) or verb.head >= i:
        return
    noun = tree[verb.head]
    below = _children(tree, i)
    if noun.pos not in _NOMINAL or any(c.dep == "mark" for c in below):
        return
    if any(c.dep.startswith("nsubj") and c.i < i for c in below):
        return
    has_object = any(c.dep == "obj" for c in below)
    for child in below:
        if child.dep.startswith("nsubj") and not has_object:
            tree[child.i] = replace(child, dep="obj")
    root = noun.head == noun.i
    tree[i] = replace(verb, dep="ROOT" if root else noun.dep, head=i if root else noun.head)
    tree[noun.i] = replace(noun, dep="nsubj", head=i)
    for child in _children(tree, noun.i):
        if child.i > i:
            tree[child.i] = replace(child, head=i)


def _bare_noun_before_a_verb_is_its_subject(tree: list[Token], i: int) -> None:
    """ "Dans la ville, des hommes ont tué", "... et la mairie demande": a noun without a
    preposition that the parse hung on the phrase before, directly before a finite verb that has
    no subject, is its subject."""
    verb = tree[i]
    if not _finite(tree, i) or verb.dep not in ("ROOT", "ccomp", "parataxis", "xcomp", "conj"):
        return
    below = _children(tree, i)
    if any(c.dep.startswith(("nsubj", "csubj", "expl")) for c in below):
        return
    if verb.dep == "conj" and tree[verb.head].pos == "VERB":
        return  # "ont attaqué et tué": it shares the subject of the first
    at = min([i, *(c.i for c in below if c.dep.startswith("aux") or c.dep == "advmod")]) - 1
    if at < 0 or tree[at].pos not in (*_NOMINAL, "ADJ"):
        return
    # Up to the head of the phrase that ends here, complements left behind.
    seen = {at}
    while tree[at].dep in ("nmod", "amod", "flat", "flat:name") and tree[at].head < at:
        if tree[at].dep == "nmod" and any(t.text == "," for t in tree[tree[at].head : at]):
            break
        at = tree[at].head
        if at in seen:
            return
        seen.add(at)
    noun = tree[at]
    if noun.pos not in _NOMINAL or noun.dep not in ("nmod", "appos", "conj", "dep"):
        return
    marks = [c.dep for c in _children(tree, at) if c.i < at]
    if "case" in marks or noun.head >= at:
        return
    comma = any(t.text == "," for t in tree[noun.head : at])
    if ("cc" in marks and noun.dep == "conj") or comma:
        tree[at] = replace(noun, dep="nsubj", head=i)


def _a_part_of_the_subject_is_not_the_subject(tree: list[Token], i: int) -> None:
    """ "Dix civils, dont quatre femmes, ont été tués": the women are some of the civilians, who
    are the subject, and not the other way round."""
    part = tree[i]
    if not part.dep.startswith("nsubj") or part.head <= i:
        return
    relative = [c for c in _children(tree, i) if c.pos == "PRON" and "PronType=Rel" in c.morph]
    if not relative or relative[0].dep != "nmod":
        return
    for whole in tree[: relative[0].i]:
        if whole.head != part.head or whole.pos not in _NOMINAL or whole.dep[:3] != "obl":
            continue
        between = tree[whole.i + 1 : relative[0].i]
        bare = all(c.dep != "case" for c in _children(tree, whole.i))
        if bare and between and between[0].text == ",":
            tree[whole.i] = replace(whole, dep=part.dep)
            tree[i] = replace(part, dep="acl:relcl", head=whole.i)
            return


def _no_comma_between_subject_and_verb(tree: list[Token], i: int) -> None:
    """ "Dix hommes ont été tués et vingt blessés, a déclaré un officier": one comma, right before
    the verb, shuts off what stands before it; who comes after the verb is its subject."""
    verb = tree[i]
    if not _finite(tree, i):
        return
    below = _children(tree, i)
    first = min([i, *(c.i for c in below if c.dep.startswith("aux"))])
    subjects = [c for c in below if c.dep.startswith("nsubj") and c.i < first]
    after = [c for c in below if c.dep == "obj" and c.i > i and c.pos in _NOMINAL]
    if len(subjects) != 1 or len(after) != 1 or first == 0 or tree[first - 1].text != ",":
        return
    commas = sum(t.text == "," for t in tree[subjects[0].i : first])
    if commas == 1 and verb.dep in ("conj", "parataxis"):
        tree[subjects[0].i] = replace(subjects[0], dep="conj", head=verb.head)
        tree[after[0].i] = replace(after[0], dep="nsubj")
        tree[i] = replace(verb, dep="parataxis")


def _a_joined_noun_is_no_second_subject(tree: list[Token], i: int) -> None:
    """ "Des combats entre l'armée et les rebelles ont fait": of two subjects, one that begins with
    a conjunction is joined to the noun before it."""
    second = tree[i]
    if not second.dep.startswith("nsubj") or second.pos not in _NOMINAL:
        return
    joints = [c for c in _children(tree, i) if c.dep == "cc"]
    if not joints or joints[0].i != min(c.i for c in _children(tree, i)):
        return
    others = [t for t in tree[: joints[0].i] if t.dep.startswith("nsubj") and t.head == second.head]
    before = tree[joints[0].i - 1]
    if others and before.pos in _NOMINAL and before.i != others[0].i:
        tree[i] = replace(second, dep="conj", head=before.i)


def _present_participle_after_a_comma_tells_more(tree: list[Token], i: int) -> None:
    """ "Ils ont bombardé le village, tuant six personnes": a present participle after a comma goes
    with the clause's verb, and the bare noun that follows it is its object."""
    participle = tree[i]
    present = "VerbForm=Part" in participle.morph and "Tense=Pres" in participle.morph
    if not present or participle.pos != "VERB" or i == 0 or tree[i - 1].text != ",":
        return
    if participle.dep not in ("amod", "appos", "acl") or tree[participle.head].pos not in _NOMINAL:
        return
    at, seen = participle.head, {i}
    while at not in seen and not _finite(tree, at) and tree[at].head != at:
        seen.add(at)
        at = tree[at].head
    if not _finite(tree, at):
        return
    tree[i] = replace(participle, dep="advcl", head=at)
    if any(c.dep == "obj" for c in _children(tree, i)):
        return
    for noun in tree[i + 1 :]:
        if noun.pos in ("ADP", "VERB", "PUNCT", "CCONJ"):
            return
        if noun.pos in _NOMINAL and noun.head == at and noun.dep in ("obj", "obl", "obl:mod"):
            tree[noun.i] = replace(noun, dep="obj", head=i)
            return
