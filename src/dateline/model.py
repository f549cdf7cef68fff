"""The nouns of dateline: frozen values that mean the same in every stage and every file.

Offsets are Unicode code points into an article's text and ``text[start:end]`` is the quoted
string. Absent values are ``None`` or an empty tuple; nothing here is ever guessed.
The JSON of a claim is the field-by-field image of :class:`Claim`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

ROLES = (
    "belligerent",
    "official",
    "police",
    "military",
    "medical",
    "witness",
    "ngo",
    "un",
    "media",
    "expert",
    "anonymous",
)
FORMS = ("direct", "indirect", "outlet")
EVIDENCE_KINDS = ("footage", "photograph", "document", "statement", "witness")
MODALITIES = (
    "asserted",
    "denied",
    "alleged",
    "planned",
    "threatened",
    "demanded",
    "hypothetical",
)
CASUALTY_KINDS = ("killed", "wounded", "missing", "abducted", "arrested", "displaced", "unknown")
PLACE_PRECISIONS = ("place", "near", "admin2", "admin1", "country", "unresolved")
WHEN_PRECISIONS = ("hour", "day", "week", "month", "year", "unknown")
WHEN_ANCHORS = ("published", "text", "none")


def sha256(data: bytes) -> str:
    """The hexadecimal SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of an article's text: code points ``start`` to ``end``, and the words there."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The span of ``text[start:end]``; ValueError when it lies outside the text."""
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"span {start}..{end} lies outside a text of {len(text)} code points")
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Actor(Span):
    """Who is said to have done it. ``id`` and ``name`` are the codebook's, null if unknown to it;
    ``loaded`` says that the words used take a side."""

    id: str | None = None
    name: str | None = None
    loaded: bool = False


@dataclass(frozen=True, slots=True)
class Target(Span):
    """To whom or what. ``civilian`` is null when the words do not settle it."""

    id: str | None = None
    name: str | None = None
    civilian: bool | None = None


@dataclass(frozen=True, slots=True)
class Means(Span):
    """A weapon or other means, with its kind ("drone", "rocket", "car-bomb")."""

    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Place(Span):
    """Where: the words, the gazetteer's entry if there is one, and how far off it may be (km)."""

    id: int | None = None
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    precision: str = "unresolved"
    radius_km: float | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """When: ISO dates ``earliest`` and ``latest``, both null when they cannot be known."""

    start: int | None = None
    end: int | None = None
    text: str | None = None
    earliest: str | None = None
    latest: str | None = None
    precision: str = "unknown"
    anchor: str = "none"


@dataclass(frozen=True, slots=True)
class Casualties(Span):
    """How many of whom were harmed. ``scope`` tells this happening's toll ("event") from a
    running total ("cumulative")."""

    kind: str = "killed"
    who: str | None = None
    min: int | None = None
    max: int | None = None
    scope: str = "event"


@dataclass(frozen=True, slots=True)
class Attribution(Span):
    """According to whom: one link of the chain of speakers, the nearest first."""

    role: str | None = None
    form: str = "indirect"
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence(Span):
    """What the text says the claim rests on."""

    kind: str = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The bytes as received, never edited; ``id`` is their SHA-256.

    ``media`` is "text", "html" or "json" (one line of a JSON Lines file); ``ref`` is the path or id
    it was given under. The other fields are what the sender or the caller said about it.
    """

    data: bytes
    ref: str
    media: str = "text"
    lang: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None

    @property
    def id(self) -> str:
        return sha256(self.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The frozen text that every offset points into, and what is known about it.

    ``furniture`` are the pieces of the text that belong to the page and not to the report; they
    are skipped, not deleted. ``published`` is an ISO date or null, never invented.
    """

    id: str
    ref: str
    text: str
    title: str | None = None
    lang: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    furniture: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRef:
    """The article as a claim names it."""

    id: str
    ref: str
    title: str | None = None
    lang: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """Start and end of a sentence, without its words."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One assertion coded from one sentence. ``confidence`` is the probability, from 0 to 1, that
    it was coded right (not that it is true). ``provenance`` maps a filled field to the rule and
    resource version that filled it."""

    id: str
    article: ArticleRef
    type: str
    trigger: Span
    sentence: Extent
    actors: tuple[Actor, ...] = ()
    targets: tuple[Target, ...] = ()
    means: tuple[Means, ...] = ()
    places: tuple[Place, ...] = ()
    when: When = When()
    casualties: tuple[Casualties, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    modality: str = "asserted"
    negated: bool = False
    background: bool = False
    confidence: float | None = None
    provenance: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The claim as the JSON object of the contract."""
        return dataclasses.asdict(self)

    def to_line(self) -> str:
        """The claim as one line of JSON Lines, without the line break."""
        return json.dumps(self.to_json(), ensure_ascii=False, separators=(", ", ": "))

    def spans(self) -> Iterable[Span]:
        """Every quoted piece of the article that the claim rests on."""
        yield self.trigger
        for group in (
            self.actors,
            self.targets,
            self.means,
            self.places,
            self.casualties,
            self.attribution,
            self.evidence,
        ):
            yield from group
        if self.when.text is not None and self.when.start is not None and self.when.end is not None:
            yield Span(self.when.start, self.when.end, self.when.text)


def claim_id(article_id: str, trigger: Span, type: str) -> str:
    """A claim's identity: its article, its trigger's span and its type, and nothing else, so that
    a claim coded again with better rules keeps the judgements made on it."""
    return sha256(f"{article_id}:{trigger.start}:{trigger.end}:{type}".encode())[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document: its claims, or the reason there are none.

    ``status`` is "coded", "empty", "extraction_failed", "unknown_language", "too_large" or
    another word for a refusal; ``reason`` is one line for a person.
    """

    ref: str
    status: str
    reason: str = ""
    article: Article | None = None
    claims: tuple[Claim, ...] = ()
