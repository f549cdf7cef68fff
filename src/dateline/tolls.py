"""Every harm that a sentence tells of, whichever claim it will belong to.

Rules run from the surest to the least sure: nouns that are counted ("12 dead"), the victims of a
noun or a verb of harm, numbers beside such a word where the parse failed, and numbers that take
their harm from the count before them ("of whom 3 children").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.language import Language
from dateline.model import Casualties
from dateline.syntax import Report, Sentence, Token
from dateline.victims import NOMINAL, PERSON, Counted, Victims

_BRACKETS = frozenset('[]"')
# How many tokens an elided noun ("41 wounded, then 48") may lie behind.
_NEAR, _FAR = 4, 20
# The class of victims of whom nothing more is said.
_ANYBODY = "persons"


@dataclass(frozen=True, slots=True)
class Harm:
    """One harm a sentence tells of: the word that says it, the victims' token, the rule's id and
    what is known of it."""

    word: int
    victim: int
    rule: str
    casualties: Casualties


def harms_of(report: Report, sentence: Sentence, language: Language) -> tuple[Harm, ...]:
    """Every harm that a sentence of the report tells of, in text order."""
    return _Reading(report, sentence, language).harms()


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of harm: its kind, token and rule; whether its victims must be known for people, and
    whether even an unknown noun is one person there."""

    kind: str
    word: int
    rule: str
    persons: bool = True
    unknown: bool = False


class _Reading:
    """One sentence being read; a quantity is used once for each kind of harm."""

    def __init__(self, report: Report, sentence: Sentence, language: Language) -> None:
        self.report = report
        self.language = language
        self.sentence = sentence
        self.victims = Victims(sentence, language.numbers, report.view)
        self.words = self.victims.words
        self.counted = self.victims.counted
        self.at = self.victims.at
        self.found: dict[int, list[Harm]] = {}

    def harms(self) -> tuple[Harm, ...]:
        self._counted_nouns(weak=False)
        self._of_nouns()
        self._verbs()
        self._beside_verbs()
        self._counted_nouns(weak=True)
        self._among()
        self._continued()
        self._led_up_to()
        self._uncounted_nouns()
        return self._scoped([h for start in sorted(self.found) for h in self.found[start]])

    def _counted_nouns(self, *, weak: bool) -> None:
        for each in self.counted:
            noun = None if each.noun is None else self.words.noun(self.sentence, each.noun)
            if noun is None or each.noun is None or noun.weak != weak:
                continue
            if not (weak and self._used(each)) and not self.victims.hyphenated(each.noun):
                self._add(each, _Said(noun.kind, each.noun, noun.id))

    def _of_nouns(self) -> None:
        s = self.sentence
        for token in s:
            rule = self.words.of_noun(token)
            each = self.at.get(token.i)
            counted = each is not None and not each.article
            if rule is None or counted or token.pos not in ("NOUN", "PROPN"):
                continue
            of = [
                c.i
                for c in s.children(token.i, "nmod")
                if any(m.norm in self.words.of for m in s.children(c.i, "case", "det"))
            ]
            if not of:
                # "the mayor's death"
                of = [c.i for c in s.children(token.i, "nmod:poss") if c.i < token.i]
            self._harm(of, _Said(rule.kind, token.i, rule.id))

    def _verbs(self) -> None:
        s = self.sentence
        for token in s:
            each = self.at.get(token.i)
            if each is not None and (token.pos != "VERB" or each.noun == token.i):
                continue
            rule = self.victims.verb(token)
            if rule is None or self.victims.wanted(token.i):
                continue
            unknown = rule.victim == "object" and not rule.persons and not rule.with_
            said = _Said(rule.kind, token.i, rule.id, rule.persons, unknown)
            heads = [
                i
                for i in self.victims.slot(token, rule)
                if s[i].norm not in rule.with_ or self.victims.numbered(i) is not None
            ]
            if rule.victim == "toll":
                self._reached(heads, said)
            else:
                self._harm(heads, said)

    def _reached(self, numbers: Sequence[int], said: _Said) -> None:
        """The numbers that a toll has reached."""
        for i in numbers:
            each = self.at.get(i) or self.victims.numbered(i)
            if each is not None and not self._used(each):
                self._add(each, said)

    def _beside_verbs(self) -> None:
        """Where the parse failed: people counted right before a participle or right behind a verb
        of harm."""
        s = self.sentence
        for each in self.counted:
            if self._used(each) or not self._countable(each):
                continue
            for token in s.tokens[each.end + 1 : each.end + 9]:
                if token.text in _BRACKETS:
                    continue
                finite = token.pos == "VERB" and "VerbForm=Fin" in token.morph
                if finite or token.pos == "PUNCT" or token.i in self.at:
                    break
                rule = self.victims.verb(token)
                if rule is not None and self.words.participle(token):
                    self._add(each, _Said(rule.kind, token.i, rule.id))
                    break
            before = s[each.first - 1] if each.first else None
            if before is None or self._used(each):
                continue
            rule = self.victims.verb(before)
            active = before.pos == "VERB" or self.words.form(before)
            if rule is not None and rule.victim == "object" and active:
                self._add(each, _Said(rule.kind, before.i, rule.id))

    def _countable(self, each: Counted) -> bool:
        """Whether a count can be one of people though no grammar says so."""
        return self.victims.people(each) and not self.victims.measure(each)

    def _among(self) -> None:
        """People said to be among the harmed ("a Canadian is among the dead")."""
        s = self.sentence
        for token in s:
            noun = self.words.noun(s, token.i)
            rule = self.words.among(s, token.i)
            if noun is None or rule is None or token.i in self.at:
                continue
            said = _Said(noun.kind, token.i, rule[1].id)
            for each in self.counted:
                if not self._used(each) and self._countable(each):
                    self._add(each, said)
            head = s.head(token.i)
            if head is not None and head.pos == "VERB":
                self._harm(self.victims.subjects(head.i), said)

    def _continued(self) -> None:
        """Numbers that take their harm from the count before them."""
        last: tuple[Counted, Harm] | None = None
        for each in self.counted:
            mine = self._of(each)
            if mine:
                last = each, mine[0]
            elif last is not None and not (each.article and not self.victims.people(each)):
                last = self._continuing(each, *last)

    def _continuing(
        self, each: Counted, previous: Counted, harm: Harm
    ) -> tuple[Counted, Harm] | None:
        """Give a count the harm of the one before if it continues that one; what the next count
        may continue."""
        s = self.sentence
        start = each.first
        while start and (s[start - 1].pos == "DET" or s[start - 1].norm in self.words.of):
            start -= 1
        tried = (self.words.continuation(s, end) for end in range(each.first, start - 1, -1))
        rule = next((found[1] for found in tried if found is not None), None)
        people = self.victims.people(each)
        if rule is None and not self._listed(start, previous):
            return None if people else (previous, harm)
        if each.noun is not None and not people:
            return previous, harm
        if each.noun is None:
            if rule is not None and not rule.bare:
                return previous, harm
            if not self._elided(each, previous, far=rule is not None and rule.far):
                return None
        name = harm.rule if rule is None else rule.id
        self._add(each, _Said(harm.casualties.kind, harm.word, name), who=harm.casualties.who)
        return each, self._of(each)[0]

    def _led_up_to(self) -> None:
        """Lists whose last members alone were found ("40 A, two B and a C lost their lives")."""
        lists: set[int] = set()
        pairs = list(zip(self.counted, self.counted[1:], strict=False))
        for each, following in reversed(pairs):
            harm = next(iter(self._of(following)), None)
            if harm is None or each.noun is None or harm.word <= following.end:
                continue
            far = self.words.continuation(self.sentence, following.first)
            end = far[0] if far is not None and far[1].far else following.first
            between = self._outside_brackets(each.noun + 1, end)
            if not all(t.text == "," or t.pos in ("CCONJ", "ADJ") for t in between):
                continue
            if any(t.pos == "CCONJ" for t in between) or end < following.first:
                lists.add(harm.word)
            if harm.word in lists and not self._used(each) and self.victims.people(each):
                self._add(each, _Said(harm.casualties.kind, harm.word, harm.rule))

    def _outside_brackets(self, start: int, end: int) -> list[Token]:
        depth, found = 0, []
        for token in self.sentence.tokens[start:end]:
            depth += token.text == "("
            if not depth:
                found.append(token)
            depth -= token.text == ")"
        return found

    def _listed(self, start: int, previous: Counted) -> bool:
        """Whether a comma alone parts this count from the one before, or a participle and a
        comma ("four people killed, three women ...")."""
        between = self.sentence.tokens[previous.end + 1 : start]
        return (
            0 < len(between) <= _NEAR
            and between[-1].norm == ","
            and all(t.pos in ("ADJ", "ADV", "PUNCT") or "Part" in t.morph for t in between)
        )

    def _elided(self, each: Counted, previous: Counted, *, far: bool) -> bool:
        """Whether the noun may be left out: nothing counted stands behind the number, and the
        number before it is near."""
        if each.article or (each.quantity.min is None and each.quantity.max is None):
            return False
        behind = self.sentence.tokens[each.last + 1 : each.last + 2]
        if behind and behind[0].pos in ("NOUN", "PROPN", "NUM", "SYM"):
            return False
        return each.first - previous.end <= (_FAR if far else _NEAR)

    def _uncounted_nouns(self) -> None:
        """Nouns that are counted, in the plural and with no number ("has left dead and
        wounded")."""
        s = self.sentence
        known = {h.word for harms in self.found.values() for h in harms}
        for token in s:
            noun = self.words.noun(s, token.i)
            if noun is None or token.i in self.at or "Number=Plur" not in token.morph:
                continue
            if noun.weak and noun.kind != "unknown":
                continue
            joined = token.dep == "conj" and token.head in known
            if token.i in known or token.pos not in (("NOUN", "ADJ") if joined else ("NOUN",)):
                continue
            if any(c.norm in self.words.definite for c in s.children(token.i, "det")):
                continue
            case = s.case(token.i)
            above = s.head(token.i)
            none = self._negated(token)
            if none and above is not None and above.pos == "VERB" and self._says(above):
                continue  # "did not report casualties" does not say that there were none
            if none or (joined and self._none(token.head)):
                self._put(token.i, token.i, _Said(noun.kind, token.i, noun.id), 0, 0, None)
                known.add(token.i)
            elif joined or (
                token.dep in ("obj", "obl:arg") and (not case or case in self.words.of)
            ):
                self._put(token.i, token.i, _Said(noun.kind, token.i, noun.id), None, None, None)
                known.add(token.i)

    def _negated(self, noun: Token) -> bool:
        """Whether the sentence denies what an uncounted noun names: "did not cause casualties",
        "without casualties", "no reports of casualties"."""
        s, negation = self.sentence, self.language.attribution.negation
        without = {w for rule in negation.without for w in rule.words}
        none = {w for rule in negation.determiner for w in rule.words}
        above = s.head(noun.i)
        if any(c.norm in without for c in s.children(noun.i, "case")):
            return True
        if above is None or noun.dep.split(":")[0] not in ("obj", "obl", "nmod"):
            return False
        if noun.dep.startswith("nmod"):
            return any(c.norm in none for c in s.children(above.i, "det"))
        marks = s.children(above.i, "mark")
        return self.victims.denied(above.i) or any(c.norm in without for c in marks)

    def _says(self, verb: Token) -> bool:
        return self.language.attribution.verb(verb) is not None

    def _none(self, word: int) -> bool:
        """Whether the harm that this word names is said to have befallen nobody ("no deaths or
        injuries")."""
        harms = (h for found in self.found.values() for h in found if h.word == word)
        return any(h.casualties.max == 0 for h in harms)

    def _harm(self, heads: Sequence[int], said: _Said) -> None:
        """Read the noun phrases at ``heads``, and those joined to them, as victims."""
        s = self.sentence
        victims = [v for i in heads for v in (s[i], *s.conjuncts(i), *self.victims.listed(i))]
        if not victims:
            return
        adnominal = s[said.word].dep in ("acl", "amod")
        last = max(v.i for v in victims)
        listed = any(t.pos == "CCONJ" for t in s.tokens[victims[0].i : last])
        several = aliases = False
        for n, victim in enumerate(victims):
            if victim.pos not in NOMINAL or victim.i == said.word:
                continue
            if adnominal and victim.i > said.word and s[said.word].head != victim.i:
                continue  # "two people killed and 19 wounded": the participle is of the first
            each = self.at.get(victim.i) or self.victims.numbered(victim.i)
            if each is None or each.article:
                named = each is None and (victim.pos == "PROPN" or victim.ent in PERSON)
                before = s[victim.i - 1] if victim.i else victim
                if several and named and (aliases or before.pos != "CCONJ"):
                    aliases = True  # "two men, X and Y": the names are of those counted
                elif listed or not n:  # else "the driver, a man of 26": one and the same
                    self._one(victim, each, said)
            elif n == 0 and len(victims) > 1 and self._told_apart(each, said):
                several = True
            elif not n or not self._another(each, said.word):
                several = True
                if not self.victims.measure(each) and (
                    not said.persons or self.victims.people(each)
                ):
                    self._add(each, said)

    def _told_apart(self, each: Counted, said: _Said) -> bool:
        """Whether the first of a list has a word of harm of its own right behind it ("leaving 18
        people dead and 25 others injured")."""
        return any(
            h.word == each.end + 1 and h.casualties.kind != said.kind for h in self._of(each)
        )

    def _another(self, each: Counted, word: int) -> bool:
        """Whether another verb stands right before a count that the parser took for one of a
        list ("killing 5 and wounding 10")."""
        if not each.first or word >= each.first - 1:
            return False
        before = self.sentence[each.first - 1]
        return before.pos != "ADP" and self.victims.verb(before) is not None

    def _one(self, victim: Token, each: Counted | None, said: _Said) -> None:
        """A victim with no number but "one"."""
        if self.victims.denied(said.word):
            return
        if self.victims.single(victim, each, unknown=said.unknown):
            start = each.first if each is not None else self.victims.name_start(victim.i)
            end = self.victims.name_end(victim.i)
            self._put(start, end, said, 1, 1, self.victims.who(victim.i))

    def _of(self, each: Counted) -> list[Harm]:
        return self.found.get(each.quantity.start, [])

    def _used(self, each: Counted) -> bool:
        return bool(self._of(each))

    def _add(self, each: Counted, said: _Said, who: str | None = None) -> None:
        end = each.last
        if each.noun is not None:
            end = each.noun if each.noun == said.word else self.victims.name_end(each.noun)
            end = max(end, each.last)
            who = self.victims.class_of(each)
        self._put(each.first, end, said, each.quantity.min, each.quantity.max, who)

    def _put(
        self, first: int, end: int, said: _Said, low: int | None, high: int | None, who: str | None
    ) -> None:
        s = self.sentence
        span = self.report.span(s[first].start, s[end].end)
        here = self.found.setdefault(span.start, [])
        if all(h.casualties.kind != said.kind for h in here):
            casualties = Casualties(
                span.start, span.end, span.text, said.kind, who or _ANYBODY, low, high
            )
            here.append(Harm(said.word, end, said.rule, casualties))

    def _scoped(self, harms: Sequence[Harm]) -> tuple[Harm, ...]:
        """Mark as running totals the harms of the clause that says so."""
        s = self.sentence
        cue = self.words.cumulative(self.report.view[s.start : s.end].lower())
        if cue is None or not harms:
            return tuple(harms)
        span = [t for t in s if s.start + cue[0] <= t.start < s.start + cue[1]] or [s[0]]
        above = {span[0].i, *(a.i for a in s.ancestors(span[0].i))}
        clauses = {self._clause(t.i) for t in span}
        return tuple(
            replace(h, casualties=replace(h.casualties, scope="cumulative"))
            if h.word in above or h.victim in above or self._clause(h.word) in clauses
            else h
            for h in harms
        )

    def _clause(self, i: int) -> int:
        """The verb whose clause token ``i`` stands in, -1 without one."""
        here = self.sentence[i]
        verbs = (t.i for t in (here, *self.sentence.ancestors(i)) if t.pos == "VERB")
        return next(verbs, -1)
