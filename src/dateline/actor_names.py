"""Actors in text: what the codebook's names are in one language, compiled for matching.

Two questions are answered: which actor a noun phrase is (``actor``), and which actors a text names
and where (``find``). An actor's own names are looked up; the institutions of states are put
together from a word ("army"), and an adjective or a country's name beside it. Words of the
language come from ``lang/<code>/actors.toml`` and ``countries.toml``; none stand here.
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
    Member,
    Via,
)
from dateline.text import fold
from dateline.text import view as plain_view


class ActorMatch(NamedTuple):
    """An actor found in a text: the codebook's id, neutral name, kind and side; ``loaded`` when
    the words take a side; code points ``start`` to ``end`` of what was recognised.

    via: "name" (called by its name), "part" (its fighters, a branch of it), "voice" (someone who
    speaks for it), "leader" (a person who stands for it), "metonym" (a country, its capital or its
    adjective for the government).
    """

    id: str
    name: str
    kind: Kind
    side: str
    loaded: bool
    start: int
    end: int
    via: Via = "name"


class _Sense(NamedTuple):
    """What a form may mean. ``ref``: an entry's id, a country's ISO 3166-1 code, or the number of
    an institution. ``extra``: loaded name; institution that may stand alone."""

    form: str
    role: Literal["name", "local", "leader", "territory", "word", "adjective", "country", "capital"]
    ref: str
    extra: bool = False


class _Hit(NamedTuple):
    start: int
    end: int
    senses: tuple[_Sense, ...]


class _Owned(NamedTuple):
    """An institution and whose it is."""

    start: int
    end: int
    number: int
    country: str
    loaded: bool


_Candidate = tuple[ActorMatch, InstitutionWords | None, bool]
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[,;:]")
_RANK = {"name": 0, "voice": 0, "leader": 1, "metonym": 2}


def _plain(shown: str) -> str:
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


def _choice(words: Sequence[str]) -> str:
    """A regular expression for any of these words, the longest first."""
    plain = sorted({_plain(word) for word in words}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in plain) + r")(?!\w)" if plain else "(?!)"


class ActorNames:
    """The names of all actors in one language. ``words`` and ``country_words`` are None for a
    language that has no such file: then only the entries' own names are found."""

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
        self._words = words
        forms = list(self._forms(lang, country_words))
        senses: defaultdict[str, list[_Sense]] = defaultdict(list)
        for sense, key in zip(
            forms, _plain("\n".join(s.form for s in forms)).split("\n"), strict=True
        ):
            senses[key].append(sense)
        self.forms = len(senses)
        self._automaton = ahocorasick.Automaton()
        for key, meant in senses.items():
            self._automaton.add_word(key, (len(key), tuple(meant)))
        self._automaton.make_automaton()
        of, qualifiers = _choice([w.removesuffix("'") for w in words.of]), _choice(words.qualifiers)
        self._gap = re.compile(rf"(?: {qualifiers}){{0,2}}(?: (?P<of>{of}))?[ ']+")
        after = (*words.qualifiers, *words.followers)
        self._qualified = re.compile(rf"(?:\W*{_choice(after)})*\W*$")
        after = (*after, *words.town_qualifiers)
        self._qualified_town = re.compile(rf"(?:\W*{_choice(after)})*\W*$")
        self._joined = re.compile(rf"(?: \w+){{0,2}} {of}[ ']+")
        self._of = re.compile(rf" {of}[ ']+")
        self._fillers = {_plain(word) for word in words.fillers}
        self._blocks = {_plain(word) for word in words.blocks}
        self._members: defaultdict[str, list[Member]] = defaultdict(list)
        for member in words.member:
            for word in member.words:
                self._members[_plain(word)].append(member)
        self._member = re.compile(_choice(list(self._members)))

    def _forms(self, lang: str, country_words: Sequence[CountryWords]) -> Iterator[_Sense]:
        for entry in self._entries.values():
            for role, names, loaded in (
                ("name", entry.aliases, False),
                ("name", entry.loaded, True),
                ("local", entry.local, False),
                ("leader", entry.leaders, False),
                ("territory", entry.territories, False),
            ):
                for form in (*names.get(ANY, ()), *names.get(lang, ())):
                    yield _Sense(form, role, entry.id, loaded)  # type: ignore[arg-type]
                    if 2 <= len(form) <= 5 and form.isupper() and form.isalpha():
                        yield _Sense(".".join(form) + ".", role, entry.id, loaded)  # type: ignore[arg-type]
        for number, institution in enumerate(self._words.institution):
            bare = set(institution.bare)
            for form in dict.fromkeys((*institution.words, *institution.bare)):
                yield _Sense(form, "word", str(number), form in bare)
        for country in country_words:
            for form in country.names:
                yield _Sense(form, "country", country.iso2)
            for form in country.adjectives:
                yield _Sense(form, "adjective", country.iso2)
            for form in country.capitals:
                yield _Sense(form, "capital", country.iso2)

    # What stands in a text.

    def _hits(self, shown: str, plain: str) -> list[_Hit]:
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
                hits.append(_Hit(start, end, kept))
        return hits

    def _alone(self, shown: str, start: int, end: int) -> bool:
        """Whether a surname stands without a first name or a second one, which would make it
        another person's."""
        if shown[end : end + 1] in (" ", "-") and shown[end + 1 : end + 2].isupper():
            return False
        before = re.search(r"([^\W\d_]+)[ -]$", shown[:start][-40:])
        if before is None or not before[1][:1].isupper() or fold(before[1]) in self._members:
            return True
        first = start - len(before[0])
        return first == 0 or re.search(r'[.!?:"\n]\s*$', shown[:first][-4:]) is not None

    def _owned(self, hits: Sequence[_Hit], plain: str) -> list[_Owned]:
        """Institutions with an owner: a word and an adjective, "of" and a country or a capital,
        or "of" and a government that is itself owned."""
        heads = [(h, int(s.ref)) for h in hits for s in h.senses if s.role == "word"]
        owners: defaultdict[int, list[tuple[int, str, bool, bool]]] = defaultdict(list)
        for hit in hits:
            for sense in hit.senses:
                if sense.role in ("adjective", "country", "capital"):
                    owners[hit.start].append((hit.end, sense.ref, sense.role == "adjective", False))
        found = []
        for head, number in sorted(heads, key=lambda pair: -pair[0].start):
            gap = self._gap.match(plain, head.end)
            for end, country, adjective, loaded in owners[gap.end()] if gap else ():
                if adjective == (gap is not None and gap["of"] is not None):
                    continue
                if adjective and self._words.adjective != "after":
                    continue
                kept = self._words.institution[number]
                if kept.local and (head.end, country) in towns:
                    continue
                loaded = loaded or kept.loaded
                found.append(_Owned(head.start, end, number, country, loaded))
                if kept.id == "government":
                    owners[head.start].append((end, country, False, loaded))
        if self._words.adjective == "before":
            starts: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
            for head, number in heads:
                starts[head.start].append((head.end, number))
            for hit in hits:
                gap = self._gap.match(plain, hit.end)
                for end, number in starts[gap.end()] if gap and not gap["of"] else ():
                    for sense in hit.senses:
                        if sense.role == "adjective":
                            loaded = self._words.institution[number].loaded
                            found.append(_Owned(hit.start, end, number, sense.ref, loaded))
        return found

    # Which of several it is.

    def _named(self, hit: _Hit, country: str | None) -> ActorMatch | None:
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

    def _state(
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
            f"{iso3}.{institution}", name, kept.kind, f"{iso3}.state", loaded, start, end, via
        )

    def _candidates(self, shown: str, plain: str, country: str | None) -> list[_Candidate]:
        """Everything that may be an actor: the match, the institution's words if it is one, and
        whether it stands alone; leftmost first, then the longest, then the one called by name."""
        hits = self._hits(shown, plain)
        found: list[_Candidate] = []
        for hit in hits:
            match = self._named(hit, country)
            if match is not None:
                found.append((match, None, False))
            for sense in hit.senses if country in self._countries else ():
                if sense.role == "word" and sense.extra and country is not None:
                    kept = self._words.institution[int(sense.ref)]
                    via: Via = "voice" if kept.voice else "name"
                    bare = self._state(kept.id, country, hit.start, hit.end, kept.loaded, via)
                    found.append((bare, kept, True))
        owned: defaultdict[tuple[int, int, int, bool], set[str]] = defaultdict(set)
        for start, end, number, owner, loaded in self._owned(hits, plain):
            owned[start, end, number, loaded].add(owner)
        for (start, end, number, loaded), owners in owned.items():
            kept = self._words.institution[number]
            chosen = owners if len(owners) == 1 else owners & {country or ""}
            for owner in chosen:
                via = "voice" if kept.voice else "name"
                match = self._state(kept.id, owner, start, end, loaded, via)
                found.append((match, kept, False))
        found.sort(key=lambda f: (f[0].start, -f[0].end, _RANK[f[0].via], f[1] is not None))
        return found

    # The two questions.

    def find(self, view: str, country: str | None = None) -> tuple[ActorMatch, ...]:
        """Every actor that a view names, in order and without overlap, the longest name taken.
        Institutions named alone are found only with a country; countries and capitals, which are
        places first, are not."""
        taken: list[ActorMatch] = []
        for match, _, _ in self._candidates(view, _plain(view), country):
            if match.via != "metonym" and (not taken or match.start >= taken[-1].end):
                taken.append(match)
        return tuple(taken)

    def actor(self, text: str, country: str | None = None) -> ActorMatch | None:
        """The actor that a noun phrase is, or None. ``country``: where it was said to happen."""
        shown = plain_view(text)
        plain = _plain(shown)
        words = list(_WORD.finditer(plain))
        candidates = self._candidates(shown, plain, country)
        for match, kept, alone in candidates:
            before = (w for w in words if w.start() < match.start and not self._passed(w[0]))
            head = next(before, None)
            if head is not None:
                found = self._part(plain, head.start(), match, kept)
            elif (nearer := self._specified(shown, plain, match, candidates)) is not None:
                found = nearer
            elif alone and kept is not None:
                inner = any(c[0].start >= match.end for c in candidates)
                found = match if not inner and self._whole(shown, plain, match.end, kept) else None
            else:
                found = self._headed(plain, match)
            if found is not None:
                return found
        content = next((w for w in words if not self._passed(w[0])), None)
        return None if content is None else self._metonym(shown, plain, content.start(), country)

    def _passed(self, word: str) -> bool:
        return word.isdecimal() or word in self._fillers

    def _headed(self, plain: str, match: ActorMatch) -> ActorMatch | None:
        """A phrase that begins with the actor: where the head comes last ("X fighters") it must be
        the actor itself or a word for a part of it."""
        if self._words.head == "first":
            return match
        rest = plain[match.end :]
        cut = re.search(rf"{self._of.pattern}|{_BREAK.pattern}", rest)
        chunk = rest[: cut.start()] if cut else rest
        last = list(_WORD.finditer(chunk))
        if not last or chunk.strip() == "'s":
            return match
        for word in last:
            member = self._member.match(chunk, word.start())
            if member is not None and not chunk[member.end() :].strip():
                return self._as_part(member[0], match, None)
        return None

    def _part(
        self, plain: str, start: int, match: ActorMatch, kept: InstitutionWords | None
    ) -> ActorMatch | None:
        """A phrase whose head, at ``start``, stands before the actor."""
        head = self._member.match(plain, start)
        if head is None or head.end() > match.start:
            return None
        between = plain[head.end() : match.start]
        if _BREAK.search(between) or any(w in self._blocks for w in _WORD.findall(between)):
            return None
        return self._as_part(head[0], match, kept)

    def _as_part(
        self, word: str, match: ActorMatch, kept: InstitutionWords | None
    ) -> ActorMatch | None:
        for member in self._members[word]:
            if (member.only and match.kind not in member.only) or (member.named and kept):
                continue
            loaded = match.loaded or member.loaded or match.kind in member.loaded_for
            return match._replace(loaded=loaded, via="voice" if member.voice else "part")
        return None

    def _specified(
        self, shown: str, plain: str, match: ActorMatch, candidates: Sequence[_Candidate]
    ) -> ActorMatch | None:
        """The actor that a phrase names behind a common noun ("soldiers of X of Y"): the noun is a
        body of many states or groups, the name tells which."""
        if not shown[match.start : match.end].islower():
            return None
        for other, kept, _ in candidates:
            if other.start < match.end or kept or other.via not in ("name", "metonym"):
                continue
            between = plain[match.end : other.start]
            blocked = any(word in self._blocks for word in _WORD.findall(between))
            named = not shown[other.start : other.end].islower()
            if named and not blocked and self._joined.fullmatch(between):
                return self._part(plain, match.start, other, None)
        return None

    def _whole(self, shown: str, plain: str, end: int, kept: InstitutionWords) -> bool:
        """Whether what follows an institution named alone leaves it its country's: nothing, a
        qualifier, a clause, or, for one that may be a town's, the name of a town."""
        rest = plain[end:]
        following = _WORD.search(rest)
        qualified = self._qualified_town if kept.local else self._qualified
        if following is None or qualified.match(rest) or rest.lstrip()[:1] in ",;:(":
            return True
        if following[0] in self._blocks:
            return True
        of = self._of.match(rest) if kept.local else None
        return of is not None and shown[end + of.end() : end + of.end() + 1].isupper()

    def _metonym(
        self, shown: str, plain: str, start: int, country: str | None
    ) -> ActorMatch | None:
        """A country, its capital or its adjective, alone, for its government."""
        for hit in self._hits(shown, plain):
            if hit.start != start or plain[hit.end :].strip(" .'"):
                continue
            owners = {
                s.ref
                for s in hit.senses
                if s.role in ("country", "capital")
                or (s.role == "adjective" and shown[hit.start].islower())
            }
            if len(owners) > 1:
                owners &= {country or ""}
            for owner in owners:
                return self._state("government", owner, hit.start, hit.end, False, "metonym")
        return None
