"""How a happening stands in its sentence: the verb that carries it, the words above it in the tree,
and the particles that negate it. The climb stops where another clause begins, since what governs
that clause says nothing of this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.language.attribution import AttributionRules
from dateline.language.modality import Governor, Mood
from dateline.syntax import Sentence, Token

_SUBJECT = "nsubj"
# "they occupied the embassy to demand ...": by doing the one they have done the other.
_SPOKEN = ("accusation", "demand", "rejection", "responsibility", "threat")
_NEAR = 60
"""Tokens to either side: what is further off is another matter, however long the sentence."""


@dataclass(frozen=True)
class Standing:
    """Where a happening stands in its sentence."""

    sentence: Sentence
    trigger: int
    anchor: int
    rules: AttributionRules
    type: str

    @property
    def _around(self) -> tuple[Token, ...]:
        """The tokens that may bear on the happening."""
        return self.sentence.tokens[max(0, self.trigger - _NEAR) : self.trigger + _NEAR]

    @property
    def is_verb(self) -> bool:
        token = self.sentence[self.trigger]
        return token.pos in ("VERB", "AUX") or bool(
            self.sentence.children(token.i, "aux", "cop", "nsubj")
        )

    def climb(self) -> Iterator[tuple[Token, Token, bool]]:
        """Child, head, and whether the happening is spoken of as known, from the trigger upwards,
        as far as what stands above may govern it: through complements and "of", out of an
        infinitive, but not out of a clause."""
        at = self.sentence[self.trigger]
        definite = False
        for _ in range(8):
            head = self.sentence.head(at.i)
            if head is None:
                return
            base = at.dep.split(":")[0]
            if at.dep == "acl:relcl" or base == "parataxis":
                return
            if base == "acl" and not (self._infinitive(at) or self._opened(at)):
                return
            if base == "advcl" and not (self._is_nonfinite(at) and self._completes(at)):
                return
            if base == "conj" and self._finite(at):
                return
            if base in ("amod", "appos", "advmod", "dislocated"):
                return
            if definite and base not in ("conj", "flat", "appos"):
                return
            known = at.i != self.trigger and self._definite(self.sentence[self.trigger])
            yield at, head, known
            if at.pos in ("NOUN", "PROPN") and base != "conj":
                definite = definite or (
                    self._definite(at) and not self._passes_on(head) and at.i == self.trigger
                )
            elif at.i == self.trigger and at.pos in ("NOUN", "PROPN"):
                definite = self._definite(at)
            if base == _SUBJECT and head.pos in ("VERB", "AUX"):
                return
            if base == "ccomp":
                return
            if self._finite(head) and head.pos in ("VERB", "AUX"):
                if base not in ("obj", "xcomp", "obl", "advcl", "conj"):
                    return
                if self._finite(head) and not self._passes_on(head) and base != "conj":
                    return
            at = head

    def _opened(self, verb: Token) -> bool:
        """Whether a clause says what its noun is ("reports that they attacked")."""
        openers = self.rules.speech.complementizers
        return any(c.norm in openers for c in self.sentence.children(verb.i, "mark"))

    def _completes(self, verb: Token) -> bool:
        """Whether a participle behind a preposition completes the verb above ("suspected of
        attacking") and is no circumstance ("while attacking"); always where a language marks no
        such prepositions."""
        marks = self.rules.modality.transparent.complement_marks
        if not marks or self._infinitive(verb):
            return True
        return any(c.norm in marks for c in self.sentence.children(verb.i, "mark"))

    def _passes_on(self, token: Token) -> bool:
        through = self.rules.modality.transparent
        return token.lemma in (through.verbs if token.pos == "VERB" else through.nouns) or (
            token.norm in through.nouns
        )

    def _definite(self, noun: Token) -> bool:
        known = self.rules.modality.transparent
        return any(
            c.norm in known.definite for c in self.sentence.children(noun.i, "det", "case")
        ) or any(c.norm in known.definite_case for c in self.sentence.children(noun.i, "case"))

    def _infinitive(self, token: Token) -> bool:
        forms = (token, *self.sentence.children(token.i, "aux"))
        return any("VerbForm=Inf" in t.morph for t in forms)

    def _is_nonfinite(self, token: Token) -> bool:
        return token.pos == "VERB" and not self._finite(token)

    def _finite(self, token: Token) -> bool:
        if "VerbForm=Fin" in token.morph:
            return True
        return any("VerbForm=Fin" in c.morph for c in self.sentence.children(token.i, "aux", "cop"))

    def _forms(self, token: Token) -> tuple[Token, ...]:
        """The verb with its auxiliaries and copula."""
        return (token, *self.sentence.children(token.i, "aux", "cop"))

    def modality(self) -> tuple[str, str] | None:
        """The modality and the rule that sets it; None when it is asserted."""
        return self._by_words_on_it() or self._by_governor() or self._by_mood()

    def _by_words_on_it(self) -> tuple[str, str] | None:
        trigger = self.sentence[self.trigger]
        on = [trigger, *self.sentence.children(self.trigger)]
        verb = self.sentence[self.anchor]
        near = list(self.sentence.children(verb.i))
        for rule in self.rules.modality.governor:
            if trigger.pos not in ("VERB", "AUX") and any(
                t.norm in rule.adjectives and t.i != self.trigger for t in on
            ):
                return rule.modality, f"modality.{rule.id}"
            if rule.adverbs and self._adverb(rule, [*on, *near]):
                return rule.modality, f"modality.{rule.id}"
        return None

    def _adverb(self, rule: Governor, near: list[Token]) -> bool:
        """An adverb or adverbial phrase of the rule at the happening's verb, or at the one that
        presents it in a cleft."""
        heads = {t.i for t in near}
        above = self.sentence.head(self.trigger)
        if above is not None:
            heads.add(above.i)
            heads.update(c.i for c in self.sentence.children(above.i))
        for words in (phrase.split() for phrase in rule.adverbs):
            for token in self._around:
                if token.norm != words[0] or token.i == self.trigger:
                    continue
                span = self.sentence.tokens[token.i : token.i + len(words)]
                if [t.norm for t in span] == words and any(t.i in heads for t in span):
                    return True
        return False

    def _by_governor(self) -> tuple[str, str] | None:
        for rule in self.rules.modality.governor:
            own = self.type in rule.own and rule.names(self.sentence[self.trigger])
            if own or self._marked(rule) or self._modal_over(rule):
                return rule.modality, f"modality.{rule.id}"
        for child, head, known in self.climb():
            for rule in self.rules.modality.governor:
                if known and rule.presupposes:
                    continue
                if self._governs(rule, child, head):
                    return rule.modality, f"modality.{rule.id}"
        return None

    def _marked(self, rule: Governor) -> bool:
        """A conjunction on the happening's clause, or a purpose before its infinitive."""
        verbs = [self.sentence[self.trigger]]
        if not self.is_verb:
            verbs.extend(head for _, head in self._to_clause())
        for verb in verbs:
            for mark in self.sentence.children(verb.i, "mark", "case", "advmod"):
                words = " ".join(t.norm for t in self.sentence.tokens[mark.i : mark.i + 2])
                before = " ".join(
                    t.norm for t in self.sentence.tokens[max(0, mark.i - 1) : mark.i + 1]
                )
                if mark.norm in rule.marks and mark.dep == "mark":
                    return True
                if words in rule.purpose or before in rule.purpose:
                    return True
                # "to take the town"; not "for having taken it", nor "to then take it", which tells.
                aim = mark.norm in rule.purpose and mark.i + 1 == verb.i
                aim = aim and verb.dep not in ("xcomp", "ccomp") and self.type not in _SPOKEN
                if aim and "VerbForm=Inf" in verb.morph:
                    return True
        return False

    def _to_clause(self) -> Iterator[tuple[Token, Token]]:
        """From an indefinite noun to the verb it is a complement of."""
        at = self.sentence[self.trigger]
        head = self.sentence.head(at.i)
        complement = at.dep.split(":")[0] in ("obj", "obl", _SUBJECT)
        if head is not None and complement and not self._definite(at):
            yield at, head

    def _governs(self, rule: Governor, child: Token, head: Token) -> bool:
        base = child.dep.split(":")[0]
        if any(
            t.norm in rule.forms and t.pos not in ("VERB", "AUX")
            for t in self.sentence.tokens[max(0, child.i - 4) : child.i]
        ):
            # A verb that the parse took for another word stands before what it governs.
            return True
        if head.pos in ("NOUN", "PROPN"):
            if head.norm in rule.nouns or head.lemma in rule.nouns:
                return base in ("nmod", "acl", "ccomp", "obl", "xcomp")
            return (
                any(c.norm in rule.adjectives for c in self.sentence.children(head.i))
                and base == "nmod"
                and self._passes_on(head)
            )
        if not rule.names(head):
            return False
        wanted = next((m for v, m in rule.only_morph.items() if v == head.lemma), None)
        if wanted is not None and not any(wanted in t.morph for t in self._forms(head)):
            return False
        if base == _SUBJECT:
            return rule.subject and (child.dep == "nsubj:pass" or "Voice=Pass" in head.morph)
        nominal = child.pos in ("NOUN", "PROPN", "NUM")
        cases = rule.only_case.get(head.lemma)
        if nominal and cases is not None and self.sentence.case(child.i) not in cases:
            return False
        if base == "advcl":
            # "suspected of attacking"
            marks = self.rules.modality.transparent.complement_marks
            return any(c.norm in marks for c in self.sentence.children(child.i, "mark"))
        if head.lemma in rule.clause_only and (nominal or base not in ("xcomp", "ccomp")):
            return False
        return base in ("obj", "xcomp", "ccomp", "obl", "iobj") and child.dep != "obl:mod"

    def _by_mood(self) -> tuple[str, str] | None:
        for rule in self.rules.modality.mood:
            if any(t.norm in rule.unless_marks for t in self._around):
                continue
            for verb in self._mood_verbs(rule):
                if rule.own_only and verb.lemma in rule.exceptions:
                    continue
                forms = self._forms(verb)
                if rule.beside and not any(t.norm in rule.beside for t in forms):
                    continue
                if any(
                    t.norm in rule.forms
                    or (
                        rule.morph in t.morph
                        and t.lemma not in rule.exceptions
                        and (not rule.endings or t.norm.endswith(rule.endings))
                    )
                    for t in forms
                ):
                    return rule.modality, f"modality.{rule.id}"
        return None

    def _mood_verbs(self, rule: Mood) -> Iterator[Token]:
        """The verbs whose mood is the happening's: its own; the one it is subject or object of;
        and, for a verb that is not finite, the one it hangs on."""
        at = self.sentence[self.trigger]
        yield at
        known = rule.own_only and self._definite(at) and at.pos in ("NOUN", "PROPN")
        anchor = self.sentence[self.anchor]
        if self.anchor != self.trigger and (
            not known or self._comes_about(at.dep.split(":")[0], anchor)
        ):
            yield anchor
        for _ in range(4):
            head = self.sentence.head(at.i)
            if head is None:
                return
            base = at.dep.split(":")[0]
            if at.pos in ("NOUN", "PROPN", "NUM") and not self.sentence.children(at.i, "cop"):
                if base == "nmod" and self._passes_on(head):
                    at = head
                    continue
                if base not in (_SUBJECT, "obj", "obl") or (
                    base == "obl" and not self._passes_on(head)
                ):
                    return
                if rule.own_only and self._definite(at) and not self._comes_about(base, head):
                    return
                yield head
                if self._finite(head) or self._definite(at) or rule.own_only:
                    return
                at = head
                continue
            if self._finite(at) or at.dep == "acl:relcl" or rule.own_only:
                return
            if base not in ("xcomp", "advcl", "conj", "acl", "ccomp", "obl"):
                return
            yield head
            at = head

    def _comes_about(self, base: str, verb: Token) -> bool:
        """Whether a verb says of its subject that it takes place, or of its object that it is
        done; what is known already ("will condemn the attack") is left as it is."""
        if base == _SUBJECT:
            takes_place = self.rules.negation.carriers.subject
            return verb.lemma in takes_place or bool(self.sentence.children(verb.i, "aux:pass"))
        return self._passes_on(verb)

    def _modal_over(self, rule: Governor) -> bool:
        """The happening is the subject of a modal above a verb that says it takes place."""
        at = self.sentence[self.trigger]
        head = self.sentence.head(at.i)
        if head is None or at.dep.split(":")[0] != _SUBJECT or head.lemma not in rule.modals:
            return False
        wanted = rule.only_morph.get(head.lemma)
        if wanted is not None and wanted not in head.morph:
            return False
        takes_place = self.rules.negation.carriers.subject
        return any(c.lemma in takes_place for c in self.sentence.children(head.i, "xcomp"))

    def denies(self) -> bool:
        """Whether the negation is of what the happening is ("it was no ...") or of its being done,
        and not of its toll."""
        trigger = self.sentence[self.trigger]
        if trigger.pos in ("VERB", "AUX"):
            return not self.sentence.children(self.trigger, "aux:pass", "nsubj:pass")
        if trigger.dep.startswith(_SUBJECT):
            return False
        words = self.rules.negation.carriers.identity
        above = list(self.sentence.ancestors(self.trigger))[:3]
        return bool(self.sentence.children(self.trigger, "cop")) or any(
            head.lemma in words for head in above
        )

    def negation(self) -> str | None:
        """The rule that negates the happening's own clause, None if there is none."""
        data = self.rules.negation
        trigger = self.sentence[self.trigger]
        for rule in data.determiner:
            if self._no(rule.words):
                return rule.id
        for rule in data.without:
            if any(
                c.norm in rule.words and c.pos in ("ADP", "SCONJ")
                for c in self.sentence.children(self.trigger, "case", "mark")
            ) and not self._definite(trigger):
                return rule.id
        for verb in self._negatable(trigger):
            found = self._particle(verb)
            if found is not None:
                return found
        return self._particle_on_noun(trigger)

    def _no(self, words: tuple[str, ...]) -> bool:
        """A negative determiner on the happening, or on its verb's subject or object."""
        nouns = [self.trigger]
        if self.is_verb:
            nouns.extend(
                c.i for c in self.sentence.children(self.trigger, _SUBJECT, "obj", "obl:arg")
            )
        return any(
            c.norm in words
            for n in nouns
            for c in (self.sentence[n], *self.sentence.children(n, "det", "amod", "advmod"))
        )

    def _negatable(self, trigger: Token) -> Iterator[Token]:
        """The verbs whose negation is the happening's."""
        if self.is_verb:
            yield trigger
        if trigger.pos in ("VERB", "AUX"):
            return
        carriers = self.rules.negation.carriers
        if self.anchor != self.trigger and self._carried(trigger):
            yield self.sentence[self.anchor]
        at = trigger
        for _ in range(2):
            head = self.sentence.head(at.i)
            if head is None:
                return
            base = at.dep.split(":")[0]
            if base == "nmod" and self._passes_on(head):
                at = head
                continue
            while head.dep == "fixed":
                # The parse hung the happening on a fixed adverbial before it.
                adverbial = self.sentence[head.head]
                head = self.sentence[adverbial.head]
            complement = base in ("obj", "obl", "xcomp") and at.dep != "obl:mod"
            if complement and head.lemma in carriers.object:
                yield head
            if base == _SUBJECT and head.lemma in carriers.subject:
                needed = carriers.subject_needs.get(head.lemma)
                if needed is None or any(
                    needed in (c.norm, c.lemma) for c in self.sentence.children(head.i)
                ):
                    yield head
            return

    def _carried(self, trigger: Token) -> bool:
        """Whether the verb that carries the happening says that it is done or takes place, and not
        what it causes ("the blast did not hurt anybody")."""
        base = trigger.dep.split(":")[0]
        anchor = self.sentence[self.anchor]
        if trigger.head != anchor.i:
            return True
        if trigger.dep == "obl:agent":
            return False
        return base != _SUBJECT or anchor.lemma in self.rules.negation.carriers.subject

    def _particle(self, verb: Token) -> str | None:
        below = [*self.sentence.children(verb.i)]
        for form in self._forms(verb)[1:]:
            below += self.sentence.children(form.i)
        for rule in self.rules.negation.particle:
            near = {c.norm for c in below if self._next(c) not in rule.not_before}
            for word in rule.words:
                if word in near and (
                    word not in rule.needed_by or any(n in near for n in rule.needs)
                ):
                    return rule.id
        return None

    def _next(self, token: Token) -> str:
        """The word behind a token, "" at the end."""
        rest = self.sentence.tokens[token.i + 1 : token.i + 2]
        return rest[0].norm if rest else ""

    def _particle_on_noun(self, trigger: Token) -> str | None:
        """ "pas de morts": the particle stands on the noun itself."""
        if trigger.pos not in ("NOUN", "ADJ", "NUM"):
            return None
        for rule in self.rules.negation.particle:
            for child in self.sentence.children(trigger.i, "advmod", "det"):
                if child.norm in rule.words and child.norm not in rule.needed_by:
                    return rule.id
        return None
