"""Slots of the grammar and what fills them: the base of reading a happening's arguments.

Works on Universal Dependencies alone. Which words can fill a slot, and what they are quoted as, is
decided here; :mod:`dateline.nominal` and :mod:`dateline.arguments` go from slot to slot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dateline.language.events import Frame
from dateline.language.lexicon import Lexicon, Match
from dateline.phrases import is_nominal
from dateline.subjects import VERBAL, case_of
from dateline.syntax import Sentence, Token

# What a place name may be cut into on the way from a complement to its happening.
_CARRIERS = ("NOUN", "PROPN", "X", "PUNCT", "SYM")

PRONOUN = "pronoun"
"""The slot of an argument that is only a pronoun: somebody is there, but the words do not say
who."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A role filled by the phrase that token ``head`` heads, and the slot it was found in."""

    role: str
    head: int
    slot: str


class Slots:
    """The sentence around one trigger, and the arguments found in it so far."""

    def __init__(
        self,
        sentence: Sentence,
        match: Match,
        frame: Frame,
        lexicon: Lexicon,
        acts: Callable[[Token], bool | None],
        party: Callable[[Token], bool],
    ) -> None:
        self.s = sentence
        self.match = match
        self.frame = frame
        self.lexicon = lexicon
        self.acts = acts
        self.party = party
        self.found: list[Argument] = []

    def add(self, role: str, token: Token | None, slot: str) -> None:
        if token is None or role == "none" or not is_nominal(token):
            return
        ignored = self.lexicon.frames.not_agents
        if token.norm in self.lexicon.frames.reflexive:
            return
        if token.pos == "NUM" and slot.startswith("oblique") and token.text[0].isdigit():
            return  # "at 1500"
        if token.lemma in ignored or self.counts_days(token):
            # "la plupart des combattants": what is counted, not the words that count.
            inner = [
                c
                for c in self.s.children(token.i, "nmod")
                if c.lemma not in ignored and is_nominal(c) and not self.counts_days(c)
            ]
            if not inner or slot.startswith(("oblique", "indirect")) or self.counts_days(token):
                return
            token = inner[0]
        preposition = slot.removeprefix("oblique.")
        upon = preposition in self.lexicon.frames.upon
        if upon and token.ent == "LOC" and preposition not in self.frame.preposition:
            # "l'attaque sur l'avenue": where, not what.
            return
        for each in (token, *self.s.conjuncts(token.i)):
            adjective = each.pos == "ADJ" and token.pos != "ADJ"
            if is_nominal(each) and each.pos not in VERBAL and not adjective:
                self.found += [Argument(role, t.i, slot) for t in self.named(each)]

    def named(self, token: Token) -> tuple[Token, ...]:
        """The name that stands with a title ("le président X"), since it is what identifies; the
        names given as examples ("des élus comme X et Y")."""
        for child in self.s.children(token.i):
            if child.i <= token.i or child.pos != "PROPN" or token.pos != "NOUN":
                continue
            case = self.s.case(child.i)
            base = child.dep.split(":")[0]
            named = not case and child.ent == "PER"
            if named and "Number=Plur" in token.morph:
                # "two reporters, X and Y": those counted and their names.
                if base == "appos":
                    return (token, child, *self.s.conjuncts(child.i))
            elif named and base in ("appos", "nmod", "flat", "obj", "obl"):
                return (child,)
            if case in self.lexicon.frames.such_as:
                return (child, *self.s.conjuncts(child.i))
        return (token,)

    def counts_days(self, token: Token) -> bool:
        """Whether a number is the day of a month ("le 16 février")."""
        return (
            token.pos in ("NUM", "DET", "ADJ", "NOUN")
            and token.text[0].isdigit()
            and any(c.lemma in self.lexicon.frames.not_agents for c in self.s.children(token.i))
        )

    def auto(self, token: Token) -> str:
        acts = self.acts(token)
        if acts is None:
            return "none"
        return "actor" if acts else "target"

    # Verbs ------------------------------------------------------------------------------------

    def thing_at(self, token: Token) -> Token | None:
        """What a bomb that goes off somewhere is taken to have been meant for ("in a bank", "at the
        entrance of a hotel"); None for a town or a road, and for no thing at all."""
        frames = self.lexicon.frames
        inner = self.s.children(token.i, "nmod")
        for noun in (*inner, token) if token.lemma in frames.parts else (token, *inner):
            named = self.lexicon.thing_terms.around(self.s, noun.i)
            if named is not None and noun.ent != "LOC" and noun.lemma not in frames.grounds:
                return noun
        return None

    def far_complements(self, carrier: int) -> Iterator[Token]:
        """Complements with a preposition that can only be the happening's ("contre X") which the
        parse hung on a noun between ("une attaque à Y contre X")."""
        for token in self.s.subtree(carrier):
            if token.i <= carrier or token.head == carrier or token.dep.startswith("conj"):
                continue
            if not is_nominal(token) or not self.against(token):
                continue
            between: list[Token] = []
            for above in self.s.ancestors(token.i):
                if above.i == carrier:
                    break
                between.append(above)
            if all(
                (t.pos in _CARRIERS or t.dep == "acl") and t.i != self.match.token for t in between
            ):
                yield token

    def against(self, token: Token) -> bool:
        frames = self.lexicon.frames
        case = case_of(self.s, token.i, self.lexicon)
        if case in frames.by and token.dep == "nmod":
            return True
        if self.lexicon.prepositions.get(case, ()) != ("target",):
            return False
        if self.frame.preposition.get(case, "target") != "target":
            return False
        return case not in frames.upon or (case in frames.beyond and token.ent != "LOC")
