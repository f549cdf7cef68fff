"""The records of actors: the entries of ``codebook/actors/*.toml``, the institutions of states,
the countries, and what a language calls them (``lang/<code>/actors.toml``, ``countries.toml``).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.language.loading import Rules

Kind = Literal[
    "government", "armed-forces", "police", "intelligence", "rebel", "militia", "jihadist",
    "separatist", "party", "gang", "criminal", "igo", "peacekeeping", "ngo", "coalition",
    "private-military", "other",
]  # fmt: skip
Names = dict[str, tuple[str, ...]]
Via = Literal["name", "part", "voice", "leader", "metonym", "capital"]
ANY = "any"


class Country(Rules):
    """A country: ISO codes, plain English name and capital, rough centroid in degrees."""

    iso2: str
    iso3: str
    name: str
    capital: str
    lat: float
    lon: float


class CountryWords(Rules):
    """What a language calls a country, its people and its capital."""

    iso2: str
    names: tuple[str, ...] = Field(min_length=1)
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]


class CountryNames(Rules):
    """The whole of ``lang/<code>/countries.toml``. wider: names and adjectives of parts of the
    world that hold a country's ("Central American")."""

    version: str
    wider: tuple[str, ...] = ()
    country: tuple[CountryWords, ...]


class ActorRole(Rules):
    """What an actor was, from and to an ISO date or part of one (absent: open)."""

    name: str
    start: str | None = Field(default=None, alias="from")
    end: str | None = Field(default=None, alias="to")


class ActorEntry(Rules):
    """One actor. aliases: its names by language ("any": in all of them). local: names that are
    its only where the caller's country is one of its own. loaded: names that take a side.
    leaders: people who stand for it. territories: names of land that stand for it only when asked
    for as an actor. examples: noun phrases that resolve to it, by language."""

    id: str
    name: str
    kind: Kind
    country: tuple[str, ...] = ()
    side: str
    aliases: Names = Field(default_factory=dict)
    local: Names = Field(default_factory=dict)
    loaded: Names = Field(default_factory=dict)
    leaders: Names = Field(default_factory=dict)
    territories: Names = Field(default_factory=dict)
    roles: tuple[ActorRole, ...] = ()
    examples: dict[str, tuple[str, ...]] = Field(min_length=1)


class Actors(Rules):
    """The whole of one ``actors/*.toml``."""

    version: str
    actor: tuple[ActorEntry, ...]


class Institution(Rules):
    """What every state has; its entries' ids are "<iso3>.<id>", their sides "<iso3>.<side>"."""

    id: str
    name: str
    kind: Kind
    side: str
    examples: tuple[str, ...] = Field(min_length=1)


class Institutions(Rules):
    """The whole of ``institutions.toml``."""

    version: str
    institution: tuple[Institution, ...]


class PhraseExample(Rules):
    """A noun phrase, the country it is asked for in, and the actor it is (absent: none)."""

    text: str
    country: str | None = None
    id: str | None = None
    loaded: bool = False


class InstitutionWords(Rules):
    """What a language calls an institution; see the comments in ``lang/fr/actors.toml``."""

    id: str
    words: tuple[str, ...]
    bare: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    local: bool = False
    loaded: bool = False
    voice: bool = False
    examples: tuple[PhraseExample, ...] = Field(min_length=1)


class Member(Rules):
    """Heads of phrases that are a part of the body named behind them, or speak for it."""

    words: tuple[str, ...]
    only: tuple[Kind, ...] = ()
    loaded: bool = False
    loaded_for: tuple[Kind, ...] = ()
    named: bool = False
    voice: bool = False
    examples: tuple[PhraseExample, ...] = Field(min_length=1)


class ActorWords(Rules):
    """The whole of ``lang/<code>/actors.toml``; see the comments in the files. The last three are
    for a language whose head comes last: what joins an owner to its noun, words that end a noun's
    phrase, and words that, behind a name, only say whose friends the actor is."""

    version: str
    head: Literal["first", "last"]
    adjective: Literal["before", "after"]
    of: tuple[str, ...] = ()
    possessives: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    befriended: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()
    town_qualifiers: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    institution: tuple[InstitutionWords, ...] = ()
    member: tuple[Member, ...] = ()
