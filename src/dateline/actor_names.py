"""The names of actors in a text: where they stand, and whose an institution is.

An actor's own names are looked up; the institutions of states are put together from a word
("army") and an adjective or a country's name beside it. The words of a language come from
``lang/<code>/actors.toml`` and ``countries.toml``; none stand here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import ahocorasick

from dateline.actors import (
    ANY,
    ActorEntry,
    ActorWords,
    Country,
    CountryWords,
    Institution,
    InstitutionWords,
    Kind,
    Via,
)
from dateline.text import fold


class ActorMatch(NamedTuple):
    """An actor found in a text: the codebook's id, neutral name, kind and side; ``loaded`` when
    the words take a side; code points ``start`` to ``end`` of what was recognised.

    via: "name" (called by its name), "part" (its fighters, a branch of it), "voice" (someone who
    speaks for it), "leader" (a person who stands for it), "metonym" (a country, a territory or an
    adjective for the government), "capital" (a capital for the government: a place as well).
    """

    id: str
    name: str
    kind: Kind
    side: str
    loaded: bool
    start: int
    end: int
    via: Via = "name"


class Sense(NamedTuple):
    """What a form may mean. ``ref``: an entry's id, a country's ISO 3166-1 code, or the number of
    an institution. ``extra``: loaded name; institution that may stand alone."""

    form: str
    role: Literal["name", "local", "leader", "territory", "word", "adjective", "country", "capital"]
    ref: str
    extra: bool = False


class Hit(NamedTuple):
    """A form where it stands in a text, with what it may mean there."""

    start: int
    end: int
    senses: tuple[Sense, ...]


class _Owner(NamedTuple):
    """What says whose an institution is: an adjective, a country, a capital, or its state."""

    end: int
    country: str
    role: str
    loaded: bool


class _Owned(NamedTuple):
    """An institution and whose it is."""

    start: int
    end: int
    number: int
    country: str
    loaded: bool


# What may be an actor: the match, the institution's words if it is one, whether it stands alone.
Candidate = tuple[ActorMatch, InstitutionWords | None, bool]
WORD = re.compile(r"[^\W_]+")
BREAK = re.compile(r"[,;:]")
_RANK = {"name": 0, "voice": 0, "leader": 1, "metonym": 2, "capital": 2}


def searched(shown: str) -> str:
    """What is searched: folded, hyphens and quotation marks as spaces, one for one."""
    return fold(shown).replace("-", " ").replace('"', " ")


def _cased(form: str, piece: str) -> bool:
    """Whether a piece of text has the capitals that a form asks for: an acronym is written in
    capitals (from five letters on, a first capital will do), a name has one of its own."""
    if form.isupper():
        return piece.isupper() or (len(form) > 4 and piece[:1].isupper())
    capitals = [n for n, char in enumerate(form) if char.isupper()]
    if len(form) <= 5 and len(capitals) > 1:
        return piece in (form, form.upper())
    return not capitals or any(piece[n].isupper() for n in capitals)


def choice(words: Sequence[str]) -> str:
    """A regular expression for any of these words, the longest first."""
    plain = sorted({searched(word) for word in words}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in plain) + r")(?!\w)" if plain else "(?!)"


class ActorNames:
    """The names of all actors in one language, in one automaton (Aho-Corasick).

    ``words`` and ``country_words`` are empty for a language that has no such file: then only the
    entries' own names are found.
    """

    def __init__(
        self,
        lang: str,
        entries: Mapping[str, ActorEntry],
        institutions: Mapping[str, Institution],
        countries: Mapping[str, Country],
        words: ActorWords,
        country_words: Sequence[CountryWords],
    ) -> None:
        self._entries = entries
        self._institutions = institutions
        self._countries = countries
        self.words = words
        forms = list(self._forms(lang, country_words))
        senses: defaultdict[str, list[Sense]] = defaultdict(list)
        for sense, key in zip(
            forms, searched("\n".join(s.form for s in forms)).split("\n"), strict=True
        ):
            senses[key].append(sense)
        self.forms = len(senses)
        self._automaton = ahocorasick.Automaton()
        for key, meant in senses.items():
            self._automaton.add_word(key, (len(key), tuple(meant)))
        self._automaton.make_automaton()
        of, qualifiers = choice([w.removesuffix("'") for w in words.of]), choice(words.qualifiers)
        self._gap = re.compile(rf"(?: {qualifiers}){{0,2}}(?: (?P<of>{of}))?[ ']+")
        marks = "|".join(re.escape(word) for word in words.possessives) or "(?!)"
        self._owned_gap = re.compile(rf"(?:{marks})?(?: {qualifiers}){{0,2}} +")
        self._members = {searched(word) for member in words.member for word in member.words}

    def _forms(self, lang: str, country_words: Sequence[CountryWords]) -> Iterator[Sense]:
        for entry in self._entries.values():
            for role, names, loaded in (
                ("name", entry.aliases, False),
                ("name", entry.loaded, True),
                ("local", entry.local, False),
                ("leader", entry.leaders, False),
                ("territory", entry.territories, False),
            ):
                for form in (*names.get(ANY, ()), *names.get(lang, ())):
                    yield Sense(form, role, entry.id, loaded)  # type: ignore[arg-type]
                    if 2 <= len(form) <= 5 and form.isupper() and form.isalpha():
                        yield Sense(".".join(form) + ".", role, entry.id, loaded)  # type: ignore[arg-type]
        for number, institution in enumerate(self.words.institution):
            bare = set(institution.bare)
            for form in dict.fromkeys((*institution.words, *institution.bare)):
                yield Sense(form, "word", str(number), form in bare)
        for country in country_words:
            for form in country.names:
                yield Sense(form, "country", country.iso2)
            for form in country.adjectives:
                yield Sense(form, "adjective", country.iso2)
            for form in country.capitals:
                yield Sense(form, "capital", country.iso2)

    # What stands in a text.

    def hits(self, shown: str, plain: str) -> list[Hit]:
        hits = []
        length = len(plain)
        for last, (size, senses) in self._automaton.iter(plain):
            start, end = last + 1 - size, last + 1
            if start and plain[start - 1].isalnum() and plain[start].isalnum():
                continue
            if end < length and plain[end].isalnum() and plain[last].isalnum():
                continue
            piece = shown[start:end]
            kept = tuple(
                s
                for s in senses
                if _cased(s.form, piece)
                and (s.role != "leader" or " " in s.form or self._alone(shown, start, end))
            )
            if kept:
                hits.append(Hit(start, end, kept))
        return hits

    def _alone(self, shown: str, start: int, end: int) -> bool:
        """Whether a surname stands without a first name or a second one, which would make it
        another person's."""
        if shown[end : end + 1] in (" ", "-") and shown[end + 1 : end + 2].isupper():
            return False
        before = re.search(r"([^\W\d_]+)[ -]$", shown[max(0, start - 40) : start])
        if before is None or not before[1][:1].isupper() or fold(before[1]) in self._members:
            return True
        first = start - len(before[0])
        return (
            first == 0 or re.search(r'[.!?:"\n]\s*$', shown[max(0, first - 4) : first]) is not None
        )

    def _owned(self, hits: Sequence[Hit], plain: str) -> list[_Owned]:
        """Institutions with an owner: a word and an adjective, "of" and a country or a capital,
        or "of" and a government that is itself owned."""
        heads = [(h, int(s.ref)) for h in hits for s in h.senses if s.role == "word"]
        owners: defaultdict[int, list[_Owner]] = defaultdict(list)
        for hit in hits:
            for sense in hit.senses:
                if sense.role in ("adjective", "country", "capital"):
                    owners[hit.start].append(_Owner(hit.end, sense.ref, sense.role, False))
        found = []
        for head, number in sorted(heads, key=lambda pair: -pair[0].start):
            gap = self._gap.match(plain, head.end)
            kept = self.words.institution[number]
            for owner in owners[gap.end()] if gap else ():
                adjective = owner.role == "adjective"
                if adjective == (gap is not None and gap["of"] is not None):
                    continue
                if adjective and self.words.adjective != "after":
                    continue
                # Towns of the same name are many: a police of one says nothing of the country.
                if owner.role == "capital" and kept.local:
                    continue
                if kept.countries and owner.country not in kept.countries:
                    continue
                loaded = owner.loaded or kept.loaded
                found.append(_Owned(head.start, owner.end, number, owner.country, loaded))
                if kept.id == "government":
                    owners[head.start].append(_Owner(owner.end, owner.country, "state", loaded))
        if self.words.adjective == "before":
            starts: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
            for head, number in heads:
                starts[head.start].append((head.end, number))
            for hit in hits:
                gap = self._owned_gap.match(plain, hit.end)
                for end, number in starts[gap.end()] if gap else ():
                    kept = self.words.institution[number]
                    for sense in hit.senses:
                        named = sense.role == "country" or (
                            sense.role == "capital" and not kept.local
                        )
                        if sense.role != "adjective" and not named:
                            continue
                        if not kept.countries or sense.ref in kept.countries:
                            found.append(_Owned(hit.start, end, number, sense.ref, kept.loaded))
        return found

    # Which of several it is.

    def _named(self, hit: Hit, country: str | None) -> ActorMatch | None:
        for roles, via in (
            (("name", "local"), "name"),
            (("leader",), "leader"),
            (("territory",), "metonym"),
        ):
            senses = [s for s in hit.senses if s.role in roles]
            here = [s for s in senses if country and country in self._entries[s.ref].country]
            home = [s for s in here if self._entries[s.ref].country[0] == country]
            for some in (
                home,
                here,
                [s for s in here if s.role == "local"],
                [s for s in senses if s.role != "local"],
            ):
                if len({s.ref for s in some}) == 1:
                    entry = self._entries[some[0].ref]
                    loaded = all(s.extra for s in some)
                    return ActorMatch(
                        entry.id, entry.name, entry.kind, entry.side, loaded, hit.start, hit.end,
                        via,  # type: ignore[arg-type]
                    )  # fmt: skip
        return None

    def state(
        self, institution: str, country: str, start: int, end: int, loaded: bool, via: Via = "name"
    ) -> ActorMatch:
        """The match for an institution of a country, by its own entry if it has one."""
        owner, kept = self._countries[country], self._institutions[institution]
        iso3 = owner.iso3.lower()
        entry = self._entries.get(f"{iso3}.{institution}")
        if entry is not None:
            return ActorMatch(entry.id, entry.name, entry.kind, entry.side, loaded, start, end, via)
        name = kept.name.format(country=owner.name)
        return ActorMatch(
            f"{iso3}.{institution}", name, kept.kind, f"{iso3}.{kept.side}", loaded, start, end, via
        )

    def candidates(self, shown: str, plain: str, country: str | None) -> list[Candidate]:
        """Everything that may be an actor: the match, the institution's words if it is one, and
        whether it stands alone; leftmost first, then the longest, then the one called by name."""
        hits = self.hits(shown, plain)
        found: list[Candidate] = []
        for hit in hits:
            match = self._named(hit, country)
            if match is not None:
                found.append((match, None, False))
            for sense in hit.senses if country in self._countries else ():
                if sense.role == "word" and sense.extra and country is not None:
                    kept = self.words.institution[int(sense.ref)]
                    if kept.countries and country not in kept.countries:
                        continue
                    via: Via = "voice" if kept.voice else "name"
                    bare = self.state(kept.id, country, hit.start, hit.end, kept.loaded, via)
                    found.append((bare, kept, True))
        owned: defaultdict[tuple[int, int, int, bool], set[str]] = defaultdict(set)
        for start, end, number, owner, loaded in self._owned(hits, plain):
            owned[start, end, number, loaded].add(owner)
        for (start, end, number, loaded), owners in owned.items():
            kept = self.words.institution[number]
            chosen = owners if len(owners) == 1 else owners & {country or ""}
            for owner in chosen:
                via = "voice" if kept.voice else "name"
                match = self.state(kept.id, owner, start, end, loaded, via)
                found.append((match, kept, False))
        found.sort(key=self._order)
        return found

    @staticmethod
    def _order(candidate: Candidate) -> tuple[int, int, int, int]:
        match, kept, _ = candidate
        # A word kept for some countries is theirs before it is another's name.
        sort = 1 if kept is None else 0 if kept.countries else 2
        return match.start, -match.end, _RANK[match.via], sort

    def find(self, view: str, country: str | None = None) -> tuple[ActorMatch, ...]:
        """Every actor that a view names, in order and without overlap, the longest name taken.
        Institutions named alone are found only with a country; countries and capitals, which are
        places first, are not."""
        taken: list[ActorMatch] = []
        for match, _, _ in self.candidates(view, searched(view), country):
            if match.via != "metonym" and (not taken or match.start >= taken[-1].end):
                taken.append(match)
        return tuple(taken)
