"""What a language's ``places.toml`` and ``countries.toml`` may hold: the models for them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.language.loading import Rules

CueKind = Literal["in", "near", "between", "toward", "from", "against", "of", "none"]
NounKind = Literal["settlement", "region", "spot", "street", "road", "water"]


class PlaceExample(Rules):
    """A text, the name in it that the words are about, and what must be read off them."""

    text: str
    name: str
    relation: str | None = None
    radius_km: float | None = None
    noun: NounKind | None = None


class RelationRule(Rules):
    """Words before a name that say how the place is meant. ``patterns`` are regular expressions in
    which a space is any white space, and {number}, {unit}, {direction} and {noun} stand for the
    words of those tables; tried in the order of the file, the first that ends at the name (or at
    "the town of" before it) wins. kind: in, near, between, toward, from, against, or "of" for
    words that do not say where. keep: whether they are kept as the place's relation. sure: whether
    a name after them that no list holds is a place all the same ("in X", but not "on X"). placed:
    whether it is one even if the parser takes it for a person.
    radius_km: how far off the named place the happening may be; a distance among the words goes
    before it.
    """

    id: str
    kind: CueKind
    patterns: tuple[str, ...] = Field(min_length=1)
    keep: bool = True
    sure: bool = True
    placed: bool = False
    radius_km: float | None = None
    examples: tuple[PlaceExample, ...] = Field(min_length=1)
    not_examples: tuple[PlaceExample, ...] = ()


class PlaceNoun(Rules):
    """Nouns for places, lower case, all forms. kind "spot": a building or site, which a town's
    name after it places ("the mosque of X"); "street": a way or square, which is only called
    after the name that follows."""

    kind: NounKind
    words: tuple[str, ...] = Field(min_length=1)
    examples: tuple[PlaceExample, ...] = Field(min_length=1)


class BehindRule(Rules):
    """Words behind a name that say what the place is or how it is meant ("X province", "the X
    border"), as patterns like those of a relation that begin at the name's end. noun: what kind of
    place they make it; kind, radius_km: how the happening lies to it, whatever stands before."""

    id: str
    patterns: tuple[str, ...] = Field(min_length=1)
    noun: NounKind | None = None
    kind: CueKind | None = None
    radius_km: float | None = None
    examples: tuple[PlaceExample, ...] = Field(min_length=1)
    not_examples: tuple[PlaceExample, ...] = ()


class Exonym(Rules):
    """What this language calls a place that the gazetteer lists only under another name: ``is`` is
    a name that it does list, ``country`` and ``kind`` say which of several."""

    names: tuple[str, ...] = Field(min_length=1)
    is_: str = Field(alias="is")
    country: str | None = None
    kind: Literal["place", "admin1", "admin2", "region", "spot"] | None = None
    examples: tuple[str, ...] = Field(min_length=1)


class Deixis(Rules):
    """Words that point at a place by what it is to the report: its country's "capital", or the
    "country" itself. Patterns as in a relation, matched anywhere; a group called "at" is the part
    of the match that is quoted."""

    id: str
    means: Literal["capital", "country", "unnamed"]
    patterns: tuple[str, ...] = Field(min_length=1)
    examples: tuple[PlaceExample, ...] = Field(min_length=1)
    not_examples: tuple[str, ...] = ()


class WordList(Rules):
    """Words with a reason and examples. As ``holder``: nouns that own a place name without being
    there ("the army of X"). As ``not_place``: capitalised words that the gazetteer lists as places
    and news hardly ever means so."""

    id: str
    words: tuple[str, ...] = Field(min_length=1)
    located: bool = False
    examples: tuple[str, ...] = Field(min_length=1)


class PlaceFile(Rules):
    """The whole of ``places.toml``. connectors: lower-case words inside names. determiners: words
    that may stand before a name or a place noun. links: words between a place noun and its name.
    apart: prepositions that set another happening apart ("following the execution in X").
    possessives: what joins an owner to the place behind it ("in Y's X"). bare: whether a place's
    name that no list holds stands without an article.
    numbers, units (in km), directions: what a distance is made of."""

    version: str
    connectors: tuple[str, ...]
    determiners: tuple[str, ...]
    links: tuple[str, ...]
    directions: tuple[str, ...]
    apart: tuple[str, ...] = ()
    possessives: tuple[str, ...] = ()
    bare: bool = False
    numbers: dict[str, float]
    units: dict[str, float]
    relation: tuple[RelationRule, ...]
    noun: tuple[PlaceNoun, ...]
    behind: tuple[BehindRule, ...] = ()
    exonym: tuple[Exonym, ...] = ()
    deixis: tuple[Deixis, ...] = ()
    holder: tuple[WordList, ...] = ()
    not_place: tuple[WordList, ...] = ()


class CountryWords(Rules):
    """One country in ``countries.toml``: its names, adjectives, people and capitals."""

    iso2: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()


class CountryFile(Rules):
    """The whole of a language's ``countries.toml``. wider: names and adjectives of parts of the
    world that hold a country's ("Central American")."""

    version: str
    wider: tuple[str, ...] = ()
    country: tuple[CountryWords, ...]
