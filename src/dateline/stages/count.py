"""count: how many of whom were killed, wounded, taken, and which claim of the sentence says so.

Two steps. First every harm of a sentence is read, whichever claim it belongs to: numbers that
count the harmed ("12 dead"), the victims of a verb or noun of harm, and what continues a count.
Then each harm goes to the claim that is nearest to it in the tree and can hold its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.language import Language
from dateline.language.casualties import Harms, HarmVerb
from dateline.language.numbers import Numbers, Quantity
from dateline.model import Casualties
from dateline.syntax import Candidate, Report, Sentence, Token

# Which claims can hold a kind of harm: event types or families, the first that the sentence has.
_VIOLENT = ("violence", "riot", "crackdown")
_NEAR_VIOLENT = ("offensive", "coup", "siege", "territory-gained", "protest", "ceasefire-violation")
_HOLDERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "killed": (_VIOLENT, _NEAR_VIOLENT),
    "wounded": (_VIOLENT, _NEAR_VIOLENT),
    "unknown": (_VIOLENT, _NEAR_VIOLENT),
    "missing": ((*_VIOLENT, "abduction"), _NEAR_VIOLENT),
    "abducted": (("abduction",),),
    "arrested": (("arrest",), ("crackdown",)),
    "displaced": (("displacement",),),
}
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
_NAMES = ("flat:name", "flat:foreign", "flat")
_BRACKETS = frozenset('[]"')
_ADNOMINAL = ("acl", "amod", "acl:relcl")


@dataclass(frozen=True, slots=True)
class Harm:
    """One harm a sentence tells of: the word that says it, the victims' token, the rule's id and
    what is known of it."""

    word: int
    victim: int
    rule: str
    casualties: Casualties


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity in the tree: its first and last token, and the noun that it counts (None if the
    noun is left out: "41 wounded, then 48"). ``article``: it is a bare "one", which may be no
    more than an article ("a soldier", but not "one of the soldiers")."""

    quantity: Quantity
    first: int
    last: int
    noun: int | None
    article: bool = False


def counted(sentence: Sentence, numbers: Numbers, view: str) -> tuple[Counted, ...]:
    """The quantities of a sentence, each with the noun it counts."""
    found = []
    for quantity in numbers.find(view, sentence.start, sentence.end):
        inside = [
            t.i for t in sentence if t.start < quantity.end and t.end > quantity.start
        ]
        if inside:
            noun = _noun_after(sentence, inside[-1], numbers.harms)
            if found and noun is not None and found[-1].noun == noun:
                continue  # "one of the three hostages": three is the whole
            one = inside[0] == inside[-1] and quantity.min == quantity.max == 1
            part = noun is not None and sentence[inside[-1] + 1].norm in numbers.harms.through
            found.append(Counted(quantity, inside[0], inside[-1], noun, one and not part))
    return tuple(found)


def _noun_after(sentence: Sentence, last: int, harms: Harms) -> int | None:
    adjective = None
    for token in sentence.tokens[last + 1 : last + 7]:
        if harms.noun(sentence, token.i) is not None:
            people = adjective is not None and harms.who(sentence, adjective) is not None
            return adjective if people and harms.participle(token) else token.i
        if harms.who(sentence, token.i) is not None and token.pos != "ADJ":
            return token.i
        if token.norm in harms.through or token.pos == "DET":
            continue
        if harms.participle(token):
            return adjective
        if token.pos in ("NOUN", "PROPN"):
            return token.i
        if token.pos == "ADJ":
            adjective = token.i
        elif token.pos == "NUM" and sentence[token.i - 1].norm in harms.through:
            continue
        elif token.pos != "ADV":
            break
    return adjective


def harms_of(report: Report, sentence: Sentence, language: Language) -> tuple[Harm, ...]:
    """Every harm that a sentence of the report tells of, in text order."""
    return _Reading(report, sentence, language.numbers).harms()


class _Reading:
    """One sentence being read. Rules run from the surest to the least sure; a quantity is used
    once for each kind of harm."""

    def __init__(self, report: Report, sentence: Sentence, numbers: Numbers) -> None:
        self.report = report
        self.sentence = sentence
        self.words = numbers.harms
        self.counted = counted(sentence, numbers, report.view)
        self.at: dict[int, Counted] = {}
        for each in self.counted:
            for i in range(each.first, each.last + 1):
                self.at[i] = each
            if each.noun is not None:
                self.at.setdefault(each.noun, each)
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

    # ------------------------------------------------------------ the rules

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
                if any(
                    m.norm in self.words.of for m in self.sentence.children(c.i, "case", "det")
                )
            )
            self._victims(of, rule.kind, token.i, rule.id, persons=True)

    def _verbs(self) -> None:
        for token in self.sentence:
            each = self.at.get(token.i)
            if each is not None and (token.pos != "VERB" or each.noun == token.i):
                continue
            rule = self._verb(token)
            if rule is None:
                continue
            self._victims(
                self._slot(token, rule),
                rule.kind,
                token.i,
                rule.id,
                persons=rule.persons,
                unknown=rule.victim == "object" and not rule.persons and not rule.with_,
            )

    def _verb(self, token: Token) -> HarmVerb | None:
        if token.pos == "NOUN" and self.words.participle(token):
            # "the death of" is no "has died"; "is dead" is, and so is "30 people hurt".
            below = self.sentence.children(token.i)
            said = any(c.dep in ("cop", "aux:pass", "aux") for c in below)
            if not said and any(c.dep in ("det", "case") for c in below):
                return None
        for rule in self.words.verbs(token):
            near = self.sentence.tokens[token.i + 1 : token.i + 7]
            if not rule.with_ or any(t.norm in rule.with_ for t in near):
                return rule
        return None

    def _slot(self, token: Token, rule: HarmVerb) -> tuple[int, ...]:
        """The tokens that stand where this verb's victims stand."""
        s = self.sentence
        if rule.victim == "indirect":
            heads = [token.i, *(c.i for c in s.children(token.i, "obj"))]
            return tuple(
                c.i
                for h in heads
                for c in s.children(h, "obl", "iobj", "nmod")
                if c.dep not in ("obl:agent", "obl:mod")
            )
        perfect = any(c.dep.startswith("aux") and c.dep != "aux:pass" for c in s.children(token.i))
        passive = any(c.dep in ("aux:pass", "nsubj:pass") for c in s.children(token.i))
        participle = "Tense=Past" in token.morph or self.words.participle(token)
        if rule.victim == "object" and not passive and (perfect or not participle):
            own = [c.i for c in s.children(token.i, "obj")]
            return tuple(self._antecedent(token, i) for i in own)
        if rule.victim == "object" and not passive:
            own = [c.i for c in s.children(token.i, "obj")]
            if own and token.dep not in _ADNOMINAL:
                return tuple(own)
        return self._subjects(token.i)

    def _subjects(self, i: int) -> tuple[int, ...]:
        """The subject of a verb, be it told at its head, or the noun that a participle is of."""
        s, seen = self.sentence, set[int]()
        while i not in seen:
            seen.add(i)
            token = s[i]
            own = [c.i for c in s.children(i, "nsubj")]
            if own:
                return tuple(self._antecedent(token, n) for n in own)
            head = s.head(i)
            if head is None:
                return ()
            if token.dep in _ADNOMINAL and head.pos in (*_NOMINAL, "ADJ"):
                return (head.i,)
            if token.dep == "xcomp":
                objects = s.children(head.i, "obj")
                if objects:
                    return tuple(c.i for c in objects)
            if token.dep == "nmod" or head.pos not in ("VERB", "AUX", "ADJ", "NOUN"):
                return ()
            if token.dep == "conj":
                nearer = self._counted_between(head.i, token.i)
                if nearer is not None:
                    return (nearer,)
            i = head.i
        return ()

    def _counted_between(self, head: int, i: int) -> int | None:
        """The people counted right before a coordinated participle: they are its subject, be
        the verb left out ("5 people were killed and 30 others wounded")."""
        for each in self.counted:
            end = each.noun if each.noun is not None else each.last
            if head < each.first and end in (i - 1, i - 2, i) and self._people(each):
                return end if end != i else each.first
        return None

    def _antecedent(self, verb: Token, i: int) -> int:
        token = self.sentence[i]
        if token.pos == "PRON" and verb.dep == "acl:relcl" and i not in self.at:
            return verb.head
        return i

    def _beside_verbs(self) -> None:
        """Where the parse failed: people counted right before a participle or right behind a verb
        of harm."""
        s = self.sentence
        for each in self.counted:
            if self._used(each) or not self._people(each):
                continue
            if each.noun is None and self._measure(each):
                continue
            end = each.noun if each.noun is not None else each.last
            for token in s.tokens[end + 1 : end + 9]:
                if token.text in _BRACKETS:
                    continue
                if token.pos == "PUNCT" or token.i in self.at or self._finite(token):
                    break
                rule = self._verb(token)
                if rule is not None and self.words.participle(token):
                    self._add(each, rule.kind, token.i, rule.id)
                    break
            if self._used(each) or not each.first:
                continue
            before = s[each.first - 1]
            rule = self._verb(before)
            active = before.pos == "VERB" or self.words.form(before)
            if rule is not None and rule.victim == "object" and active:
                self._add(each, rule.kind, before.i, rule.id)

    def _finite(self, token: Token) -> bool:
        return token.pos == "VERB" and "VerbForm=Fin" in token.morph

    def _among(self) -> None:
        s = self.sentence
        for token in s:
            noun = self.words.noun(self.sentence, token.i)
            rule = self.words.among(s, token.i) if noun is not None else None
            if noun is None or rule is None or token.i in self.at:
                continue
            for each in self.counted:
                if self._used(each) or not self._people(each):
                    continue
                if each.noun is not None or not self._measure(each):
                    self._add(each, noun.kind, token.i, rule[1].id)
            head = s.head(token.i)
            if head is not None and head.pos == "VERB":
                self._victims(
                    self._subjects(head.i), noun.kind, token.i, rule[1].id, persons=True
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
            if each.article and not self._people(each):
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
                    last = None if self._people(each) else last
                    continue
                rule = harm.rule
            else:
                rule = found[1].id
                if each.noun is None and not found[1].bare:
                    continue
            if each.noun is not None and not self._people(each):
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
            if harm.word in lists and not self._used(each) and self._people(each):
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
        """"has left dead and wounded": counted nouns in the plural with no number."""
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

    # ------------------------------------------------------------ victims and values

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
        if self._wanted(word):
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
            each = self.at.get(victim.i) or self._numbered(victim.i)
            if several and each is None and victim.pos == "PROPN":
                continue  # "two men, X and Y": the names are of those counted
            if each is not None and each.noun is None and self._measure(each):
                continue
            if each is not None and each.first and word < each.first - 1:
                before = s[each.first - 1]
                if before.pos != "ADP" and self._verb(before) is not None:
                    continue  # "killing 5 and wounding 10", taken for one list by the parser
            several = several or (each is not None and not each.article)
            if each is None or each.article:
                listed = any(t.pos == "CCONJ" for t in s.tokens[victims[0].i : last])
                if n and not listed:
                    continue  # "the driver, a man of 26": one and the same
                if self._denied(word):
                    continue
                if self._single(victim, each, unknown=unknown):
                    start = each.first if each is not None else victim.i
                    end = self._name_end(victim.i)
                    self._put(start, end, kind, word, rule, 1, 1, self._who(victim.i))
                continue
            if each.noun is not None and (persons or each.noun != victim.i):
                if not self._people(each):
                    continue
            self._add(each, kind, word, rule)

    def _measure(self, each: Counted) -> bool:
        """Whether a number without a noun is a year or hangs on a preposition."""
        if each.quantity.rule == "digits" and 1900 <= (each.quantity.min or 0) <= 2100:
            return True
        before = self.sentence[each.first - 1] if each.first else None
        return before is not None and before.pos == "ADP" and before.norm not in self.words.of

    def _numbered(self, i: int) -> Counted | None:
        """The count that stands under this token in the tree, if it counts it."""
        for child in self.sentence.children(i, "nummod", "det"):
            each = self.at.get(child.i)
            if each is not None and each.noun in (None, i):
                return each
        return None

    def _wanted(self, word: int) -> bool:
        """Whether somebody only wants or is to be the victim ("wanted to die")."""
        token = self.sentence[word]
        own = any(c.dep in ("obj", "nsubj") for c in self.sentence.children(word))
        return token.dep == "xcomp" and "VerbForm=Inf" in token.morph and not own

    def _denied(self, word: int) -> bool:
        return any("Polarity=Neg" in c.morph for c in self.sentence.children(word))

    def _single(self, victim: Token, each: Counted | None, *, unknown: bool) -> bool:
        """Whether a noun with no number but "one" is one person; ``unknown``: the verb is only
        said of people, so that a noun need not be known for one."""
        s = self.sentence
        if "Number=Plur" in victim.morph or victim.norm in self.words.anaphoric:
            return False
        if any(c.norm in self.words.anaphoric for c in s.children(victim.i, "det")):
            return False
        if victim.pos in ("PRON", "NUM"):
            return False
        if self._who(victim.i) is not None:
            return True
        if victim.pos == "PROPN" and each is None:
            return victim.ent not in ("LOC", "ORG", "GPE") and not victim.text.isupper()
        if victim.lemma in self.words.groups or victim.norm in self.words.groups:
            return False
        if each is not None and victim.text[0].isupper() and not victim.text.isupper():
            return True
        return unknown and victim.pos == "NOUN" and not victim.ent

    def _who(self, i: int) -> str | None:
        return self.words.who(self.sentence, i)

    def _people(self, each: Counted) -> bool:
        """Whether a count is of people as far as its words tell: a known word for them, or a
        name of origin (written with a capital)."""
        if each.noun is None:
            return not each.article
        token = self.sentence[each.noun]
        if self._who(each.noun) is not None or self.words.noun(self.sentence, token.i) is not None:
            return True
        return token.text[0].isupper() and not token.text.isupper() and token.ent != "ORG"

    def _name_end(self, i: int) -> int:
        """The last token of a short noun phrase: the noun and the name behind it."""
        names = {c.i for c in self.sentence.children(i, *_NAMES, "amod", "appos")}
        end = i
        while end + 1 in names or (
            end + 1 < len(self.sentence)
            and self.sentence[end + 1].dep in _NAMES
            and self.sentence[end + 1].head in range(i, end + 1)
        ):
            end += 1
        return end

    def _all(self) -> Iterable[Harm]:
        return self.found.values()

    def _of(self, each: Counted) -> list[Harm]:
        start = each.quantity.start
        return [h for (at, _), h in self.found.items() if at == start]

    def _used(self, each: Counted) -> bool:
        return bool(self._of(each))

    def _add(
        self, each: Counted, kind: str, word: int, rule: str, who: str | None = None
    ) -> None:
        end = each.last
        if each.noun is not None:
            end = max(end, self._name_end(each.noun) if each.noun != word else each.noun)
            who = self._class(each.noun)
        low, high = each.quantity.min, each.quantity.max
        self._put(each.first, end, kind, word, rule, low, high, who)

    def _class(self, noun: int) -> str | None:
        """Who the counted are; of "12 civilian dead" the adjective tells."""
        rule = self.words.noun(self.sentence, noun)
        if rule is not None and not (rule.weak and self._who(noun)):
            for child in self.sentence.children(noun, "amod", "nmod"):
                known = self._who(child.i)
                if known is not None and self.words.noun(self.sentence, child.i) is None:
                    return known
            return "persons"
        return self._who(noun)

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
            Casualties(
                span.start, span.end, span.text, kind, who or "persons", low, high
            ),
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


# ---------------------------------------------------------------- which claim


def count(
    report: Report, candidates: tuple[Candidate, ...], language: Language
) -> tuple[Candidate, ...]:
    """Give every candidate the casualties that its sentence tells of its happening."""
    held: dict[int, list[Harm]] = {}
    by_sentence: dict[int, list[int]] = {}
    for n, candidate in enumerate(candidates):
        by_sentence.setdefault(candidate.sentence, []).append(n)
    for at, members in by_sentence.items():
        sentence = report.sentences[at]
        for harm in harms_of(report, sentence, language):
            for n in _holders(sentence, harm, members, candidates):
                held.setdefault(n, []).append(harm)
    return tuple(
        _filled(candidate, held[n], language) if n in held else candidate
        for n, candidate in enumerate(candidates)
    )


def _filled(candidate: Candidate, harms: Sequence[Harm], language: Language) -> Candidate:
    rules = "+".join(dict.fromkeys(h.rule for h in harms))
    return candidate.fill(
        f"casualties.{rules}@{language.version}", casualties=tuple(h.casualties for h in harms)
    )


def _holders(
    sentence: Sentence, harm: Harm, members: Sequence[int], candidates: Sequence[Candidate]
) -> list[int]:
    """The candidates that a harm belongs to: the nearest of those that can hold it, and those
    coordinated with it when the harm is told of them all ("bombed, then attacked, killing 3")."""
    for wanted in _HOLDERS[harm.casualties.kind]:
        fit = [
            n
            for n in members
            if candidates[n].family in wanted or candidates[n].claim.type in wanted
        ]
        if not fit:
            continue
        ranked = sorted(fit, key=lambda n: _distance(sentence, harm, candidates[n]))
        best = candidates[ranked[0]]
        if harm.word in (best.trigger, best.anchor):
            return ranked[:1]
        return [
            n
            for n in ranked
            if n == ranked[0]
            or _coordinated(sentence, candidates[n].trigger, best.trigger)
            or _coordinated(sentence, best.trigger, candidates[n].trigger)
        ]
    return []


def _coordinated(sentence: Sentence, i: int, first: int) -> bool:
    """Whether token ``i`` is coordinated to ``first`` or to a noun right under it."""
    above = [a.i for a in sentence.ancestors(i)][:2]
    return sentence[i].dep == "conj" and first in above


def _distance(sentence: Sentence, harm: Harm, candidate: Candidate) -> tuple[int, int]:
    """How far a claim is from a harm: steps in the tree, then tokens in the text."""
    ends = {candidate.trigger, candidate.anchor}
    steps = min(_steps(sentence, harm.word, end) for end in ends)
    return steps, min(abs(harm.word - end) for end in ends)


def _steps(sentence: Sentence, a: int, b: int) -> int:
    up = {a: 0}
    for n, token in enumerate(sentence.ancestors(a), start=1):
        up[token.i] = n
    if b in up:
        return up[b]
    for n, token in enumerate(sentence.ancestors(b), start=1):
        if token.i in up:
            return up[token.i] + n
    return len(sentence) * 2
