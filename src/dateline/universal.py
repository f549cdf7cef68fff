"""Parses in the labels of ClearNLP, turned into Universal Dependencies.

Some models (the English ones) are trained on constituents converted by ClearNLP: a preposition
stands above its noun, a copula above its predicate, each conjunct hangs on the one before, and
entities have the labels of OntoNotes. Every rule here reads Universal Dependencies, so such a tree
is rebuilt once, as it is read. This is a fact of the annotation scheme and not of a language:
https://github.com/clir/clearnlp-guidelines/blob/master/md/components/dependency_conversion.md
against https://universaldependencies.org/u/dep/.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from dateline.syntax import Token

_MARK_OF_SCHEME = "pobj"

_RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "relcl": "acl:relcl",
    "prt": "compound:prt",
    "poss": "nmod:poss",
    "npadvmod": "obl:mod",
    "quantmod": "advmod",
    "predet": "det",
    "preconj": "cc:preconj",
    "neg": "advmod",
    "acomp": "xcomp",
    "attr": "xcomp",
    "oprd": "xcomp",
    "dative": "iobj",
    "nmod": "compound",
    "complement": "nmod",
    "intj": "discourse",
    "meta": "dep",
    "prep": "advmod",
    "agent": "advmod",
    "pobj": "obl",
    "pcomp": "advcl",
}
_ADPOSITIONS = ("ADP", "SCONJ", "ADV", "PART")
_PREDICATES = ("attr", "acomp")
_VERBAL = ("VERB", "AUX", "ADJ", "ADV")
_ENTITIES = {
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "ORG": "ORG",
    "PERSON": "PER",
    "NORP": "MISC",
    "EVENT": "MISC",
    "PRODUCT": "MISC",
    "LAW": "MISC",
    "WORK_OF_ART": "MISC",
    "LANGUAGE": "MISC",
}


def is_clear(labels: Collection[str]) -> bool:
    """Whether a parser that knows these labels speaks ClearNLP's scheme."""
    return _MARK_OF_SCHEME in labels


def universal(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens of one sentence in ClearNLP's labels, as Universal Dependencies."""
    tree = _Tree(tokens)
    # From the bottom up: the inner of two prepositions ("out of the house") first.
    for i in sorted(range(len(tokens)), key=lambda i: (-tree.depth(i), i)):
        tree.lower_preposition(i)
    for i in range(len(tokens)):
        tree.lower_copula(i)
    for i in range(len(tokens)):
        tree.coordinate(i)
    return tuple(tree.token(i) for i in range(len(tokens)))


class _Tree:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.head = [t.head for t in tokens]
        self.dep = [t.dep for t in tokens]
        self.done: set[int] = set()

    def depth(self, i: int) -> int:
        steps = 0
        while self.head[i] != i and steps <= len(self.head):
            i, steps = self.head[i], steps + 1
        return steps

    def children(self, i: int) -> list[int]:
        return [c for c, head in enumerate(self.head) if head == i and c != i]

    def swap(self, upper: int, lower: int, dep: str) -> None:
        """Put ``lower`` in the place of its head ``upper``, with ``dep``, and everything else that
        hung on that too."""
        above = self.head[upper]
        for child in self.children(upper):
            if child != lower:
                self.head[child] = lower
        root = above == upper
        self.head[lower] = lower if root else above
        self.dep[lower] = "ROOT" if root else dep
        self.head[upper] = lower

    def lower_preposition(self, i: int) -> None:
        """ "in" above "the village" becomes its case; above a clause, its mark."""
        dep = self.dep[i]
        token = self.tokens[i]
        below = self.children(i)
        words = [c for c in below if self.dep[c] == "pcomp" and self.tokens[c].pos == "ADP"]
        for word in words if any(self.dep[c] == "pobj" for c in below) else ():
            self.dep[word] = "case"  # "because of the fog"
        inner = [c for c in below if self.dep[c] in ("pobj", "pcomp")]
        if not inner:
            # "out of the house": the noun came up from the preposition below.
            inner = [c for c in below if c in self.done and c > i and self.dep[c] != "conj"]
        participle = token.pos in ("VERB", "ADJ")  # "according to", "including"
        if not inner or not (token.pos in _ADPOSITIONS or (participle and dep == "prep")):
            return
        noun = inner[0]
        clause = self.dep[noun] == "pcomp" and self.tokens[noun].pos in ("VERB", "AUX")
        verbal = self.tokens[self.head[i]].pos in _VERBAL
        if dep == "conj":
            role = "conj"
        elif dep == "pcomp":
            role = "pobj"
        elif dep == "agent":
            role = "obl:agent"
        elif dep == "dative":
            role = "obl:arg"
        elif clause:
            role = "advcl" if verbal else "acl"
        else:
            role = "obl" if verbal else "complement"
        self.swap(i, noun, role)
        self.dep[i] = "mark" if clause else "case"
        self.done.add(noun)

    def lower_copula(self, i: int) -> None:
        """ "was" above "a rebel" becomes its copula. Where something only is there, it is the
        subject."""
        below = self.children(i)
        predicates = [c for c in below if self.dep[c] in _PREDICATES]
        if not predicates:
            return
        if any(self.dep[c] == "expl" for c in below):
            self.dep[predicates[0]] = "nsubj"
            return
        if self.tokens[i].pos != "AUX" or self.dep[i].startswith("aux"):
            return
        self.swap(i, predicates[0], self.dep[i])
        self.dep[i] = "cop"

    def coordinate(self, i: int) -> None:
        """Conjuncts hang on the first of them, and a conjunction on what follows it."""
        if self.dep[i] == "cc":
            after = [c for c in self.children(self.head[i]) if self.dep[c] == "conj" and c > i]
            if after:
                self.head[i] = after[0]
        elif self.dep[i] == "conj":
            first, seen = self.head[i], {i}
            while self.dep[first] == "conj" and first not in seen:
                seen.add(first)
                first = self.head[first]
            self.head[i] = first

    def token(self, i: int) -> Token:
        token = self.tokens[i]
        dep = _RENAMED.get(self.dep[i], self.dep[i])
        if token.pos == "PART" and dep == "aux":
            dep = "mark"
        if dep == "nmod:poss" and token.pos == "PRON":
            dep = "det:poss"
        features = [f for f in token.morph.split("|") if f]
        if "VerbForm=Fin" in features and not any(f.startswith("Mood=") for f in features):
            features.append("Mood=Ind")
        if "VerbForm=Part" in features and any(self.dep[c] == "auxpass" for c in self.children(i)):
            features.append("Voice=Pass")
        if token.pos == "PRON" and not features and self._in_relative(i):
            features.append("PronType=Rel")
        return replace(
            token,
            dep=dep,
            head=self.head[i],
            morph="|".join(sorted(features)),
            ent=_ENTITIES.get(token.ent, ""),
        )

    def _in_relative(self, i: int) -> bool:
        steps = 0
        while self.head[i] != i and steps < len(self.head):
            i, steps = self.head[i], steps + 1
            if self.dep[i] == "relcl":
                return True
        return False
