"""The codebook: the event types and their crosswalks, the scales of precision, and the actors
with what each language calls them.

Actors are found by name. A name may be several entries' ("local" names): the country that the
caller passes decides, and where nothing decides nothing is found. The institutions of states are
not listed one by one: a language says what it calls an army or a government, and an adjective or
a country's name beside it says whose.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from dateline.actor_names import ActorMatch, ActorNames
from dateline.actor_phrases import ActorPhrases
from dateline.actors import (
    ActorEntry,
    Actors,
    ActorWords,
    Country,
    CountryNames,
    CountryWords,
    Institution,
    Institutions,
    Kind,
)
from dateline.language.loading import ResourceError, Rules, load, resource

__all__ = ["ActorMatch", "Codebook", "EventType", "codebook"]

_FOLDER = "codebook"


class EventType(Rules):
    """An event type: its family for scoring ("other": it stands alone), what it is, what counts
    and what does not, and the nearest ACLED sub-event types, PLOVER types and CAMEO code."""

    id: str
    name: str
    family: Literal["violence", "territory", "words", "other"]
    definition: str
    counts: tuple[str, ...]
    does_not_count: tuple[str, ...]
    acled: tuple[str, ...]
    plover: tuple[str, ...]
    cameo: str | None = None
    examples: tuple[str, ...] = Field(min_length=1)


class RefineExample(Rules):
    """A type and kinds of means that the entry must make its ``to``."""

    type: str
    means: tuple[str, ...]


class Refine(Rules):
    """One of the types ``from`` with a means of one of these kinds is the type ``to``."""

    origin: tuple[str, ...] = Field(alias="from")
    means: tuple[str, ...]
    to: str
    examples: tuple[RefineExample, ...] = Field(min_length=1)


class EventTypes(Rules):
    """The whole of ``event_types.toml``."""

    version: str
    type: tuple[EventType, ...]
    refine: tuple[Refine, ...] = ()


class PlaceStep(Rules):
    """A step of the scale of places; ``radius_km``: how far off the point may be."""

    id: str
    definition: str
    radius_km: float | None = None


class WhenStep(Rules):
    """A step of the scale of time; ``days``: the longest span it covers."""

    id: str
    definition: str
    days: int | None = None


class Precision(Rules):
    """The whole of ``precision.toml``, steps from the most precise to the least."""

    version: str
    place: tuple[PlaceStep, ...]
    when: tuple[WhenStep, ...]


class Countries(Rules):
    """The whole of ``countries.toml``."""

    version: str
    country: tuple[Country, ...]


@dataclass(frozen=True)
class Codebook:
    """The codebook as loaded; actors, and their names in a language, when first asked for.

    version: "codebook@<version of the event types>.<first digits of the SHA-256 of every file>".
    """

    version: str
    types: Mapping[str, EventType]
    refinements: tuple[Refine, ...]

    @cached_property
    def precision(self) -> Precision:
        """The scales of precision of places and times."""
        return load(Precision, _FOLDER, "precision.toml")

    @cached_property
    def countries(self) -> Mapping[str, Country]:
        """Countries by ISO 3166-1 code of two letters."""
        found = load(Countries, _FOLDER, "countries.toml").country
        return MappingProxyType({country.iso2: country for country in found})

    @cached_property
    def institutions(self) -> Mapping[str, Institution]:
        """What every state has, by id."""
        found = load(Institutions, _FOLDER, "institutions.toml").institution
        return MappingProxyType({institution.id: institution for institution in found})

    @cached_property
    def actors(self) -> Mapping[str, ActorEntry]:
        """The entries of ``actors/*.toml`` by id. Raises ResourceError for an id given twice or a
        country that ``countries.toml`` does not list."""
        entries: dict[str, ActorEntry] = {}
        for file in _toml(resource(_FOLDER, "actors")):
            for entry in load(Actors, _FOLDER, "actors", file.name).actor:
                unknown = [c for c in entry.country if c not in self.countries]
                if entry.id in entries or unknown:
                    line = _line(file, f'id = "{entry.id}"')
                    reason = f"no such country: {unknown[0]}" if unknown else "id given twice"
                    name = f"{_FOLDER}/actors/{file.name}"
                    raise ResourceError(f"{name}:{line}: {entry.id}: {reason}")
                entries[entry.id] = entry
        return MappingProxyType(entries)

    def refine(self, type: str, means_kinds: Collection[str]) -> str:
        """The type that a type becomes with means of these kinds; itself when none fits."""
        for rule in self.refinements:
            if type in rule.origin and any(kind in rule.means for kind in means_kinds):
                return rule.to
        return type

    def actor(self, text: str, lang: str, country: str | None = None) -> ActorMatch | None:
        """The actor that a noun phrase is, or None when it is unknown or undecided. ``country``
        (ISO 3166-1, two letters): where it is said to happen; only it can tell whose "the police"
        are. Offsets in the match are into ``text``."""
        return self._read(lang)[1].actor(text, country)

    def find(self, view: str, lang: str, country: str | None = None) -> tuple[ActorMatch, ...]:
        """Every actor named in a text's view (``text.view``), in order, without overlap."""
        return self._read(lang)[0].find(view, country)

    def kind_of(self, id: str) -> Kind | None:
        """The kind of the actor with this id, an institution's included; None if unknown."""
        if id in self.actors:
            return self.actors[id].kind
        _, _, institution = id.partition(".")
        known = self.institutions.get(institution)
        return known.kind if known is not None and self._state(id) else None

    def _state(self, id: str) -> bool:
        return id.partition(".")[0] in {c.iso3.lower() for c in self.countries.values()}

    @cached_property
    def _built(self) -> dict[str, tuple[ActorNames, ActorPhrases]]:
        return {}

    def _read(self, lang: str) -> tuple[ActorNames, ActorPhrases]:
        if lang not in self._built:
            words = ActorWords(version="", head="last", adjective="before")
            if resource("lang", lang, "actors.toml").is_file():
                words = load(ActorWords, "lang", lang, "actors.toml")
            self._check(words, lang)
            names = ActorNames(
                lang, self.actors, self.institutions, self.countries, words, self._called(lang)
            )
            self._built[lang] = (names, ActorPhrases(names))
        return self._built[lang]

    def _check(self, words: ActorWords, lang: str) -> None:
        for kept in words.institution:
            if kept.id not in self.institutions:
                file = resource("lang", lang, "actors.toml")
                line = _line(file, f'id = "{kept.id}"')
                raise ResourceError(
                    f"lang/{lang}/actors.toml:{line}: institution: no such institution: {kept.id}"
                )

    def _called(self, lang: str) -> tuple[CountryWords, ...]:
        file = resource("lang", lang, "countries.toml")
        if not file.is_file():
            return ()
        called = load(CountryNames, "lang", lang, "countries.toml").country
        for country in called:
            if country.iso2 not in self.countries:
                line = _line(file, f'iso2 = "{country.iso2}"')
                raise ResourceError(
                    f"lang/{lang}/countries.toml:{line}: iso2: no such country: {country.iso2}"
                )
        return called


def _toml(folder: Traversable) -> Iterator[Traversable]:
    yield from sorted(
        (p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name
    )


def _line(file: Traversable, words: str) -> int:
    """The line of a file on which some words stand for the last time (1 if nowhere)."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return max((n for n, line in enumerate(lines, 1) if words in line), default=1)


@lru_cache(maxsize=1)
def codebook() -> Codebook:
    """The codebook of ``resources/codebook``, loaded once. Raises ResourceError (file, line,
    reason) when its event types are broken; the actors are read when first asked for."""
    found = load(EventTypes, _FOLDER, "event_types.toml")
    types = {type.id: type for type in found.type}
    for rule in found.refine:
        for id in (*rule.origin, rule.to):
            if id not in types:
                line = _line(resource(_FOLDER, "event_types.toml"), f'"{id}"')
                raise ResourceError(f"{_FOLDER}/event_types.toml:{line}: refine: no type {id!r}")
    digest = hashlib.sha256()
    root = resource(_FOLDER)
    for file in (*_toml(root), *_toml(root.joinpath("actors"))):
        digest.update(file.read_bytes())
    version = f"codebook@{found.version}.{digest.hexdigest()[:8]}"
    return Codebook(version, MappingProxyType(types), found.refine)
