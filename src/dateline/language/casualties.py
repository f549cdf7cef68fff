"""``casualties.toml`` of a language: the words that say that somebody was harmed, and how.

Four kinds of words tell it: nouns that are counted ("twelve dead"), nouns with an "of" ("the
death of"), verbs, and whatever continues a count ("among them three children").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

from pydantic import Field, field_validator

from dateline.language import loading
from dateline.language.loading import Rules
from dateline.syntax import Sentence, Token

Kind = Literal["killed", "wounded", "missing", "abducted", "arrested", "displaced", "unknown"]


class Found(Rules):
    """What must be found in an example: the kind, the bounds (left out: null) and, if given, the
    class of the victims and the scope."""

    kind: Kind
    min: int | None = None
    max: int | None = None
    who: str | None = None
    scope: Literal["event", "cumulative"] = "event"


class HarmExample(Rules):
    """A sentence, and every harm in it, in text order."""

    text: str
    found: tuple[Found, ...]


class Harmed(Rules):
    """What every rule has: a name and examples. Words are written with what may be left out in
    brackets: "tué(e)(s)"."""

    id: str
    examples: tuple[HarmExample, ...] = Field(min_length=1)


class CountedNoun(Harmed):
    """Nouns that are counted as victims. ``weak``: also a word for people ("prisoners"), which
    gives way to any other word of harm said of them."""

    kind: Kind
    words: tuple[str, ...]
    weak: bool = False


class OfNoun(Harmed):
    """Nouns whose "of" is the victim."""

    kind: Kind
    words: tuple[str, ...]


class HarmVerb(Harmed):
    """Verbs (lemmas), their past participles, and other forms that a parser may take for another
    word. victim: who of its sentence is harmed, in the active; "toll": the number that the verb
    reaches, if its subject is one of ``subjects``, where any are given ("the toll rose to 30").
    with_: words of which one must stand near ("lose ... life"). persons: the verb is also said of
    things, so the victim must be known for a person."""

    kind: Kind
    verb: tuple[str, ...]
    participle: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    victim: Literal["object", "subject", "indirect", "toll"] = "object"
    subjects: tuple[str, ...] = ()
    with_: tuple[str, ...] = Field(default=(), alias="with")
    persons: bool = False


class Continuation(Harmed):
    """Words before a number that takes its harm from the count before it. ``bare``: the number
    may stand without a noun; ``far``: even with some words between."""

    words: tuple[str, ...]
    bare: bool = False
    far: bool = False


class Among(Harmed):
    """Words that put people among the harmed ("among the dead there are two ...")."""

    words: tuple[str, ...]


class Cumulative(Harmed):
    """Patterns (regular expressions, on lower case) that make a toll a running total."""

    patterns: tuple[str, ...]

    @field_validator("patterns")
    @classmethod
    def _compile(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"not a regular expression: {pattern!r}: {error}") from None
        return patterns


class Who(Rules):
    """A class of people and its words: lemmas or phrases. An example is not asked for: the word
    itself is one."""

    id: str
    words: tuple[str, ...]


class CasualtiesFile(Rules):
    """The whole of ``casualties.toml``. anaphoric: determiners that point back to somebody already
    told of. definite: determiners of people known already. of: prepositions of an "of". through:
    words passed over between a number and its noun. forcing: verbs (lemmas) whose infinitive comes
    about ("were forced to flee"). groups: nouns in the singular that are no
    single person, though they can be harmed. units: nouns of measure, which are never people."""

    version: str
    anaphoric: tuple[str, ...]
    definite: tuple[str, ...]
    of: tuple[str, ...]
    through: tuple[str, ...]
    forcing: tuple[str, ...] = ()
    groups: tuple[str, ...]
    units: tuple[str, ...]
    who: tuple[Who, ...]
    noun: tuple[CountedNoun, ...]
    of_noun: tuple[OfNoun, ...] = ()
    verb: tuple[HarmVerb, ...] = ()
    continuation: tuple[Continuation, ...] = ()
    among: tuple[Among, ...] = ()
    cumulative: tuple[Cumulative, ...] = ()


def forms(pattern: str) -> tuple[str, ...]:
    """Every form of a word written with optional endings in brackets.

    >>> forms("tué(e)(s)")
    ('tué', 'tués', 'tuée', 'tuées')
    """
    found = [""]
    for part in re.findall(r"\([^)]*\)|[^(]+", pattern):
        if part.startswith("("):
            found = [f + end for f in found for end in ("", part[1:-1])]
        else:
            found = [f + part for f in found]
    return tuple(found)


def _all_forms(patterns: Iterable[str]) -> Iterable[str]:
    for pattern in patterns:
        yield from forms(pattern)


class Harms:
    """A language's words of harm, compiled for lookup by form and lemma."""

    def __init__(self, rules: CasualtiesFile) -> None:
        self.rules = rules
        self.of = frozenset(rules.of)
        self.through = frozenset(rules.through)
        self.definite = frozenset(rules.definite) | frozenset(rules.anaphoric)
        self.anaphoric = frozenset(rules.anaphoric)
        self.forcing = frozenset(rules.forcing)
        self.groups = frozenset(rules.groups)
        self.units = frozenset(rules.units)
        self._nouns = _table((form, n) for n in rules.noun for form in _all_forms(n.words))
        self._of_nouns = {form: n for n in rules.of_noun for form in _all_forms(n.words)}
        self._lemmas: dict[str, list[HarmVerb]] = {}
        self._participles: dict[str, list[HarmVerb]] = {}
        self._forms: dict[str, list[HarmVerb]] = {}
        # Verbs that need a companion word come first: they say more.
        for verb in sorted(rules.verb, key=lambda v: not v.with_):
            for lemma in verb.verb:
                self._lemmas.setdefault(lemma, []).append(verb)
            for form in _all_forms(verb.participle):
                self._participles.setdefault(form, []).append(verb)
            for form in _all_forms(verb.form):
                self._forms.setdefault(form, []).append(verb)
        self._who = _table((form, w) for w in rules.who for form in _all_forms(w.words))
        self._continuations = [
            (tuple(words.split()), c) for c in rules.continuation for words in c.words
        ]
        self._continuations.sort(key=lambda entry: -len(entry[0]))
        self._among = [(tuple(words.split()), a) for a in rules.among for words in a.words]
        self._cumulative = [
            (re.compile(pattern), c) for c in rules.cumulative for pattern in c.patterns
        ]

    def noun(self, sentence: Sentence, i: int) -> CountedNoun | None:
        """The rule that counts token ``i``, with the words behind it, as victims."""
        return _starting(sentence, i, self._nouns, lemmas=False)

    def of_noun(self, token: Token) -> OfNoun | None:
        """The rule that makes this token's "of" the victim."""
        return self._of_nouns.get(token.norm)

    def verbs(self, token: Token) -> Sequence[HarmVerb]:
        """The rules of which this token is the verb or a participle."""
        if token.norm in self._participles:
            return self._participles[token.norm]
        if token.norm in self._forms:
            return self._forms[token.norm]
        if token.pos in ("VERB", "AUX", "NOUN", "ADJ"):
            return self._lemmas.get(token.lemma, ())
        return ()

    def form(self, token: Token) -> bool:
        """Whether this token is listed as a form of a verb of harm."""
        return token.norm in self._forms

    def participle(self, token: Token) -> bool:
        """Whether this token is the past participle of a verb of harm."""
        return token.norm in self._participles

    def who(self, sentence: Sentence, i: int) -> str | None:
        """The class of people that the words from token ``i`` on name."""
        found = _starting(sentence, i, self._who, lemmas=True)
        return found.id if found is not None else None

    def continuation(self, sentence: Sentence, end: int) -> tuple[int, Continuation] | None:
        """The longest continuation that ends right before token ``end``: its first token, and
        the rule."""
        return _ending(sentence, end, self._continuations)

    def among(self, sentence: Sentence, end: int) -> tuple[int, Among] | None:
        """The words that put people among the harmed, ending right before token ``end``."""
        return _ending(sentence, end, self._among)

    def cumulative(self, text: str) -> tuple[int, int, Cumulative] | None:
        """Where a text (lower case) says that a toll is a running total, and the rule."""
        for pattern, rule in self._cumulative:
            match = pattern.search(text)
            if match is not None:
                return match.start(), match.end(), rule
        return None


T = TypeVar("T")
Table = dict[str, list[tuple[tuple[str, ...], T]]]


def _table(entries: Iterable[tuple[str, T]]) -> Table[T]:
    """Phrases by their first word, the longest first."""
    table: Table[T] = {}
    for phrase, rule in entries:
        words = tuple(phrase.split())
        table.setdefault(words[0], []).append((words, rule))
    for found in table.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return table


def _starting(sentence: Sentence, i: int, table: Table[T], *, lemmas: bool) -> T | None:
    token = sentence[i]
    for key in dict.fromkeys((token.norm, token.lemma) if lemmas else (token.norm,)):
        for words, rule in table.get(key, ()):
            rest = sentence.tokens[i + 1 : i + len(words)]
            if len(rest) == len(words) - 1 and all(
                w == t.norm or (lemmas and w == t.lemma)
                for w, t in zip(words[1:], rest, strict=True)
            ):
                return rule
    return None


def _ending(
    sentence: Sentence, end: int, entries: Sequence[tuple[tuple[str, ...], T]]
) -> tuple[int, T] | None:
    for words, rule in entries:
        start = end - len(words)
        if start >= 0 and all(
            t.norm == w for t, w in zip(sentence.tokens[start:end], words, strict=True)
        ):
            return start, rule
    return None


def load_harms(code: str) -> Harms:
    """The words of harm of a language; ResourceError if the file is missing or broken."""
    return Harms(loading.load(CasualtiesFile, "lang", code, "casualties.toml"))
