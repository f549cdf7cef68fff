"""Toponyms: which words of a sentence name a place, how they are meant, and which place it is.

A name is a run of capitalised words. Countries come first, then what the language calls foreign
places, then the gazetteer; which of several places of one name is meant is settled by the
countries that the report speaks of. Whatever is not listed keeps its words and no point.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from dateline.gazetteer import Gazetteer, PlaceEntry
from dateline.gazetteer.resolve import LARGE, Meaning, Word, ends, words_of
from dateline.language.places import Cue, PlaceWords
from dateline.model import Span
from dateline.syntax import Report, Sentence, Token

Kind = Literal["country", "named", "unlisted", "adjective", "capital", "homeland", "unnamed"]

# Marks the sentences that were not parsed.
_PLAIN = -1
_PLAIN_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place named in a sentence. ``start`` and ``end`` are offsets into the article; ``token``
    is where it hangs in the sentence's tree; ``within`` says that it is part of the name of a
    body, a person or a product; ``topic`` that it stands before a headline's colon; ``apposed``
    that it only says where the place named just before is ("X, 80 km south of Y")."""

    start: int
    end: int
    kind: Kind
    cue: Cue
    token: int
    entry: PlaceEntry | None = None
    country: str | None = None
    within: bool = False
    topic: bool = False
    apposed: bool = False


class Toponyms:
    """Finds the places of one report. Pure: the same report, words and gazetteer give the same
    answers; made for one report, since it keeps what the report as a whole speaks of."""

    def __init__(self, report: Report, words: PlaceWords, gazetteer: Gazetteer) -> None:
        self.report = report
        self.words = words
        self.gazetteer = gazetteer
        self._known: dict[tuple[int, int, bool], tuple[Toponym, ...]] = {}
        self.meaning = Meaning(report, words, gazetteer)
        self.meaning.town = self._headline_town()

    # ------------------------------------------------------------------------ one sentence

    def of(self, sentence: Sentence) -> tuple[Toponym, ...]:
        """The places named in a sentence of the report, in text order."""
        key = (sentence.start, sentence.end, sentence.paragraph == _PLAIN)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(sentence)
        return found

    def plain(self, span: Span) -> Sentence:
        """The first words of an unparsed piece of the report as a sentence without a tree, so
        that its places can be asked for."""
        end = min(span.end, span.start + _PLAIN_LENGTH)
        tokens = [
            Token(
                i=i,
                start=word.start,
                end=word.end,
                text=word.text,
                norm=word.text.lower(),
                lemma=word.text.lower(),
                pos="PROPN" if word.capital and i > 0 else "X",
                dep="ROOT",
                head=i,
            )
            for i, word in enumerate(words_of(self.report.view[span.start : end], span.start))
        ]
        return Sentence(start=span.start, end=end, tokens=tuple(tokens), paragraph=_PLAIN)

    def _find(self, sentence: Sentence) -> tuple[Toponym, ...]:
        view = self.report.view[sentence.start : sentence.end]
        listed = words_of(view)
        found: list[Toponym] = []
        at = 0
        while at < len(listed):
            match = self._name_at(sentence, view, listed, at)
            if match is None:
                at += 1
                continue
            toponym, at = match
            if toponym is not None:
                found.append(toponym)
        found.extend(self._unlisted(sentence, view, listed, found))
        found.extend(self._adjectives(sentence, view, found))
        found.extend(self._deictic(sentence, view, found))
        found.sort(key=lambda t: (t.start, t.end))
        return tuple(self._apposed(sentence, found))

    def _apposed(self, sentence: Sentence, found: list[Toponym]) -> Iterator[Toponym]:
        before: Toponym | None = None
        for toponym in found:
            cue = toponym.cue
            begins = toponym.start
            if cue.kind in ("near", "between", "in"):
                begins = min(begins, cue.start + sentence.start)
            if cue.noun_start is not None:
                begins = min(begins, cue.noun_start + sentence.start)
            if before is not None and begins >= before.end:
                gap = self.report.view[before.end : begins].strip()
                if gap == "(" or (gap in ("", ",") and cue.kind == "near"):
                    toponym = replace(toponym, apposed=True)
            yield toponym
            before = toponym

    def _name_at(
        self, sentence: Sentence, view: str, listed: list[Word], at: int
    ) -> tuple[Toponym | None, int] | None:
        """The longest place name that begins at word ``at``, and the word after it; no name but
        the word after it where a known name of something else begins."""
        first = listed[at]
        if not first.capital and not self._prefix(view, listed, at):
            return None
        for last in ends(view, listed, at, anything=True):
            name = view[first.start : listed[last].end]
            if last > at and self.words.not_places.get(self.words.key(name)) is False:
                return None, last + 1
            tokens = _tokens(
                sentence, first.start + sentence.start, listed[last].end + sentence.start
            )
            if not tokens:
                continue
            toponym = self._toponym(sentence, view, listed, at, last, name, tokens)
            if toponym is not None:
                return toponym, last + 1
        return None

    def _prefix(self, view: str, listed: list[Word], at: int) -> bool:
        """Whether a lower-case word begins a name: an article joined to a capital ("al-Bab")."""
        if at + 1 >= len(listed) or listed[at].text.lower() not in self.words.connectors:
            return False
        following = listed[at + 1]
        return following.capital and view[listed[at].end : following.start] == "-"

    def _toponym(
        self,
        sentence: Sentence,
        view: str,
        listed: list[Word],
        at: int,
        last: int,
        name: str,
        tokens: tuple[Token, ...],
    ) -> Toponym | None:
        words, key = self.words, self.words.key(name)
        start, end = listed[at].start, listed[last].end
        country = words.countries.get(key)
        exonym = words.exonyms.get(key)
        capital = words.capitals.get(key)
        entries: tuple[PlaceEntry, ...] = ()
        if not (country or exonym or capital):
            if not listed[last].capital:
                return None
            if len(name) < 3 or words.not_places.get(key) is False or key in words.adjectives:
                return None
            entries = self.gazetteer.lookup(name)
            if not entries or (name.isupper() and not _stands_in_capitals(name, entries[0])):
                return None
        cue = words.before(view[:start])
        located = cue.kind in ("in", "near", "between") or cue.noun is not None
        if words.not_places.get(key) and not located:
            return None
        called = cue.noun == "street" or (cue.noun == "spot" and not cue.linked)
        if entries and called and all(e.kind != "spot" for e in entries):
            return None
        if cue.noun == "spot":
            entries = tuple(e for e in entries if not self.meaning.far_off(e))
            if not (entries or country or exonym or capital):
                return None
        tags = {t.ent for t in tokens}
        if "PER" in tags:
            known = bool(country) or self.meaning.likely(entries, last > at)
            if _entity_goes_on(sentence, tokens) or not (located or known):
                return None
        if self._in_longer_name(sentence, view, listed, at, last, tokens, located):
            return None
        within = _entity_goes_on(sentence, tokens) and bool(tags & {"ORG", "MISC"})
        topic = start == 0 and view[end:].lstrip().startswith(":")
        begin, stop = start + sentence.start, end + sentence.start
        token = _hang(sentence, tokens)
        if country:
            entry = self.gazetteer.country(country)
            return Toponym(begin, stop, "country", cue, token, entry, country, within, topic)
        if exonym:
            entries = tuple(
                e
                for e in self.gazetteer.lookup(exonym.is_, exonym.country)
                if exonym.kind in (None, e.kind)
            )
        elif capital:
            entries = tuple(
                e
                for e in self.gazetteer.lookup(name)
                if e.country in (capital, self.meaning.main) and not e.variant
            )
        else:
            top = self.meaning.main
            if top and not any(e.country == top for e in entries):
                entries += self.gazetteer.variants(name, top)
            sure = located or "LOC" in tags or topic
            if at == 0 and not sure and tokens[0].pos != "PROPN":
                return None
            entries = tuple(e for e in entries if self.meaning.credible(e, name, sure, last > at))
        if cue.noun == "region":
            entries += self.meaning.divisions(entries)
        entry = self.meaning.choose(entries, cue)
        if entry is None:
            return None
        if entry.kind == "country":
            return Toponym(begin, stop, "country", cue, token, entry, entry.country, within, topic)
        return Toponym(begin, stop, "named", cue, token, entry, entry.country, within, topic)

    def _in_longer_name(
        self,
        sentence: Sentence,
        view: str,
        listed: list[Word],
        at: int,
        last: int,
        tokens: tuple[Token, ...],
        located: bool,
    ) -> bool:
        """Whether capitalised words stand directly beside: a surname, a firm, a title."""
        if at > 0 and view[listed[at - 1].end : listed[at].start] == "-":
            return True
        sure = all(t.ent == "LOC" for t in tokens) and not _entity_goes_on(sentence, tokens)
        if sure and (located or last + 1 == len(listed) or not listed[last + 1].capital):
            return False
        if (
            at > 0
            and listed[at - 1].capital
            and view[listed[at - 1].end : listed[at].start] in " -"
        ):
            before = _tokens(
                sentence,
                listed[at - 1].start + sentence.start,
                listed[at - 1].end + sentence.start,
            )
            if before and (before[0].i > 0 or before[0].pos == "PROPN"):
                return True
        if last + 1 < len(listed):
            following = listed[last + 1]
            if following.capital and view[listed[last].end : following.start] in (" ", "-"):
                return True
        return False

    def _headline_town(self) -> PlaceEntry | None:
        """The largest town that the headline names, if any."""
        head = self.report.headline
        if head is None:
            return None
        towns = [
            t.entry
            for t in self.of(self.plain(head))
            if t.entry is not None and t.kind == "named" and t.entry.kind == "place"
        ]
        return max(towns, key=lambda e: e.population, default=None)

    # -------------------------------------------------------------- what no list holds

    def _unlisted(
        self, sentence: Sentence, view: str, listed: list[Word], found: list[Toponym]
    ) -> Iterator[Toponym]:
        """Names that no list holds but that the words around or the parser say are places."""
        taken = {at - sentence.start for at in _covered(found)}
        at = 0
        while at < len(listed):
            first = listed[at]
            last = at
            if first.capital or self._prefix(view, listed, at):
                for longest in ends(view, listed, at, anything=False, links=self.words.connectors):
                    last = longest
                    break
            else:
                at += 1
                continue
            start, end = first.start, listed[last].end
            if not taken.isdisjoint(range(start, end)):
                at += 1
                continue
            at = last + 1
            tokens = _tokens(sentence, start + sentence.start, end + sentence.start)
            if not tokens:
                continue
            cue = self.words.before(view[:start])
            name = view[start:end]
            if not self._looks_placed(name, cue, tokens):
                continue
            if cue.noun in ("spot", "street", "road", "water") and cue.noun_start is not None:
                start = cue.noun_start
            yield Toponym(
                start + sentence.start,
                end + sentence.start,
                "unlisted",
                cue,
                _hang(sentence, tokens),
            )

    def _looks_placed(self, name: str, cue: Cue, tokens: tuple[Token, ...]) -> bool:
        """Whether the words around, or the parser, say that an unlisted name is a place."""
        key = self.words.key(name)
        named = cue.noun in ("spot", "street")
        if key in self.words.not_places or (key in self.words.adjectives and not named):
            return False
        tags = {t.ent for t in tokens}
        if tags == {"LOC"}:
            return tokens[0].i > 0 or tokens[0].pos == "PROPN"
        if cue.kind not in ("in", "near", "between"):
            return False
        if cue.noun is not None:
            return True
        return (
            cue.sure
            and tags <= {"", "LOC", "MISC"}
            and len(name) > 3
            and tokens[0].pos in ("PROPN", "X")
        )

    def _adjectives(self, sentence: Sentence, view: str, found: list[Toponym]) -> Iterator[Toponym]:
        taken = _covered(found)
        for token in sentence:
            codes = self.words.adjectives.get(self.words.key(token.text), ())
            if not codes or token.start in taken:
                continue
            code = max(codes, key=lambda c: self.meaning.shares.get(c, 0.0))
            cue = self.words.before(view[: token.start - sentence.start])
            if cue.kind not in ("in", "near") or cue.noun is None or cue.linked:
                cue = Cue("none", "adjective", token.start - sentence.start)
            entry = self.gazetteer.country(code)
            yield Toponym(token.start, token.end, "adjective", cue, token.i, entry, code)

    def _deictic(self, sentence: Sentence, view: str, found: list[Toponym]) -> Iterator[Toponym]:
        taken = _covered(found)
        for match in self.words.deictic(view):
            start, end = match.start + sentence.start, match.end + sentence.start
            tokens = _tokens(sentence, start, end)
            if not tokens or not taken.isdisjoint(range(start, end)):
                continue
            cue = self.words.before(view[: match.start])
            token = _hang(sentence, tokens)
            country = self.meaning.main
            if match.means == "unnamed":
                yield Toponym(start, end, "unnamed", cue, token)
            elif match.means == "capital":
                # "the Somali capital" is said beside its name; it is the name that is wanted.
                name = self.words.capital_of.get(country or "")
                following = sentence[tokens[-1].i + 1] if tokens[-1].i + 1 < len(sentence) else None
                if name is None or country is None:
                    continue
                if following and self.words.key(following.text) in self.words.adjectives:
                    continue
                entries = self.gazetteer.lookup(name, country)
                yield Toponym(
                    start, end, "capital", cue, token, entries[0] if entries else None, country
                )
            else:
                entry = self.gazetteer.country(country) if country else None
                yield Toponym(start, end, "homeland", cue, token, entry, country)


def _tokens(sentence: Sentence, start: int, end: int) -> tuple[Token, ...]:
    first = bisect_right(sentence.tokens, start, key=lambda t: t.end)
    last = first
    while last < len(sentence) and sentence[last].start < end:
        last += 1
    return sentence.tokens[first:last]


def _stands_in_capitals(name: str, entry: PlaceEntry) -> bool:
    """Whether a name in capitals is one and no abbreviation: "BAMAKO (AFP)"."""
    return len(name) > 3 and not entry.variant and entry.population >= LARGE


def _covered(found: list[Toponym]) -> set[int]:
    """The offsets that these toponyms hold."""
    return {at for t in found for at in range(t.start, t.end)}


def _hang(sentence: Sentence, tokens: tuple[Token, ...]) -> int:
    """The token of these that hangs outside of them."""
    inside = {t.i for t in tokens}
    for token in tokens:
        if token.head == token.i or token.head not in inside:
            return token.i
    return tokens[0].i


def _entity_goes_on(sentence: Sentence, tokens: tuple[Token, ...]) -> bool:
    """Whether the parser's entity covers more words than these."""
    first, last = tokens[0], tokens[-1]
    before = sentence[first.i - 1] if first.i > 0 else None
    after = sentence[last.i + 1] if last.i + 1 < len(sentence) else None
    return bool(
        (before is not None and before.ent and before.ent == first.ent)
        or (after is not None and after.ent and after.ent == last.ent)
    )
