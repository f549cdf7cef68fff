"""Who stands where victims stand: numbers with the nouns they count, and the slots of a verb of
harm.

Works on Universal Dependencies (https://universaldependencies.org) and on the words of harm of a
language; what is made of a victim is decided in ``tolls``.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language.casualties import Harms, HarmVerb
from dateline.language.numbers import Numbers, Quantity
from dateline.syntax import Sentence, Token

# What parsers call a person's name.
PERSON = ("PER", "PERSON")
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ")
_NAMES = ("flat:name", "flat:foreign", "flat")
_ADNOMINAL = ("acl", "amod", "acl:relcl")
_ROUND = ("(", ")", "-")
_YEARS = range(1900, 2101)
# How many verbs up a left-out subject is looked for.
_CLIMB = 6


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

    @property
    def end(self) -> int:
        """The noun's token, or the number's last."""
        return self.last if self.noun is None else self.noun


def counted(sentence: Sentence, numbers: Numbers, view: str) -> tuple[Counted, ...]:
    """The quantities of a sentence, each with the noun it counts."""
    found: list[Counted] = []
    at = 0
    for quantity in numbers.find(view, sentence.start, sentence.end):
        while at < len(sentence) and sentence[at].end <= quantity.start:
            at += 1
        first = at
        while at < len(sentence) and sentence[at].start < quantity.end:
            at += 1
        last = at - 1
        if last < first:
            continue
        noun = _noun_after(sentence, last, numbers.harms)
        if found and noun is not None and found[-1].noun == noun:
            continue  # "one of the three hostages": three is the whole
        one = first == last and quantity.min == quantity.max == 1
        after = sentence[last + 1].norm if last + 1 < len(sentence) else ""
        part = after in (numbers.harms.of if noun is None else numbers.harms.through)
        # "abducted ten and killed one"
        part = part or (noun is None and sentence[first].dep in ("obj", "nsubj", "nsubj:pass"))
        found.append(Counted(quantity, first, last, noun, one and not part))
    return tuple(found)


def _noun_after(sentence: Sentence, last: int, harms: Harms) -> int | None:
    adjective = None
    for token in sentence.tokens[last + 1 : last + 7]:
        if _before_its_noun(sentence, token, last + 7):
            continue
        if harms.noun(sentence, token.i) is not None:
            return token.i
        if harms.who(sentence, token.i) is not None and token.pos != "ADJ":
            return token.i
        passed = sentence[token.i - 1].norm
        if token.norm in harms.through or (token.pos == "DET" and passed in harms.through):
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


def _before_its_noun(sentence: Sentence, token: Token, stop: int) -> bool:
    """Whether a word stands before the noun it belongs to ("five murdered army officers")."""
    head = sentence[token.head]
    return (
        token.dep in ("compound", "amod")
        and token.i < head.i < stop
        and head.pos in ("NOUN", "PROPN")
        and all(
            t.pos not in ("CCONJ", "PUNCT") or t.text in _ROUND
            for t in sentence.tokens[token.i : head.i]
        )
    )


class Victims:
    """One sentence, its counts, and the moves from a word of harm to the harmed."""

    def __init__(self, sentence: Sentence, numbers: Numbers, view: str) -> None:
        self.sentence = sentence
        self.words = numbers.harms
        self.counted = counted(sentence, numbers, view)
        self.at: dict[int, Counted] = {}
        for each in self.counted:
            for i in range(each.first, each.last + 1):
                self.at[i] = each
            if each.noun is not None:
                self.at.setdefault(each.noun, each)

    def verb(self, token: Token) -> HarmVerb | None:
        if token.pos in ("NOUN", "ADJ") and self.words.participle(token):
            # "the death of", "the wounded" is no "has died"; "is dead" is, and "30 people hurt".
            below = self.sentence.children(token.i)
            said = any(c.dep in ("cop", "aux:pass", "aux") for c in below)
            if not said and any(c.dep in ("det", "case") for c in below):
                return None
        for rule in self.words.verbs(token):
            near = self.sentence.tokens[token.i + 1 : token.i + 7]
            if not rule.with_ or any(t.norm in rule.with_ for t in near):
                return rule
        return None

    def slot(self, token: Token, rule: HarmVerb) -> tuple[int, ...]:
        """The tokens that stand where this verb's victims stand."""
        s = self.sentence
        if rule.victim == "toll":
            return self._amounts(token, rule)
        if rule.victim == "indirect":
            things = [c.i for c in s.children(token.i, "obj")]
            theirs = tuple(
                c.i
                for h in (token.i, *things)
                for c in s.children(h, "obl", "iobj", "nmod")
                if c.dep not in ("obl:agent", "obl:mod")
            )
            # "claimed 12 lives": the lives are counted themselves.
            counted = tuple(i for i in things if self.numbered(i) is not None)
            return counted or theirs
        perfect = any(c.dep.startswith("aux") and c.dep != "aux:pass" for c in s.children(token.i))
        passive = any(c.dep in ("aux:pass", "nsubj:pass") for c in s.children(token.i))
        participle = "Tense=Past" in token.morph or self.words.participle(token)
        if rule.victim == "object" and not passive and (perfect or not participle):
            own = self._objects(token)
            return tuple(self._antecedent(token, i) for i in own)
        if rule.victim == "object" and not passive:
            finite = "VerbForm=Fin" in token.morph
            own = self._objects(token) if finite else [c.i for c in s.children(token.i, "obj")]
            if own and (finite or token.dep not in _ADNOMINAL):
                return tuple(self._antecedent(token, i) for i in own)
        return self.subjects(token.i)

    def _objects(self, verb: Token) -> list[int]:
        """The objects of a verb; where it has none, those of another verb of harm that is joined
        to it by a conjunction alone ("killed or wounded 30 people")."""
        s = self.sentence
        own = [c.i for c in s.children(verb.i, "obj")]
        for other in s.children(verb.i, "conj") if not own else ():
            between = s.tokens[verb.i + 1 : other.i]
            if all(t.pos in ("CCONJ", "ADV") for t in between) and self.verb(other) is not None:
                own = [c.i for c in s.children(other.i, "obj")]
        return own

    def _amounts(self, verb: Token, rule: HarmVerb) -> tuple[int, ...]:
        """The numbers that a verb with the right subject reaches ("the toll rose to 30")."""
        s = self.sentence
        wanted = set(rule.subjects)
        told = any({c.norm, c.lemma} & wanted for c in s.children(verb.i, "nsubj"))
        if wanted and not told:
            return ()
        below = s.children(verb.i, "obl", "obj", "xcomp", "nummod")
        return tuple(c.i for c in below if c.i in self.at or self.numbered(c.i) is not None)

    def subjects(self, i: int) -> tuple[int, ...]:
        """The subject of a verb, be it told at its head, or the noun that a participle is of."""
        s = self.sentence
        for _ in range(_CLIMB):
            token = s[i]
            own = [c.i for c in s.children(i, "nsubj")]
            if own:
                return tuple(self._antecedent(token, n) for n in own)
            head = s.head(i)
            if head is None:
                return ()
            if token.dep in _ADNOMINAL and head.pos in NOMINAL:
                whole = s.head(head.i)
                if head.norm in self.words.units and whole is not None:
                    return (whole.i,)  # "a man of 23 years killed"
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
            if head < each.first and each.end in (i - 2, i - 1, i) and self.people(each):
                return each.first if each.end == i else each.end
        return None

    def _antecedent(self, verb: Token, i: int) -> int:
        token = self.sentence[i]
        relative = token.pos == "PRON" and "Person=" not in token.morph
        if relative and verb.dep == "acl:relcl" and i not in self.at:
            return verb.head
        return i

    def numbered(self, i: int) -> Counted | None:
        """The count that stands under this token in the tree, if it counts it."""
        for child in self.sentence.children(i, "nummod", "det"):
            each = self.at.get(child.i)
            if each is not None and each.noun in (None, i):
                return each
        return None

    def people(self, each: Counted) -> bool:
        """Whether a count is of people as far as its words tell: a known word for them, or a
        name of origin (written with a capital)."""
        if each.noun is None:
            return not each.article
        token = self.sentence[each.noun]
        if token.norm in self.words.units:
            return False
        if self.who(each.noun) is not None or self.words.noun(self.sentence, token.i) is not None:
            return True
        return token.text[0].isupper() and not token.text.isupper() and token.ent != "ORG"

    def who(self, i: int) -> str | None:
        """The class of people a noun names, alone or with the words before it ("army officers"),
        or the title before a person's name."""
        base = self.words.who(self.sentence, i)
        before = self.sentence.children(i, "compound")
        if base is None and not any(t.ent in PERSON for t in (self.sentence[i], *before)):
            return None
        for child in before:
            found = self.words.who(self.sentence, child.i) if child.i < i else None
            if found is not None:
                return found
        return base

    def class_of(self, each: Counted) -> str | None:
        """Who the counted are; of "12 civilian dead" the adjective tells."""
        last, noun = each.last, each.noun
        if noun is None:
            return None
        rule = self.words.noun(self.sentence, noun)
        if rule is None or (rule.weak and self.who(noun)):
            return self.who(noun)
        below = [c.i for c in self.sentence.children(noun, "amod", "nmod")]
        for i in (*range(last + 1, noun), *below):
            known = self.who(i) if self.words.noun(self.sentence, i) is None else None
            if known is not None:
                return known
        return None

    def single(self, victim: Token, each: Counted | None, *, unknown: bool) -> bool:
        """Whether a noun with no number but "one" is one person; ``unknown``: the verb is only
        said of people, so that a noun need not be known for one."""
        s = self.sentence
        if "Number=Plur" in victim.morph or victim.norm in self.words.anaphoric:
            return False
        if any(c.norm in self.words.anaphoric for c in s.children(victim.i, "det")):
            return False
        if victim.pos == "PRON" and "PronType=Prs" not in victim.morph:
            return self.who(victim.i) is not None  # "another"
        if victim.pos in ("PRON", "NUM"):
            return False
        if self.who(victim.i) is not None:
            return True
        if any(c.ent in PERSON for c in s.children(victim.i, *_NAMES, "appos")):
            return True
        if victim.pos == "PROPN" and each is None:
            return victim.ent not in ("LOC", "ORG", "GPE") and not victim.text.isupper()
        if victim.lemma in self.words.groups or victim.norm in self.words.groups:
            return False
        if each is not None and victim.text[0].isupper() and not victim.text.isupper():
            return True
        return unknown and victim.pos == "NOUN" and not victim.ent

    def measure(self, each: Counted) -> bool:
        """Whether a number counts units of measure or, with no noun, is a year or hangs on a
        preposition."""
        if each.noun is not None:
            return self.sentence[each.noun].norm in self.words.units
        if each.quantity.rule == "digits" and each.quantity.min in _YEARS:
            return True
        before = self.sentence[each.first - 1] if each.first else None
        return before is not None and before.pos == "ADP" and before.norm not in self.words.of

    def wanted(self, word: int) -> bool:
        """Whether somebody only wants or is to be the victim ("wanted to die")."""
        token = self.sentence[word]
        own = any(c.dep in ("obj", "nsubj") for c in self.sentence.children(word))
        above = self.sentence.head(word)
        if above is not None and above.lemma in self.words.forcing:
            return False
        return token.dep == "xcomp" and "VerbForm=Inf" in token.morph and not own

    def denied(self, word: int) -> bool:
        return any("Polarity=Neg" in c.morph for c in self.sentence.children(word))

    def hyphenated(self, i: int) -> bool:
        """Whether a word is the first part of a compound ("a death-like plan")."""
        s = self.sentence
        rest = s.tokens[i + 1 : i + 3]
        return len(rest) == 2 and rest[0].text == "-" and rest[1].start == s[i].end + 1

    def listed(self, i: int) -> tuple[Token, ...]:
        """The members of a list that the parse took for an apposition ("the mayor, his wife and two
        guards")."""
        s = self.sentence
        for child in s.children(i, "appos"):
            others = s.conjuncts(child.i)
            if others and s.children(child.i, "det:poss", "nmod:poss"):
                return (child, *others)
        return ()

    def name_start(self, i: int) -> int:
        """The first token of a name or noun with the titles and nouns before it."""
        start = i
        while start and (
            self.sentence[start - 1].dep == "compound" and self.sentence[start - 1].head <= i
        ):
            start -= 1
        return start

    def name_end(self, i: int) -> int:
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
