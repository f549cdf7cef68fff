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
from dateline.victims import NOMINAL, Counted, Victims

_BRACKETS = frozenset('[]"')
# How many tokens an elided noun ("41 wounded, then 48") may lie behind.
_NEAR, _FAR = 4, 20


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
        self.sentence = sentence
        self.victims = Victims(sentence, language.numbers, report.view)
        self.words = self.victims.words
        self.counted = self.victims.counted
        self.at = self.victims.at
        self.found: dict[tuple[int, str], Harm] = {}

    def harms(self) -> tuple[Harm, ...]:
        self._counted_nouns()
        self._of_nouns()
        self._verbs()
        self._beside_verbs()
        self._weak_nouns()
        self._among()
        self._continued()
        self._led_up_to()
        self._uncounted_nouns()
        ordered = sorted(self.found.values(), key=lambda h: h.casualties.start)
        return self._scoped(ordered)

    def _counted_nouns(self) -> None:
        for each in self.counted:
            if each.noun is None:
                continue
            noun = self.words.noun(self.sentence, each.noun)
            if noun is not None and not noun.weak:
                self._add(each, noun.kind, each.noun, noun.id)

    def _weak_nouns(self) -> None:
        for each in self.counted:
            if each.noun is None or self._used(each):
                continue
            noun = self.words.noun(self.sentence, each.noun)
            if noun is not None:
                self._add(each, noun.kind, each.noun, noun.id)

    def _of_nouns(self) -> None:
        for token in self.sentence:
            rule = self.words.of_noun(token)
            if rule is None or token.i in self.at or token.pos not in ("NOUN", "PROPN"):
                continue
            of = tuple(
                c.i
                for c in self.sentence.children(token.i, "nmod")
                if any(m.norm in self.words.of for m in self.sentence.children(c.i, "case", "det"))
            )
            self._victims(of, rule.kind, token.i, rule.id, persons=True)

    def _verbs(self) -> None:
        for token in self.sentence:
            each = self.at.get(token.i)
            if each is not None and (token.pos != "VERB" or each.noun == token.i):
                continue
            rule = self.victims.verb(token)
            if rule is None:
                continue
            self._victims(
                self.victims.slot(token, rule),
                rule.kind,
                token.i,
                rule.id,
                persons=rule.persons,
                unknown=rule.victim == "object" and not rule.persons and not rule.with_,
            )

    def _beside_verbs(self) -> None:
        """Where the parse failed: people counted right before a participle or right behind a verb
        of harm."""
        s = self.sentence
        for each in self.counted:
            if self._used(each) or not self.victims.people(each):
                continue
            if each.noun is None and self.victims.measure(each):
                continue
            end = each.noun if each.noun is not None else each.last
            for token in s.tokens[end + 1 : end + 9]:
                if token.text in _BRACKETS:
                    continue
                if token.pos == "PUNCT" or token.i in self.at or self._finite(token):
                    break
                rule = self.victims.verb(token)
                if rule is not None and self.words.participle(token):
                    self._add(each, rule.kind, token.i, rule.id)
                    break
            if self._used(each) or not each.first:
                continue
            before = s[each.first - 1]
            rule = self.victims.verb(before)
            active = before.pos == "VERB" or self.words.form(before)
            if rule is not None and rule.victim == "object" and active:
                self._add(each, rule.kind, before.i, rule.id)

    def _among(self) -> None:
        s = self.sentence
        for token in s:
            noun = self.words.noun(self.sentence, token.i)
            rule = self.words.among(s, token.i) if noun is not None else None
            if noun is None or rule is None or token.i in self.at:
                continue
            for each in self.counted:
                if self._used(each) or not self.victims.people(each):
                    continue
                if each.noun is not None or not self.victims.measure(each):
                    self._add(each, noun.kind, token.i, rule[1].id)
            head = s.head(token.i)
            if head is not None and head.pos == "VERB":
                self._victims(
                    self.victims.subjects(head.i), noun.kind, token.i, rule[1].id, persons=True
                )

    def _continued(self) -> None:
        """Numbers that take their harm from the count before them."""
        s, last = self.sentence, None
        for each in self.counted:
            mine = self._of(each)
            if mine:
                last = each, mine[0]
                continue
            if last is None:
                continue
            if each.article and not self.victims.people(each):
                continue
            start = each.first
            while start and (s[start - 1].pos == "DET" or s[start - 1].norm in self.words.of):
                start -= 1
            found = None
            for end in range(each.first, start - 1, -1):
                found = found or self.words.continuation(s, end)
            previous, harm = last
            if found is None:
                if not self._listed(start, previous):
                    last = None if self.victims.people(each) else last
                    continue
                rule = harm.rule
            else:
                rule = found[1].id
                if each.noun is None and not found[1].bare:
                    continue
            if each.noun is not None and not self.victims.people(each):
                continue
            if each.noun is None and not self._elided(each, previous, rule):
                last = None
                continue
            self._add(each, harm.casualties.kind, harm.word, rule, who=harm.casualties.who)
            last = each, self._of(each)[0]

    def _led_up_to(self) -> None:
        """Lists whose last members alone were found ("40 A, two B and a C lost their lives")."""
        lists: set[int] = set()
        for each, following in reversed(list(zip(self.counted, self.counted[1:], strict=False))):
            harm = next(iter(self._of(following)), None)
            if harm is None or each.noun is None or harm.word <= (following.noun or 0):
                continue
            far = self.words.continuation(self.sentence, following.first)
            end = far[0] if far is not None and far[1].far else following.first
            between = self._outside_brackets(each.noun + 1, end)
            if not all(t.text == "," or t.pos in ("CCONJ", "ADJ") for t in between):
                continue
            if any(t.pos == "CCONJ" for t in between) or end < following.first:
                lists.add(harm.word)
            if harm.word in lists and not self._used(each) and self.victims.people(each):
                self._add(each, harm.casualties.kind, harm.word, harm.rule)

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
        s = self.sentence
        end = previous.noun if previous.noun is not None else previous.last
        between = s.tokens[end + 1 : start]
        return (
            0 < len(between) <= 4
            and between[-1].norm == ","
            and all(t.pos in ("ADJ", "ADV", "PUNCT") or "Part" in t.morph for t in between)
        )

    def _elided(self, each: Counted, previous: Counted, rule: str) -> bool:
        """Whether the noun may be left out: nothing counted stands behind the number, and the
        number before it is near."""
        if each.article or (each.quantity.min is None and each.quantity.max is None):
            return False
        behind = self.sentence.tokens[each.last + 1 : each.last + 2]
        if behind and behind[0].pos in ("NOUN", "PROPN", "NUM", "SYM"):
            return False
        end = previous.noun if previous.noun is not None else previous.last
        if any(c.id == rule and c.bare and c.far for c in self.words.rules.continuation):
            return each.first - end <= 20
        return each.first - end <= 4

    def _uncounted_nouns(self) -> None:
        """ "has left dead and wounded": counted nouns in the plural with no number."""
        s = self.sentence
        for token in s:
            noun = self.words.noun(self.sentence, token.i)
            if noun is None or token.i in self.at or token.pos not in ("NOUN", "ADJ"):
                continue
            if token.pos == "ADJ" and token.dep != "conj":
                continue
            if "Number=Plur" not in token.morph or any(h.word == token.i for h in self._all()):
                continue
            if any(c.norm in self.words.definite for c in s.children(token.i, "det")):
                continue
            known = {h.word for h in self._all()}
            joined = token.dep == "conj" and token.head in known
            case = s.case(token.i)
            if not joined and (
                token.dep not in ("obj", "obl:arg") or (case and case not in self.words.of)
            ):
                continue
            if noun.weak and noun.kind != "unknown":
                continue
            self._put(token.i, token.i, noun.kind, token.i, noun.id, None, None, None)

    def _victims(
        self,
        heads: Sequence[int],
        kind: str,
        word: int,
        rule: str,
        *,
        persons: bool,
        unknown: bool = False,
    ) -> None:
        """Read the noun phrases at ``heads``, and those joined to them, as victims."""
        if self.victims.wanted(word):
            return
        s = self.sentence
        adnominal = s[word].dep in ("acl", "amod")
        several = False
        victims = [v for i in heads for v in (s[i], *s.conjuncts(i))]
        last = max((v.i for v in victims), default=0)
        for n, victim in enumerate(victims):
            if victim.pos not in (*_NOMINAL, "ADJ") or victim.i == word:
                continue
            if adnominal and victim.i > word:
                continue  # "two people killed and 19 wounded": the participle is of the first
            each = self.at.get(victim.i) or self.victims.numbered(victim.i)
            if several and each is None and victim.pos == "PROPN":
                continue  # "two men, X and Y": the names are of those counted
            if each is not None and each.noun is None and self.victims.measure(each):
                continue
            if each is not None and each.first and word < each.first - 1:
                before = s[each.first - 1]
                if before.pos != "ADP" and self.victims.verb(before) is not None:
                    continue  # "killing 5 and wounding 10", taken for one list by the parser
            several = several or (each is not None and not each.article)
            if each is None or each.article:
                listed = any(t.pos == "CCONJ" for t in s.tokens[victims[0].i : last])
                if n and not listed:
                    continue  # "the driver, a man of 26": one and the same
                if self.victims.denied(word):
                    continue
                if self.victims.single(victim, each, unknown=unknown):
                    start = each.first if each is not None else victim.i
                    end = self.victims.name_end(victim.i)
                    self._put(start, end, kind, word, rule, 1, 1, self.victims.who(victim.i))
                continue
            if each.noun is not None and (persons or each.noun != victim.i):
                if not self.victims.people(each):
                    continue
            self._add(each, kind, word, rule)

    def _of(self, each: Counted) -> list[Harm]:
        start = each.quantity.start
        return [h for (at, _), h in self.found.items() if at == start]

    def _used(self, each: Counted) -> bool:
        return bool(self._of(each))

    def _add(self, each: Counted, kind: str, word: int, rule: str, who: str | None = None) -> None:
        end = each.last
        if each.noun is not None:
            end = max(end, self.victims.name_end(each.noun) if each.noun != word else each.noun)
            who = self.victims.class_of(each)
        low, high = each.quantity.min, each.quantity.max
        self._put(each.first, end, kind, word, rule, low, high, who)

    def _put(
        self,
        first: int,
        end: int,
        kind: str,
        word: int,
        rule: str,
        low: int | None,
        high: int | None,
        who: str | None,
    ) -> None:
        s = self.sentence
        span = self.report.span(s[first].start, s[end].end)
        key = span.start, kind
        if key in self.found:
            return
        self.found[key] = Harm(
            word,
            end,
            rule,
            Casualties(span.start, span.end, span.text, kind, who or "persons", low, high),
        )

    def _scoped(self, harms: Sequence[Harm]) -> tuple[Harm, ...]:
        """Mark as running totals the harms of the clause that says so."""
        s = self.sentence
        cue = self.words.cumulative(self.report.view[s.start : s.end].lower())
        if cue is None or not harms:
            return tuple(harms)
        first = next((t for t in s if t.start >= s.start + cue[0]), s[0])
        above = {first.i, *(a.i for a in s.ancestors(first.i))}
        clause = self._clause(first.i)
        return tuple(
            replace(h, casualties=replace(h.casualties, scope="cumulative"))
            if h.word in above or h.victim in above or self._clause(h.word) == clause
            else h
            for h in harms
        )

    def _clause(self, i: int) -> int:
        if self.sentence[i].pos == "VERB":
            return i
        return next((a.i for a in self.sentence.ancestors(i) if a.pos == "VERB"), -1)
