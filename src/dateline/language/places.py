"""``places.toml`` and ``countries.toml`` of a language: the words around place names.

What stands before a name says how the place is meant ("30 km au sud de", "sur la route de", "la
ville de"); which nouns are places; what a foreign place is called in this language; which words
look like place names and are none. Names themselves are the gazetteer's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from dateline.language.loading import load
from dateline.language.placerules import (
    BehindRule,
    CountryFile,
    CountryWords,
    CueKind,
    Deixis,
    Exonym,
    NounKind,
    PlaceFile,
    RelationRule,
)
from dateline.text import fold

_BEFORE = 120
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands before a name. ``start`` is where it begins in the text given, ``noun_start``
    where the place noun with its article does (both at the name if there is none); ``relation``
    are its words; ``owner`` is the place noun, else the word before "of"; ``linked`` tells "the
    mosque of X" from "the X mosque"; ``sure`` is the rule's."""

    kind: CueKind
    rule: str
    start: int
    relation: str | None = None
    radius_km: float | None = None
    noun: NounKind | None = None
    noun_start: int | None = None
    owner: str | None = None
    linked: bool = False
    sure: bool = False
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a name: the rule, and where its words end in the text given."""

    rule: BehindRule
    end: int

    def of(self, cue: Cue) -> Cue:
        """The cue of what stands before the name, with what stands behind it."""
        rule = self.rule
        if rule.kind is not None:
            cue = replace(cue, kind=rule.kind, rule=rule.id, radius_km=rule.radius_km)
        if rule.noun is None or cue.noun is not None:
            return cue
        return replace(cue, noun=rule.noun, linked=True)


@dataclass(frozen=True, slots=True)
class DeicticMatch:
    """A place named by what it is to the report, where in the text."""

    start: int
    end: int
    means: str
    rule: str


def _key(name: str) -> str:
    """How names of this file are compared: folded, marks as spaces."""
    return " ".join(re.findall(r"\w+", fold(name)))


@dataclass(frozen=True)
class PlaceWords:
    """The place words of a language, compiled for matching."""

    code: str
    file: PlaceFile
    country_words: tuple[CountryWords, ...]
    wider_words: tuple[str, ...] = ()
    _cache: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def version(self) -> str:
        return f"{self.code}/places@{self.file.version}"

    @cached_property
    def countries(self) -> Mapping[str, str]:
        """Key of a country's name -> its code; where two share a name, the first listed."""
        return _index((k, c.iso2) for c in self.country_words for k in map(_key, c.names))

    @cached_property
    def adjectives(self) -> Mapping[str, tuple[str, ...]]:
        """Key of an adjective or of a word for a people -> the codes it may stand for."""
        found: dict[str, list[str]] = {}
        for entry in self.country_words:
            for key in {_key(w) for w in entry.adjectives + entry.people}:
                found.setdefault(key, []).append(entry.iso2)
        return {key: tuple(codes) for key, codes in found.items()}

    @cached_property
    def _abbreviated(self) -> frozenset[str]:
        """Keys that only an abbreviation in capitals has: "US", not the pronoun."""
        forms = {w for c in self.country_words for w in (*c.names, *c.adjectives, *c.people)}
        short = {_key(w) for w in forms if w.isupper() and len(w) <= 6}
        return frozenset(short - {_key(w) for w in forms if not w.isupper()})

    @cached_property
    def _small(self) -> frozenset[str]:
        """Keys of the adjectives that are written small."""
        return frozenset(_key(w) for c in self.country_words for w in c.adjectives if w.islower())

    @cached_property
    def wider(self) -> frozenset[str]:
        """Keys of names and adjectives of parts of the world that hold a country's."""
        return frozenset(map(_key, self.wider_words))

    @cached_property
    def _namesakes(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for entry in self.country_words:
            for key in {_key(w) for w in entry.names}:
                found.setdefault(key, []).append(entry.iso2)
        return {key: tuple(codes) for key, codes in found.items()}

    def country_codes(self, name: str) -> tuple[str, ...]:
        """The codes of the countries that a name may be as it is written, in the file's order."""
        key = self.key(name)
        codes = self._namesakes.get(key, ())
        return () if key in self._abbreviated and not name.isupper() else codes

    def country_named(self, name: str) -> str | None:
        """The first of :meth:`country_codes`; None for a name that is no country's."""
        return next(iter(self.country_codes(name)), None)

    def people(self, word: str) -> tuple[str, ...]:
        """The codes of the countries whose adjective or people a word is as it is written."""
        key = self.key(word)
        codes = self.adjectives.get(key, ())
        if not codes or (key in self._abbreviated and not word.isupper()):
            return ()
        return codes if word[0].isupper() or key in self._small else ()

    @cached_property
    def capitals(self) -> Mapping[str, str]:
        """Key of a capital's name in this language -> its country's code."""
        return _index((k, c.iso2) for c in self.country_words for k in map(_key, c.capitals))

    @cached_property
    def capital_of(self) -> Mapping[str, str]:
        """Country code -> its capital's name in this language."""
        return {c.iso2: c.capitals[0] for c in self.country_words if c.capitals}

    @cached_property
    def exonyms(self) -> Mapping[str, Exonym]:
        """Key of a name in this language -> where the gazetteer has it."""
        return _index((_key(n), e) for e in self.file.exonym for n in e.names)

    @cached_property
    def not_places(self) -> Mapping[str, bool]:
        """Key of a word that is no place -> whether it is one after "in" or "near"."""
        return _index((_key(w), e.located) for e in self.file.not_place for w in e.words)

    @cached_property
    def holders(self) -> frozenset[str]:
        return frozenset(fold(w) for entry in self.file.holder for w in entry.words)

    @cached_property
    def apart(self) -> frozenset[str]:
        """Prepositions that set another happening apart."""
        return frozenset(self.file.apart)

    @cached_property
    def connectors(self) -> frozenset[str]:
        return frozenset(fold(w) for w in self.file.connectors)

    @cached_property
    def nouns(self) -> Mapping[str, NounKind]:
        """Place noun (lower case) -> its kind."""
        return _index((w, e.kind) for e in self.file.noun for w in e.words)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """First word of every key of the tables: whatever begins otherwise is in none of them."""
        tables: tuple[Mapping[str, object], ...] = (
            self.countries,
            self.adjectives,
            self.capitals,
            self.exonyms,
        )
        listed = {key.split(" ")[0] for table in tables for key in table}
        return frozenset(listed | {key.split(" ")[0] for key in self.wider})

    def key(self, name: str) -> str:
        """The key that the tables of this class are asked with."""
        found = self._cache.get(name)
        if found is None:
            if len(self._cache) > 50_000:
                self._cache.clear()
            found = self._cache[name] = _key(name)
        return found

    @cached_property
    def _slots(self) -> dict[str, str]:
        numbers = _any_of(self.file.numbers)
        nouns = _any_of(w for e in self.file.noun for w in e.words)
        return {
            "number": rf"(?:\d+(?:[.,]\d+)?|{numbers})",
            "unit": _any_of(self.file.units),
            "direction": _any_of(self.file.directions),
            "noun": nouns,
        }

    def _compile(self, pattern: str) -> str:
        for slot, words in self._slots.items():
            pattern = pattern.replace("{" + slot + "}", words)
        return pattern.replace(" ?", r"\s*").replace(" ", r"\s+")

    @cached_property
    def _tail(self) -> str:
        """Article and place noun that may stand between the relation's words and the name."""
        determiner = rf"(?:{_joined(self.file.determiners)})"
        link = rf"(?:{_joined(self.file.links)})"
        linked = rf"(?P<link>{_joined(self.file.links)})"
        few = rf"(?:(?!{determiner})[\w'-]+\s+){{0,3}}?"
        more = rf"(?:\s+(?!{link})[\w-]+){{0,2}}?"
        phrase = (
            rf"(?P<nounphrase>{determiner}?{few}(?P<noun>{self._slots['noun']})\b"
            rf"(?:{more}\s+{linked}|\s+))"
        )
        return rf"\s*(?:{phrase}|{determiner})?[\"(]?\s*$"

    @cached_property
    def _description(self) -> re.Pattern[str]:
        determiner = _any_of(self.file.determiners)
        noun = rf"{self._slots['noun']}(?:\s+[\w-]+){{0,2}}?"
        return re.compile(rf"[,(]\s*{determiner}\s+(?:[\w'-]+\s+){{0,2}}?{noun},?", re.I)

    @cached_property
    def _site(self) -> re.Pattern[str]:
        nouns = _any_of(w for e in self.file.noun if e.kind == "spot" for w in e.words)
        return re.compile(rf"(?<![\w'-]){nouns}\s+(?P<name>[^\W\d_][\w-]+)")

    def sites(self, text: str) -> frozenset[str]:
        """Keys of the names that a text introduces as those of a building or site ("the hotel
        X"), so that they may stand alone later."""
        found = (m["name"] for m in self._site.finditer(text))
        return frozenset(_key(name) for name in found if name[0].isupper())

    def describes(self, words: str) -> bool:
        """Whether the words between two names begin to say what and where the first is (", a small
        village")."""
        return self._description.fullmatch(words) is not None

    def holds(self, noun: str) -> bool:
        """Whether a noun, in either number, is one for what bears a place's name without being
        there."""
        return fold(noun) in self.holders

    @cached_property
    def _relations(self) -> tuple[tuple[RelationRule, re.Pattern[str]], ...]:
        return tuple(
            (rule, re.compile(rf"(?<![\w'-])(?P<relation>{words}){self._tail}", re.I))
            for rule in self.file.relation
            for words in ["|".join(map(self._compile, rule.patterns))]
        )

    @cached_property
    def _noun_before(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w'-]){self._tail.removeprefix(chr(92) + 's*')}", re.I)

    @cached_property
    def _owned(self) -> re.Pattern[str]:
        links = _any_of(self.file.links)
        small = _any_of((*self.file.determiners, *self.file.links))
        article = rf"(?!{small}\s)"
        return re.compile(
            rf"\b{article}(?P<owner>[\w-]+)(?:\s+[\w-]+)??\s*[\"(]?\s*\b{links}\s*$", re.I
        )

    @cached_property
    def _deictic(self) -> tuple[tuple[Deixis, re.Pattern[str]], ...]:
        return tuple(
            (d, re.compile(rf"(?<![\w'-])(?:{self._compile(p)})(?![\w-])", re.I))
            for d in self.file.deixis
            for p in d.patterns
        )

    def before(self, text: str, nested: int = 3) -> Cue:
        """What the words at the end of ``text`` (all that stands before a name in its sentence)
        say about the name. A cue of kind "none" when they say nothing. ``nested`` is how many "of"
        are followed back."""
        cut = max(0, len(text) - _BEFORE)
        left = text[cut:]
        for rule, pattern in self._relations:
            match = pattern.search(left)
            if match is None:
                continue
            noun = match["noun"]
            if rule.kind == "of" and not noun and self._place_noun(left) is not None:
                break
            owned = self._owned.search(left) if rule.kind == "of" and not noun else None
            if rule.kind == "of" and nested:
                outer = self.before(f"{text[: cut + match.start('relation')]} ", nested - 1)
                if outer.noun is not None and outer.kind not in ("of", "none"):
                    # "in a prison of the state of X": what holds of the prison holds of X.
                    kind = self.nouns[noun.lower()] if noun else "settlement"
                    return replace(outer, noun=kind, noun_start=None, linked=True)
            words = " ".join(match["relation"].split())
            return Cue(
                kind=rule.kind,
                rule=rule.id,
                start=cut + match.start("relation"),
                relation=words if rule.keep else None,
                radius_km=self._distance(words, rule.radius_km),
                noun=self.nouns[noun.lower()] if noun else None,
                noun_start=cut + match.start("noun") if noun else None,
                owner=fold(noun or (owned["owner"] if owned else "")) or None,
                linked=match["link"] is not None,
                sure=rule.sure,
                placed=rule.placed,
            )
        match = self._place_noun(left)
        if match is None:
            owner = self._owner.search(left)
            if owner is not None and nested:
                # "In northern Y's X": what holds of Y holds of X.
                return self.before(text[: cut + owner.start()], nested - 1)
            return Cue("none", "none", len(text))
        kind = self.nouns[match["noun"].lower()]
        at = cut + match.start("noun")
        return Cue(
            "none",
            "noun",
            len(text),
            noun=kind,
            noun_start=at,
            owner=fold(match["noun"]),
            linked=match["link"] is not None,
        )

    def behind(self, text: str) -> Behind | None:
        """What the words at the beginning of ``text`` (all that stands behind a name in its
        sentence) say about the name; None when they say nothing."""
        for rule, pattern in self._behind:
            match = pattern.match(text)
            if match is not None:
                return Behind(rule, match.end())
        return None

    def around(self, text: str, start: int, end: int) -> tuple[Cue, Behind | None]:
        """What the words on both sides of a name, at ``start`` to ``end`` of a sentence's text, say
        about it; and the part of it that stands behind."""
        cue, behind = self.before(text[:start]), self.behind(text[end:])
        if behind is None:
            return cue, None
        if cue.rule == "none" and behind.rule.noun is not None:
            # "In the quiet X quarter": what holds of the quarter holds of X.
            attributes = self._attributes.search(text[max(0, start - _BEFORE) : start])
            if attributes is not None:
                cue = self.before(text[: max(0, start - _BEFORE) + attributes.start()])
        return behind.of(cue), behind

    @cached_property
    def _attributes(self) -> re.Pattern[str]:
        determiner = _joined(self.file.determiners)
        return re.compile(rf"(?<![\w'-]){determiner}(?:[\w'-]+\s+){{1,3}}$", re.I)

    @cached_property
    def _behind(self) -> tuple[tuple[BehindRule, re.Pattern[str]], ...]:
        return tuple(
            (rule, re.compile(rf"(?:{words})(?![\w-])", re.I))
            for rule in self.file.behind
            for words in ["|".join(map(self._compile, rule.patterns))]
        )

    @cached_property
    def _owner(self) -> re.Pattern[str]:
        """An owner in front of a name ("Y's "), up to four words of it."""
        marks = "|".join(map(re.escape, self.file.possessives)) or "(?!)"
        return re.compile(rf"(?:[^\W\d_a-z][\w'-]*\s+){{0,3}}[^\W\d_a-z][\w-]*(?:{marks})\s+$")

    def _place_noun(self, left: str) -> re.Match[str] | None:
        match = self._noun_before.search(left)
        return match if match is not None and match["noun"] else None

    def _distance(self, words: str, default: float | None) -> float | None:
        number = re.search(
            rf"(?<!\w)({self._slots['number']})\s+({self._slots['unit']})", words, re.I
        )
        if number is None:
            return default
        amount = number[1].lower()
        value = self.file.numbers.get(amount)
        if value is None:
            value = float(amount.replace(",", "."))
        return round(value * self.file.units[number[2].lower()], 1)

    def deictic(self, text: str) -> tuple[DeicticMatch, ...]:
        """Places that ``text`` names by what they are to the report ("the capital")."""
        return tuple(
            DeicticMatch(*m.span("at" if "at" in pattern.groupindex else 0), rule.means, rule.id)
            for rule, pattern in self._deictic
            for m in pattern.finditer(text)
        )


def _index(pairs: Iterable[tuple[str, V]]) -> dict[str, V]:
    found: dict[str, V] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


def _any_of(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(map(_spaced, ordered)) + ")"


def _spaced(words: str) -> str:
    return re.escape(words).replace(r"\ ", r"\s+")


def _joined(words: Iterable[str]) -> str:
    """Any of these words as they stand before another one: a space between, unless the word ends
    in an apostrophe."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(_spaced(w) + r"\s" + "+*"[w[-1] == "'"] for w in ordered) + ")"


def load_places(code: str) -> PlaceWords:
    """The place words of a language. ResourceError if a file is missing or broken."""
    file = load(PlaceFile, "lang", code, "places.toml")
    countries = load(CountryFile, "lang", code, "countries.toml")
    return PlaceWords(code, file, countries.country, countries.wider)
