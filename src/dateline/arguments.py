"""The arguments of a happening: who stands in which slot of the trigger's grammar, and which role
the slot has in the trigger's frame.

Works on Universal Dependencies alone; which preposition or light verb gives which role is data
(``frames.toml``). Subjects are followed through relative clauses, coordination, participles and
infinitives; a pronoun is never replaced by a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dateline.language.events import Frame, LightVerb
from dateline.language.lexicon import Lexicon, Match
from dateline.phrases import is_nominal
from dateline.subjects import VERBAL, antecedent, case_of, is_passive, subject
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What a trigger's surroundings say: its arguments, and the verb that carries them."""

    anchor: int
    arguments: tuple[Argument, ...]


class _Reader:
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
        self.said_of(verb)
        head = s.head(verb)
        causatives = self.lexicon.frames.causatives
        if head is not None and s[verb].dep == "xcomp" and head.lemma in causatives:
            for child in s.children(head.i, "obj"):
                self.add(frame.object, child, "object")

    def said_of(self, verb: int) -> None:
        """Who a verb of speech is about, where no complement of its own says so: the subject of
        its clause ("demanded that X leave"), or the first agent inside its complements ("rejected
        an offer of X")."""
        frame, s = self.frame, self.s
        if frame.clause != "none":
            for clause in s.children(verb, "ccomp", "xcomp"):
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
            for c in s.children(verb, "obj", "obl", "xcomp", "ccomp", "advcl")
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

    def noun(self, noun: int) -> int:
        """Fill from a noun's complements; give the verb that carries it (itself without one)."""
        frame, s = self.frame, self.s
        for token in self.far_complements(noun):
            self.complement(token)
        for child in s.children(noun):
            base = child.dep.split(":")[0]
            if base in ("nmod", "obl", "appos") or (base == "conj" and s.case(child.i)):
                if child.dep == "nmod:poss":
                    self.owner(noun, child)
                else:
                    self.complement(child)
                # "une attaque contre la caserne menée par X": X led the attack.
                for below in s.children(child.i, "acl"):
                    lights = self.lexicon.light_verbs.get(below.lemma, ())
                    if any(light.slot == "object" for light in lights):
                        self.carried(noun, below, passive=is_passive(s, below.i))
            elif base == "compound":
                self.modifier(child)
            elif base == "amod":
                if self.acts(child) and frame.adjective != "none":
                    self.found.append(Argument(frame.adjective, child.i, "adjective"))
                elif child.pos == "VERB" or "VerbForm=Part" in child.morph:
                    self.carried(noun, child, passive=True)
            elif base == "acl":
                for verb in (child, *s.conjuncts(child.i)):
                    self.carried(noun, verb, passive=is_passive(s, verb.i))
        self.possessor(noun)
        if s.children(noun, "cop") and frame.of == "target":
            self.add(frame.passive_subject, subject(s, noun, self.lexicon), "predicate")
        return self.carrier(noun)

    def modifier(self, child: Token) -> None:
        """A noun right before the happening's noun: "rebel attack", "market bombing"; a weapon
        there is neither ("grenade attack")."""
        if self.lexicon.means_terms.around(self.s, child.i) is not None:
            return
        role: str = self.frame.compound
        if role == "auto":
            role = self.auto(child)
        if self.lexicon.loaded_terms.kind(child) is None or role == "target":
            self.add(role, child, "compound")

    def owner(self, noun: int, child: Token) -> None:
        """ "The army's offensive", "the priest's murder"; who did it where another suffers it ("the
        army's killing of priests")."""
        of = self.lexicon.frames.of
        suffers = any(
            case_of(self.s, c.i, self.lexicon) in of
            for c in self.s.children(noun, "nmod")
            if c.i > noun
        )
        role: str = self.frame.of
        if role == "auto" or (role in ("target", "place") and suffers):
            role = "actor" if suffers else self.auto(child)
        elif role == "target" and self.lexicon.agent_terms.kind(child) == "armed":
            role = "actor"  # "the guerrillas' killings"
        self.add(role, child, "of")

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

    def complement(self, child: Token) -> None:
        case = case_of(self.s, child.i, self.lexicon)
        frame = self.frame
        marks = self.s.children(child.i, "case")
        if marks and marks[0].i and self.s[marks[0].i - 1].pos == "ADV":
            # "près du marché" says where, not what.
            return
        if case in frame.at and self.thing_at(child) is not None:
            self.add("target", self.thing_at(child), "at")
        elif case in frame.preposition:
            self.add(frame.preposition[case], child, f"oblique.{case}")
        elif case in self.lexicon.frames.of:
            if frame.of == "auto":
                self.add(self.auto(child), child, "of")
            else:
                self.add(frame.of, child, "of")
        elif case in self.lexicon.frames.by:
            self.add(frame.agent, child, "agent")
        elif case in self.lexicon.frames.between:
            self.add("actor", child, "between")
        elif "target" in self.lexicon.prepositions.get(case, ()):
            self.add("target", child, f"oblique.{case}")

    def carrier(self, noun: int) -> int:
        s = self.s
        token = s[noun]
        head = s.head(noun)
        # "une série d'attaques", "la cible d'une attaque": look at the noun above as well.
        while (
            head is not None
            and (token.dep.startswith("nmod") or (token.dep[:3] == "obl" and head.pos == "ADJ"))
            and head.pos in ("NOUN", "ADJ")
            and head.lemma in self.lexicon.frames.containers
        ):
            for child in s.children(head.i):
                if child.dep.startswith("acl"):
                    self.carried(head.i, child, passive=is_passive(s, child.i))
                elif case_of(s, child.i, self.lexicon) in self.lexicon.frames.by:
                    self.add(self.frame.agent, child, "agent")
            if head.lemma in self.lexicon.frames.culprits:
                self.add("actor", self.culprit(head), "culprit")
            if head.lemma in self.lexicon.frames.victims:
                if s.children(head.i, "cop"):
                    self.add("target", subject(s, head.i, self.lexicon), "victim")
                    return head.i
                above = s.head(head.i)
                if head.dep in ("appos", "amod", "acl", "conj") and above is not None:
                    self.add("target", above, "victim")
                elif head.dep in ("xcomp", "obj") and above is not None:
                    # "fell victim to an attack"
                    self.add("target", subject(s, above.i, self.lexicon), "victim")
            token, head = head, s.head(head.i)
        if head is not None and head.dep == "obj" and token.dep.startswith("nmod"):
            # "prendre des gens en otage": the parse hangs "otage" on "gens".
            verb = s.head(head.i)
            if verb is not None and any(
                light.slot == "oblique" and light.object != "none"
                for light in self.lexicon.light_verbs.get(verb.lemma, ())
            ):
                head = verb
        if head is None or head.pos not in (*VERBAL, "ADJ", "NOUN"):
            return noun
        if token.dep == "conj":
            first = s.head(token.i)
            if first is not None and first.pos == "NOUN":
                token, head = first, s.head(first.i) or first
        if head.lemma in self.lexicon.frames.deeds and token.dep.startswith("nsubj"):
            for child in s.children(head.i, "nmod"):
                if case_of(s, child.i, self.lexicon) in self.lexicon.frames.of:
                    self.add("actor", child, "deed")
        if case_of(s, token.i, self.lexicon) in self.lexicon.frames.among:
            # "X figure parmi les morts", "on dénombre X parmi les morts"
            one = [c for c in s.children(head.i, "obj") if is_nominal(c)]
            self.add("target", subject(s, head.i, self.lexicon) or next(iter(one), None), "among")
        predicate = token.dep.startswith("nsubj") and s.children(head.i, "cop")
        if predicate and head.pos != "ADJ" and self.match.trigger.toll:
            # "les victimes sont des enfants"
            self.add("target", head, "predicate")
        if token.dep.startswith("nsubj"):
            # "une attaque a eu lieu, visant des journalistes"
            for child in s.children(head.i, "advcl"):
                own = "VerbForm=Part" not in child.morph or s.children(child.i, "nsubj", "mark")
                if not own and "Tense=Past" not in child.morph:
                    self.carried(noun, child, passive=False)
        for light in self.lexicon.light_verbs.get(head.lemma, ()):
            if self.borrow(light, token, head):
                return head.i
        return head.i if head.pos in VERBAL else noun

    def culprit(self, noun: Token) -> Token | None:
        """Who is said to be "the author of", "responsible for" it: the subject of the predicate,
        or whom another accuses of being so."""
        s = self.s
        if s.children(noun.i, "cop", "nsubj"):
            own = subject(s, noun.i, self.lexicon)
            if own is not None:
                return own
        above = s.head(noun.i)
        if above is not None and s.children(noun.i, "cop") and noun.dep in ("nmod", "acl"):
            # "accuse X d'être responsable": the parse hangs the predicate on X.
            return above if is_nominal(above) else None
        if above is not None and noun.dep in ("xcomp", "ccomp"):
            objects = [c for c in s.children(above.i, "obj") if is_nominal(c)]
            return objects[0] if objects else subject(s, above.i, self.lexicon)
        return None

    def possessor(self, noun: int) -> None:
        """ "L'armée poursuit son offensive": the one subject that a possessive can point to."""
        owned = [c for c in self.s.children(noun, "det") if "Poss=Yes" in c.morph]
        subjects = [
            t
            for t in self.s.tokens[:noun]
            if t.dep.startswith("nsubj") and t.pos in ("NOUN", "PROPN")
        ]
        if owned and len(subjects) == 1 and self.frame.of in ("auto", "actor"):
            self.add("actor", subjects[0], "possessive")

    def borrow(self, light: LightVerb, noun: Token, verb: Token) -> bool:
        """Take the arguments of a light verb that carries the noun; False if it does not."""
        s = self.s
        passive = is_passive(s, verb.i)
        base = noun.dep.split(":")[0]
        if light.slot == "object":
            if base in ("obj", "obl") and not (passive and base == "obj"):
                if base == "obl" and s.children(verb.i, "obj"):
                    return False
                self.add(light.subject, subject(s, verb.i, self.lexicon), "light.subject")
            elif base != "nsubj" or not passive:
                return False
        elif light.slot == "subject":
            if base == "nsubj" and not passive:
                for child in s.children(verb.i, "obj"):
                    self.add(
                        light.subject, antecedent(s, child, verb.i, self.lexicon), "light.object"
                    )
                # "opposent l'armée aux rebelles": the parse may hang the second on the first.
                whom = [*s.children(verb.i, "obl:arg", "iobj")]
                whom += [c for o in s.children(verb.i, "obj") for c in s.children(o.i, "nmod")]
                for child in whom:
                    if case_of(s, child.i, self.lexicon) in self.lexicon.frames.to:
                        self.add(light.indirect, child, "light.indirect")
            elif base == "obl" and passive:
                self.add(light.passive_subject, subject(s, verb.i, self.lexicon), "light.subject")
            else:
                return False
        elif base in ("obl", "xcomp", "nmod", "obj", "advmod") and light.object != "none":
            by = subject(s, verb.i, self.lexicon)
            self.add(light.object if passive else light.subject, by, "light.subject")
            for child in () if passive else s.children(verb.i, "obj"):
                if child.i != noun.i:
                    self.add(light.object, child, "light.object")
        else:
            return False
        self.light_children(verb, noun)
        return True

    def light_children(self, verb: Token, noun: Token) -> None:
        for token in self.far_complements(verb.i):
            if case_of(self.s, token.i, self.lexicon) not in self.lexicon.frames.by:
                self.add("target", token, "light.far")
        for child in self.s.children(verb.i, "obl"):
            if child.i == noun.i or not is_nominal(child):
                continue
            case = case_of(self.s, child.i, self.lexicon)
            if child.dep == "obl:agent" or case in self.lexicon.frames.by:
                self.add("actor", child, "light.agent")
            elif "target" in self.lexicon.prepositions.get(case, ()):
                self.add("target", child, f"light.oblique.{case}")

    def carried(self, noun: int, verb: Token, passive: bool) -> None:
        """A participle or relative clause on the noun: "menée par X contre Y", "visant Y"."""
        s = self.s
        for light in self.lexicon.light_verbs.get(verb.lemma, ()):
            if light.slot == "object" and passive:
                self.light_children(verb, s[noun])
            elif light.slot == "object":
                for child in s.children(verb.i, "nsubj"):
                    self.add(
                        light.subject,
                        child if child.pos != "PRON" else None,
                        "light.subject",
                    )
            elif light.slot == "subject" and not passive:
                for child in s.children(verb.i, "obj", "obl:arg"):
                    self.add(light.subject, child, "light.object")
            elif light.slot == "subject":
                self.light_children(verb, s[noun])
            return
        # Any other participle: only what its prepositions say for sure ("attribuée aux X").
        if passive:
            for child in s.children(verb.i, "obl:agent"):
                self.add("actor", child, "light.agent")


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
