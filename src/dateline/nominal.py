"""Nouns that name a happening, and the verbs that carry them: "the attack of X on Y", "X carried
out an attack", "the author of the attack".

Works on Universal Dependencies alone; which verb lends which role is data (``frames.toml``).
"""

from __future__ import annotations

from dateline.language.events import LightVerb
from dateline.phrases import is_nominal
from dateline.slots import Argument, Slots
from dateline.subjects import VERBAL, antecedent, case_of, is_passive, subject
from dateline.syntax import Token


class Nominal(Slots):
    """Reads the arguments of a noun."""

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
                if (
                    child.dep == "acl"
                    and s.children(child.i, "mark")
                    and s.children(child.i, "nsubj")
                ):
                    continue  # "the demand that X ease": a clause of its own
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
