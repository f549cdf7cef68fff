"""``attribution.toml``, ``modality.toml`` and ``negation.toml`` of a language: who says it, what it
rests on, and whether it is stated as fact. All of it is data; this file validates and compiles it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import Field

from dateline.language import loading
from dateline.language.loading import ResourceError, Rules
from dateline.syntax import Sentence, Token

Role = Literal[
    "belligerent", "official", "police", "military", "medical", "witness", "ngo", "un", "media",
    "expert", "anonymous",
]  # fmt: skip
EvidenceKind = Literal["footage", "photograph", "document", "statement", "witness"]
Modality = Literal[
    "asserted", "denied", "alleged", "planned", "threatened", "demanded", "hypothetical"
]
Words = tuple[str, ...]


class SpeechExample(Rules):
    """A sentence, the word in it that is a claim's trigger, the chain of speakers that must be
    found (head words suffice), and, where given, their roles and the kinds of evidence."""

    text: str
    trigger: str
    speakers: Words
    roles: Words = ()
    evidence: Words = ()


class ModalityExample(Rules):
    """A sentence, a claim's trigger in it, and what must be found of it."""

    text: str
    trigger: str
    modality: Modality = "asserted"
    negated: bool = False
    background: bool | None = None


class SpeechRule(Rules):
    """What every entry of ``attribution.toml`` has."""

    examples: tuple[SpeechExample, ...] = Field(min_length=1)


class Verbs(Rules):
    """Verbs by lemma, and by what a form begins with where the lemmatizer errs. ``forms`` count
    even where the parse takes them for no verb."""

    verbs: Words = ()
    stems: Words = ()
    forms: Words = ()

    def names(self, token: Token) -> bool:
        """Whether this token is a form of one of the verbs."""
        if token.lemma in self.verbs or token.norm in self.forms:
            return True
        return any(token.norm.startswith(stem) for stem in self.stems)


class Preposition(SpeechRule):
    """Words before a speaker ("according to"). ``where`` "initial": only first in the sentence or
    after a comma, and with a comma after the name. ``takes`` "phrase": the cue's last word begins
    the name. ``needs_role``: only before a name whose role is known."""

    id: str
    words: Words
    where: Literal["any", "initial"] = "any"
    takes: Literal["speaker", "phrase"] = "speaker"
    needs_role: bool = False


class Chain(SpeechRule, Verbs):
    """Participles that hang the next speaker on a speaker, as object or as agent."""

    id: str
    link: Literal["object", "agent"]


class SpeechVerb(SpeechRule, Verbs):
    """Verbs of saying. ``complement`` "clause": a mere noun is not something said; "quote":
    nor is a clause, only a quotation beside it. ``follows``:
    nouns or adjectives one of which must depend on the verb; ``with_preposition``: or one of these
    words must introduce its complement."""

    id: str
    complement: Literal["any", "clause", "quote"] = "any"
    follows: Words = ()
    with_preposition: Words = ()


class Publishing(SpeechRule, Verbs):
    """Verbs whose agent or subject owns the piece of evidence that is made public."""

    id: str


class EvidenceWords(SpeechRule):
    """Nouns for one kind of evidence. After one of ``prepositions`` the claim rests on it.
    ``speaks``: it names who speaks, too (a witness)."""

    id: str
    kind: EvidenceKind
    words: Words
    prepositions: Words = ()
    speaks: bool = False


class RoleWords(SpeechRule):
    """Words that tell a speaker's role. ``first``: they decide wherever they stand in the name or
    what hangs on it. ``yields_to``: a later word of that role decides instead (the news agency of
    an armed group speaks as the group)."""

    role: Role
    words: Words
    first: bool = False
    yields_to: Role | None = None


class AttributionFile(Rules):
    """The whole of ``attribution.toml``."""

    version: str
    articles: Words
    complementizers: Words
    pronouns: Words
    relatives: Words
    mute: Words
    transparent: Words
    loose: Words
    told: Words
    bare: Words
    preposition: tuple[Preposition, ...]
    chain: tuple[Chain, ...]
    verb: tuple[SpeechVerb, ...]
    publishing: tuple[Publishing, ...]
    evidence: tuple[EvidenceWords, ...]
    showing: tuple[Publishing, ...]
    role: tuple[RoleWords, ...]


class ModalityRule(Rules):
    """What every entry of ``modality.toml`` and ``negation.toml`` has."""

    id: str
    examples: tuple[ModalityExample, ...] = Field(min_length=1)


class Mood(ModalityRule):
    """A verb form (UD features) that sets the modality. ``endings``: what such a form ends with, where
    the parse errs; ``forms``: such forms whatever the parse says. ``exceptions``: verbs that do not count.
    ``unless_marks``: words of the same sentence that undo it. ``own_only``: only the happening's
    own verb, or the verb it is subject or object of, counts."""

    modality: Modality
    morph: str
    forms: Words = ()
    endings: Words = ()
    exceptions: Words = ()
    unless_marks: Words = ()
    own_only: bool = False


class Governor(ModalityRule, Verbs):
    """Words above the happening that set its modality. ``clause_only``: verbs of the list that
    count only above another verb. ``only_morph``: a feature that a verb of the list must have.
    ``modals``: verbs of the list of which the happening may be the subject, if the verb under them
    says that it takes place. ``subject``: the happening may be the subject of the verb in the passive. ``presupposes``: a happening
    that is spoken of as known, further down ("took part in the attack"), is not touched. ``own``:
    claim types of which
    the word itself may be the trigger. ``marks``: words that open a clause; ``purpose``: words before an infinitive."""

    modality: Modality
    clause_only: Words = ()
    only_morph: dict[str, str] = Field(default_factory=dict)
    modals: Words = ()
    nouns: Words = ()
    adjectives: Words = ()
    adverbs: Words = ()
    subject: bool = False
    presupposes: bool = False
    own: Words = ()
    marks: Words = ()
    purpose: Words = ()


class Transparent(Rules):
    """Words that pass on what governs them; ``definite``: determiners of what is presupposed."""

    nouns: Words
    verbs: Words
    definite: Words


class Background(ModalityRule):
    """Words or patterns that say a happening lies far back; with ``aux_morph`` only where the
    auxiliary of the happening's verb has this feature, and a year before the report's counts
    too; with ``not_morph`` not where that verb is finite and has the feature."""

    words: Words = ()
    patterns: Words = ()
    aux_morph: str | None = None
    not_morph: str | None = None


class ModalityFile(Rules):
    """The whole of ``modality.toml``."""

    version: str
    mood: tuple[Mood, ...]
    governor: tuple[Governor, ...]
    transparent: Transparent
    background: tuple[Background, ...]


class Particle(ModalityRule):
    """Adverbs that negate the verb they hang on; those in ``needed_by`` only with one of
    ``needs`` there."""

    words: Words
    needs: Words = ()
    needed_by: Words = ()


class NegativeWord(ModalityRule):
    """A determiner, preposition or mark that negates."""

    words: Words


class Carriers(Rules):
    """Verbs whose negation negates the happening that is their object or their subject;
    ``subject_needs``: what must depend on the verb as well; ``identity``: those that say what a
    happening is, so that their negation, if somebody is quoted with it, is a denial."""

    object: Words
    subject: Words
    identity: Words
    subject_needs: dict[str, str] = Field(default_factory=dict)


class NegationFile(Rules):
    """The whole of ``negation.toml``."""

    version: str
    particle: tuple[Particle, ...]
    determiner: tuple[NegativeWord, ...]
    without: tuple[NegativeWord, ...]
    carriers: Carriers


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for whole words or phrases, the longest first."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    body = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered)
    return re.compile(rf"(?<!\w)(?:{body})(?:(?<=')|(?!\w))", re.IGNORECASE)


@dataclass(frozen=True)
class AttributionRules:
    """The three files of one language, compiled."""

    speech: AttributionFile
    modality: ModalityFile
    negation: NegationFile

    @cached_property
    def prepositions(self) -> tuple[tuple[Preposition, re.Pattern[str]], ...]:
        return tuple((rule, _pattern(rule.words)) for rule in self.speech.preposition)

    @cached_property
    def backgrounds(self) -> tuple[tuple[Background, re.Pattern[str] | None], ...]:
        """Each background rule with one pattern of its words and patterns, if it has any."""
        found: list[tuple[Background, re.Pattern[str] | None]] = []
        for rule in self.modality.background:
            bodies = [*rule.patterns, *([_pattern(rule.words).pattern] if rule.words else [])]
            joined = re.compile("|".join(bodies), re.IGNORECASE) if bodies else None
            found.append((rule, joined))
        return tuple(found)

    @cached_property
    def _roles(self) -> tuple[re.Pattern[str], dict[str, Role]]:
        table: dict[str, Role] = {}
        for rule in self.speech.role:
            for word in rule.words:
                table.setdefault(word.lower(), rule.role)
        return _pattern(table), table

    @cached_property
    def _first_roles(self) -> tuple[tuple[Role, re.Pattern[str]], ...]:
        return tuple((r.role, _pattern(r.words)) for r in self.speech.role if r.first)

    @cached_property
    def _evidence(self) -> dict[str, EvidenceWords]:
        return {w: rule for rule in self.speech.evidence for w in rule.words}

    def evidence(self, token: Token) -> EvidenceWords | None:
        """The kind of evidence this noun names, if any."""
        return self._evidence.get(token.norm) or self._evidence.get(token.lemma)

    def verb(self, token: Token) -> SpeechVerb | None:
        """The first rule of saying that has this verb; what must depend on it is for the caller."""
        return next((rule for rule in self.speech.verb if rule.names(token)), None)

    def verbs(self, token: Token) -> tuple[SpeechVerb, ...]:
        """Every rule of saying that has this verb."""
        return tuple(rule for rule in self.speech.verb if rule.names(token))

    def role(self, name: str, around: str = "") -> Role | None:
        """The role of a speaker by the words of his name (lower or upper case); ``around`` is what
        hangs on the name. Transparent words ("spokesman") leave it to what follows them, unless
        nothing does; None if no word is known."""
        for role, pattern in self._first_roles:
            if pattern.search(name) or pattern.search(around):
                return role
        pattern, table = self._roles
        fallback: Role | None = None
        found: list[Role] = []
        for match in pattern.finditer(name):
            words = re.sub(r"\s+", " ", match.group().lower())
            if words in self._see_through:
                fallback = fallback or table[words]
            else:
                found.append(table[words])
        if not found:
            return fallback
        other = self._yielding.get(found[0])
        return other if other in found else found[0]

    @cached_property
    def _yielding(self) -> dict[Role, Role]:
        return {r.role: r.yields_to for r in self.speech.role if r.yields_to is not None}

    @cached_property
    def _see_through(self) -> frozenset[str]:
        return frozenset(self.speech.transparent)

    def is_mute(self, token: Token) -> bool:
        """Whether this noun cannot speak."""
        return token.norm in self._mute or token.lemma in self._mute

    @cached_property
    def _mute(self) -> frozenset[str]:
        return frozenset(self.speech.mute)

    def is_loose(self, token: Token) -> bool:
        """Whether this noun speaks only where its words tell a role ("official toll")."""
        return token.norm in self.speech.loose or token.lemma in self.speech.loose

    def is_transparent(self, token: Token) -> bool:
        """Whether this noun's role is that of what follows it."""
        return token.norm in self._see_through or token.lemma in self._see_through

    def phrase(self, sentence: Sentence, head: int) -> tuple[Token, ...]:
        """The shortest noun phrase that names whoever token ``head`` stands for: its words without
        leading articles, relative clauses and brackets, as contiguous tokens."""
        kept = self._kept(sentence, head)
        start = end = head
        while start - 1 in kept and not (
            sentence[start - 1].pos == "PUNCT" and kept.get(start - 2) not in _ACROSS
        ):
            start -= 1
        while end + 1 in kept and not (
            sentence[end + 1].pos == "PUNCT" and kept.get(end + 2) not in _ACROSS
        ):
            end += 1
        while start < end and (
            self._is_article(sentence, start)
            or sentence[start].pos == "PUNCT"
            or (start < head and sentence[start].pos in ("ADP", "CCONJ", "SCONJ"))
        ):
            start += 1
        while end > max(head, start) and sentence[end].pos in ("PUNCT", "ADP", "CCONJ", "DET"):
            end -= 1
        return sentence.tokens[start : end + 1]

    def _is_article(self, sentence: Sentence, at: int) -> bool:
        """An article, unless its capital inside a sentence shows it part of a title."""
        token = sentence[at]
        titled = at > 0 and token.text[:1].isupper() and token.ent == "ORG"
        return not titled and (token.norm in self.speech.articles or token.norm == "'")

    def _kept(self, sentence: Sentence, head: int) -> dict[int, str]:
        """The tokens that may belong to the name, each with the relation of its branch."""
        kept = {head: "head"}
        stack = [head]
        top = sentence[head]
        while stack:
            at = stack.pop()
            for child in sentence.children(at):
                base = child.dep.split(":")[0]
                if base not in _NAME_PARTS or child.norm in _BRACKETS:
                    continue
                if base == "appos" and not self._named(sentence, top, child):
                    continue
                if base == "conj" and child.pos not in ("NOUN", "PROPN", "ADJ", "X"):
                    continue
                if base == "nmod" and self._stray(sentence, child):
                    continue
                if child.i not in kept and abs(child.i - head) <= 14:
                    kept[child.i] = base if at == head else kept[at]
                    stack.append(child.i)
        return kept

    @staticmethod
    def _stray(sentence: Sentence, noun: Token) -> bool:
        """A bare noun that only stands beside the name, such as a weekday."""
        return (
            noun.pos == "NOUN"
            and not noun.ent
            and not sentence.children(noun.i, "case", "det")
        )

    @staticmethod
    def _named(sentence: Sentence, head: Token, apposed: Token) -> bool:
        """An apposition that names or titles the same person."""
        if head.ent == "PER" or apposed.ent == "PER":
            return True
        beside = [apposed, *sentence.children(head.i, "appos", "flat")]
        if any(t.ent == "PER" for t in beside):
            return True
        if apposed.i - head.i > 8:
            return False
        return apposed.pos == "PROPN" or any(
            c.pos == "PROPN" and c.dep.startswith(("flat", "appos", "nmod"))
            for c in sentence.children(apposed.i)
        )


_BRACKETS = frozenset('()[]"')
_ACROSS = frozenset(("appos", "conj", "amod", "flat", "head"))
_NAME_PARTS = frozenset(
    "det amod nummod nmod flat appos case fixed compound conj cc punct advmod dep".split()
)


def load_attribution(code: str) -> AttributionRules:
    """The rules of speakers, evidence, modality and negation of a language.

    Raises ResourceError when a file is missing or broken, or a pattern is no pattern.
    """
    rules = AttributionRules(
        loading.load(AttributionFile, "lang", code, "attribution.toml"),
        loading.load(ModalityFile, "lang", code, "modality.toml"),
        loading.load(NegationFile, "lang", code, "negation.toml"),
    )
    _refuse_broken_patterns(code, rules.modality.background)
    return rules


def _refuse_broken_patterns(code: str, entries: Sequence[Background]) -> None:
    for entry in entries:
        for pattern in entry.patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ResourceError(
                    f"lang/{code}/modality.toml:1: background {entry.id}: {pattern!r}: {error}"
                ) from None
