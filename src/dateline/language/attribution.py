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
from dateline.language.modality import Background, ModalityFile, NegationFile, Verbs, Words
from dateline.language.naming import name_phrase
from dateline.syntax import Sentence, Token

Role = Literal[
    "belligerent", "official", "police", "military", "medical", "witness", "ngo", "un", "media",
    "expert", "anonymous",
]  # fmt: skip
EvidenceKind = Literal["footage", "photograph", "document", "statement", "witness"]


class SpeechExample(Rules):
    """A sentence, the word in it that is a claim's trigger, the chain of speakers that must be
    found (head words suffice), and, where given, their roles and the kinds of evidence."""

    text: str
    trigger: str
    speakers: Words
    roles: Words = ()
    evidence: Words = ()


class SpeechRule(Rules):
    """What every entry of ``attribution.toml`` has."""

    examples: tuple[SpeechExample, ...] = Field(min_length=1)


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
    asides: Words
    preposition: tuple[Preposition, ...]
    chain: tuple[Chain, ...]
    verb: tuple[SpeechVerb, ...]
    publishing: tuple[Publishing, ...]
    evidence: tuple[EvidenceWords, ...]
    showing: tuple[Publishing, ...]
    role: tuple[RoleWords, ...]


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for whole words or phrases, the longest first. A hyphen may have spaces around
    it: some parsers take it for a word."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    body = "|".join(re.escape(w).replace(r"\ ", r"\s+").replace(r"\-", r"\s?-\s?") for w in ordered)
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

    def role(self, name: str, around: str = "", *, firm: bool = False) -> Role | None:
        """The role of a speaker by the words of his name (lower or upper case); ``around`` is what
        hangs on the name. Transparent words ("spokesman") leave it to what follows them, unless
        nothing does (with ``firm``: also then); None if no word is known."""
        for role, pattern in self._first_roles:
            if pattern.search(name) or pattern.search(around):
                return role
        pattern, table = self._roles
        fallback: Role | None = None
        found: list[Role] = []
        for match in pattern.finditer(name):
            words = re.sub(r"\s+", " ", match.group().lower())
            words = words if words in table else words.replace(" - ", "-")
            if words in self._see_through:
                fallback = fallback or table[words]
            else:
                found.append(table[words])
        if not found:
            return None if firm else fallback
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
        """The words that name whoever token ``head`` stands for (:func:`name_phrase`)."""
        return name_phrase(sentence, head, self.speech.articles)


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
