"""The arguments of a happening: who stands in which slot of the trigger's grammar, and which role
the slot has in the trigger's frame.

Works on Universal Dependencies alone; which preposition or light verb gives which role is data
(``frames.toml``). Subjects are followed through relative clauses, coordination, participles and
infinitives; a pronoun is never replaced by a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dateline.language.lexicon import Lexicon, Match
from dateline.nominal import Nominal
from dateline.phrases import is_nominal
from dateline.slots import PRONOUN, Argument
from dateline.subjects import VERBAL, antecedent, case_of, is_passive, subject
from dateline.syntax import Sentence, Token


@dataclass(frozen=True, slots=True)
class Reading:
    """What a trigger's surroundings say: its arguments, and the verb that carries them."""

    anchor: int
    arguments: tuple[Argument, ...]


_OF_A_VERB = ("obj", "obl", "xcomp", "ccomp", "advcl")
_OF_A_NOUN = ("nmod", "acl", "compound")


class _Reader(Nominal):
    """Reads the arguments of a verb or a noun."""

    def verb(self, verb: int) -> None:
        frame, s = self.frame, self.s
        passive = is_passive(s, verb) or self.with_passive_auxiliary(verb) or self.headless(verb)
        passive = passive and frame.passive_subject != "none"
        passive = passive and self.match.part != "finite"
        passive = passive and s[verb].lemma not in self.lexicon.frames.never_passive
        reflexive = any(c.norm in self.lexicon.frames.reflexive for c in s.children(verb))
        by = subject(s, verb, self.lexicon)
        if passive and reflexive and not s.children(verb, "aux:pass"):
            passive = False
        role = frame.passive_subject if passive else frame.subject
        if reflexive and frame.reflexive != "none":
            role = frame.reflexive
        self.add(role, by, "passive_subject" if passive else "subject")
        if by is None and role != "none":
            for child in s.children(verb, "nsubj"):
                if child.pos == "PRON" and child.dep != "nsubj:expl":
                    self.found.append(Argument(role, child.i, PRONOUN))
        for token in self.far_complements(verb):
            if case_of(s, token.i, self.lexicon) not in self.lexicon.frames.by:
                self.add("target", token, "oblique.far")
        for child in s.children(verb):
            self.verb_child(child, verb, passive)
        self.shared_object(verb, passive)
        self.said_of(verb)
        head = s.head(verb)
        causatives = self.lexicon.frames.causatives
        if head is not None and s[verb].dep == "xcomp" and head.lemma in causatives:
            for child in s.children(head.i, "obj"):
                self.add(frame.object, child, "object")

    def shared_object(self, verb: int, passive: bool) -> None:
        """ "Settlers attacked and beat farmers": the object that the parse hung on the last."""
        if passive or self.s.children(verb, "obj", "iobj", "ccomp"):
            return
        for other in self.s.children(verb, "conj"):
            between = self.s.tokens[verb + 1 : other.i]
            if other.pos == "VERB" and all(t.pos in ("CCONJ", "ADV") for t in between):
                for child in self.s.children(other.i, "obj"):
                    self.add(self.frame.object, child, "object")

    def said_of(self, verb: int, noun: bool = False) -> None:
        """Who a verb or noun of speech is about, where no complement of its own says so.

        The subject of its clause ("demanded that X leave"), or the first agent inside its
        complements ("rejected an offer of X").
        """
        frame, s = self.frame, self.s
        if frame.clause != "none":
            for clause in s.children(verb, "ccomp", "xcomp", *(("acl",) if noun else ())):
                for child in s.children(clause.i, "nsubj"):
                    self.add(frame.clause, antecedent(s, child, verb, self.lexicon), "clause")
        if frame.within == "none" or any(
            a.role == frame.within and a.slot != PRONOUN and self.party(s[a.head])
            for a in self.found
        ):
            return
        known = {a.head for a in self.found}
        complements = [
            c
            for c in s.children(verb, *(_OF_A_NOUN if noun else _OF_A_VERB))
            if not self.only_beside(c)
        ]
        inside = [
            t
            for c in complements
            for t in s.subtree(c.i)
            if t.i not in known and t.pos in ("NOUN", "PROPN", "ADJ") and self.stands(t, known)
        ]
        # "withdraw its troops from X", "send soldiers to Y": named before unnamed ones.
        named = [
            t
            for t in inside
            if t.pos == "PROPN"
            or t.dep == "amod"
            or any(self.party(c) for c in s.children(t.i, "amod", "compound"))
        ]
        for token in (*named, *inside):
            if self.party(token):
                if token.dep == "amod":
                    self.found.append(Argument(frame.within, token.i, "within"))
                else:
                    self.add(frame.within, token, "within")
                return

    def stands(self, token: Token, known: set[int]) -> bool:
        """Whether a word is no mere part of a name, nor of the phrase of an argument known."""
        above = self.s.head(token.i)
        if above is not None and token.dep in ("compound", "flat") and self.party(above):
            return False
        at = token
        while at.dep in ("compound", "flat", "amod", "nmod:poss", "appos") and above is not None:
            if above.i in known and (self.party(above) or above.ent == "PER"):
                return False
            at, above = above, self.s.head(above.i)
        return True

    def only_beside(self, complement: Token) -> bool:
        """Whether a complement says where, or who says so, and so not whom ("in X", "according to
        X")."""
        case = case_of(self.s, complement.i, self.lexicon)
        where = case in self.lexicon.frames.upon and complement.ent == "LOC"
        return complement.dep.startswith("obl") and (where or " " in case)

    def headless(self, verb: int) -> bool:
        """ "Four killed in Y": a past form that is a participle too, without object or auxiliary,
        of a verb that wants an object."""
        if self.frame.objectless != "passive" or "Tense=Past" not in self.s[verb].morph:
            return False
        if self.s[verb].dep == "acl:relcl":
            return False
        return not self.s.children(verb, "obj", "aux", "ccomp", "xcomp", "iobj")

    def with_passive_auxiliary(self, verb: int) -> bool:
        """Whether the one auxiliary of a participle is that of the passive, whatever the parse
        calls it ("est expulsé"; "est tombé" is left out by the list of such verbs)."""
        if "Tense=Pres" in self.s[verb].morph:
            return False  # "is blocking"
        auxiliaries = [c.lemma for c in self.s.children(verb, "aux")]
        return len(auxiliaries) == 1 and auxiliaries[0] in self.lexicon.frames.passive_auxiliary

    def verb_child(self, child: Token, verb: int, passive: bool) -> None:
        base = child.dep.split(":")[0]
        if base == "obj" and not passive and child.norm not in self.lexicon.frames.reflexive:
            whom = antecedent(self.s, child, verb, self.lexicon)
            if whom is None and self.s[verb].dep == "conj":
                # "ont enlevé un prêtre et l'ont tué": the object of the verb before.
                before = self.s.children(self.s[verb].head, "obj")
                whom = next((c for c in before if c.pos in ("NOUN", "PROPN")), None)
            self.add(self.frame.object, whom, "object")
        elif base in ("obl", "iobj") or (base in ("nmod", "advcl") and self.s.case(child.i)):
            if not is_nominal(child):
                return
            case = case_of(self.s, child.i, self.lexicon)
            if child.dep == "obl:agent" or case in self.lexicon.frames.by:
                self.add(self.frame.agent, child, "agent")
            elif case in self.frame.at and self.thing_at(child) is not None:
                self.add("target", self.thing_at(child), "at")
            elif case in self.frame.preposition:
                self.add(self.frame.preposition[case], child, f"oblique.{case}")
            elif case in self.lexicon.frames.to and child.dep in ("obl:arg", "iobj"):
                self.add(self.frame.indirect, child, "indirect")
            elif "target" in self.lexicon.prepositions.get(case, ()):
                self.add("target", child, f"oblique.{case}")

    # Nouns ------------------------------------------------------------------------------------


def read(
    sentence: Sentence,
    match: Match,
    lexicon: Lexicon,
    acts: Callable[[Token], bool | None],
    party: Callable[[Token], bool],
) -> Reading:
    """The arguments of a trigger.

    ``acts`` says of a noun or adjective whether it is one who acts (True), one who suffers or a
    thing (False), or neither (None); it settles the "of" of nouns whose frame leaves it open.
    ``party`` says whether a noun or adjective is one who can be a party to talks and disputes.
    """
    reader = _Reader(sentence, match, lexicon.frame(match.trigger), lexicon, acts, party)
    token = sentence[match.token]
    verbal = match.part in ("verb", "participle", "finite") or (
        match.part == "phrase" and (token.pos in VERBAL or bool(sentence.children(token.i, "cop")))
    )
    if match.part == "adjective":
        verbal = "VerbForm=Part" in token.morph or token.pos == "VERB"
    anchor = match.token
    if verbal:
        reader.verb(match.token)
    elif match.part == "phrase" and (carrier := _phrase_verb(sentence, match)) is not None:
        reader.verb(carrier)
        reader.noun(match.token)
        anchor = carrier
    else:
        anchor = reader.noun(match.token)
        reader.said_of(match.token, noun=True)
        for other in range(match.first, match.last + 1):
            if other != match.token and sentence[other].pos == "NOUN":
                for child in sentence.children(other, "nmod"):
                    reader.complement(child)
    return Reading(anchor, tuple(_unique(reader.found, match)))


def _phrase_verb(sentence: Sentence, match: Match) -> int | None:
    """The verb inside a phrase whose trigger is a noun ("ouvrir le *feu")."""
    for i in range(match.first, match.last + 1):
        if sentence[i].pos == "VERB" and i != match.token:
            return i
    return None


def _unique(arguments: list[Argument], match: Match) -> Iterator[Argument]:
    seen: set[int] = set()
    for argument in arguments:
        inside = match.first <= argument.head <= match.last
        if argument.role != "none" and argument.head not in seen and not inside:
            seen.add(argument.head)
            yield argument
