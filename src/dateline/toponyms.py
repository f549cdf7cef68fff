"""Toponyms: which words of a sentence name a place, how they are meant, and which place it is.

A name is a run of capitalised words. Countries come first, then what the language calls foreign
places, then the gazetteer; which of several places of one name is meant is settled by the
countries that the report speaks of. Whatever is not listed keeps its words and no point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from dateline.gazetteer import Gazetteer, PlaceEntry
from dateline.gazetteer.resolve import LARGE, Meaning
from dateline.gazetteer.spans import Word, ends, words_of
from dateline.language.places import Cue, PlaceWords
from dateline.loose_places import LoosePlaces, joined_to_capital, names_a_body
from dateline.model import Span
from dateline.placenames import LOCATIVE, Toponym, entity_goes_on, hang, tokens_of
from dateline.syntax import Report, Sentence, Token

# Marks the sentences that were not parsed.
_PLAIN = -1
_PLAIN_LENGTH = 400
# How a name hangs on the noun behind it ("X officials").
_ATTRIBUTIVE = ("compound", "nmod:poss")


class Toponyms:
    """Finds the places of one report. Pure: the same report, words and gazetteer give the same
    answers; made for one report, since it keeps what the report as a whole speaks of."""

    def __init__(self, report: Report, words: PlaceWords, gazetteer: Gazetteer) -> None:
        self.report = report
        self.words = words
        self.gazetteer = gazetteer
        self._known: dict[tuple[int, int, bool], tuple[Toponym, ...]] = {}
        self.meaning = Meaning(report, words, gazetteer)
        self._loose = LoosePlaces(words, gazetteer, self.meaning, words.sites(report.view))
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
        found.extend(self._loose.of(sentence, view, listed, found))
        found.sort(key=lambda t: (t.start, t.end))
        return tuple(self._apposed(sentence, found))

    def _apposed(self, sentence: Sentence, found: list[Toponym]) -> Iterator[Toponym]:
        """The places, those marked that only say where the one before them is."""
        before: Toponym | None = None
        marks = self.words.file.possessives
        for toponym, following in zip_longest(found, found[1:]):
            cue = toponym.cue
            if following is not None:
                between = self.report.view[toponym.end : following.start].strip()
                toponym = replace(toponym, owner=between in marks)
            begins = toponym.start
            if cue.kind in ("near", "between", "in"):
                begins = min(begins, cue.start + sentence.start)
            if cue.noun_start is not None:
                begins = min(begins, cue.noun_start + sentence.start)
            if before is not None and begins >= before.end:
                gap = self.report.view[before.end : begins].strip()
                near = cue.kind == "near" and (gap in ("", ",") or self.words.describes(gap))
                if gap == "(" or near:
                    toponym = replace(toponym, apposed=True)
            yield toponym
            before = toponym

    def _name_at(
        self, sentence: Sentence, view: str, listed: list[Word], at: int
    ) -> tuple[Toponym | None, int] | None:
        """The longest place name that begins at word ``at``, and the word after it; no name but
        the word after it where a known name of something else begins."""
        first = listed[at]
        if not first.capital and not joined_to_capital(self.words, view, listed, at):
            return None
        for last in ends(view, listed, at, anything=True):
            name = view[first.start : listed[last].end]
            if last > at and self.words.not_places.get(self.words.key(name)) is False:
                return None, last + 1
            tokens = tokens_of(
                sentence, first.start + sentence.start, listed[last].end + sentence.start
            )
            if not tokens:
                continue
            toponym = self._toponym(sentence, view, listed, at, last, name, tokens)
            if toponym is not None:
                return toponym, last + 1
        return None

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
        country = self.meaning.country(name)
        exonym = words.exonyms.get(key)
        capital = self.meaning.capital(name)
        entries: tuple[PlaceEntry, ...] = ()
        if not (country or exonym or capital):
            if not listed[last].capital:
                return None
            if len(name) < 3 or words.not_places.get(key) is False or key in words.adjectives:
                return None
            # Of a country the index also has the codes, which are words; its names are known.
            entries = tuple(e for e in self.gazetteer.lookup(name) if e.kind != "country")
            if not entries or (name.isupper() and not _stands_in_capitals(name, entries[0])):
                return None
        cue, reach = self._cue(view, listed, start, end, last)
        located = cue.kind in LOCATIVE or cue.noun is not None
        if words.not_places.get(key) and not located:
            return None
        owned = any(view.startswith(mark, end) for mark in words.file.possessives)
        if entries and key in self.meaning.surnames and (not located or owned):
            return None
        called = cue.noun == "street" or (cue.noun == "spot" and not cue.linked)
        if entries and called and all(e.kind != "spot" for e in entries):
            return None
        if cue.noun == "street" and not entries and (country or capital) != self.meaning.main:
            # A street only bears the name of a place abroad.
            return None
        if cue.noun == "spot":
            entries = tuple(
                e for e in entries if e.kind != "admin2" and not self.meaning.far_off(e)
            )
            if not (entries or country or exonym or capital):
                return None
        tags = {t.ent for t in tokens}
        if "PER" in tags:
            known = bool(country) or self.meaning.likely(entries, last > at)
            if entity_goes_on(sentence, tokens) or not (located or known):
                return None
        attributive = bool(country) and tokens[-1].dep in _ATTRIBUTIVE
        if self._in_longer_name(sentence, view, listed, at, reach, tokens, located, attributive):
            return None
        topic = start == 0 and view[end:].lstrip().startswith(":")
        begin, stop = start + sentence.start, end + sentence.start
        token = hang(sentence, tokens)
        within = entity_goes_on(sentence, tokens) and bool(tags & {"ORG", "MISC"})
        within = within or names_a_body(sentence, token, words)
        follows = last + 1 < len(listed) and listed[last + 1].capital
        within = within or (attributive and follows)
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
            if self.meaning.said(name) is None:
                several = last > at
                credible = (e for e in entries if self.meaning.credible(e, name, sure, several))
                entries = self.meaning.within(tuple(credible), name)
        if cue.noun == "region":
            entries += self.meaning.divisions(entries)
        entry = self.meaning.choose(entries, cue, name)
        if entry is None:
            return None
        if entry.kind == "country":
            return Toponym(begin, stop, "country", cue, token, entry, entry.country, within, topic)
        return Toponym(begin, stop, "named", cue, token, entry, entry.country, within, topic)

    def _cue(
        self, view: str, listed: list[Word], start: int, end: int, last: int
    ) -> tuple[Cue, int]:
        """What the words around a name say about it, and the last word that is said of it."""
        cue, behind = self.words.around(view, start, end)
        reach = end + behind.end if behind is not None else end
        while last + 1 < len(listed) and listed[last + 1].end <= reach:
            last += 1
        return cue, last

    def _in_longer_name(
        self,
        sentence: Sentence,
        view: str,
        listed: list[Word],
        at: int,
        last: int,
        tokens: tuple[Token, ...],
        located: bool,
        attributive: bool,
    ) -> bool:
        """Whether capitalised words stand directly beside: a surname, a firm, a title.
        ``attributive``: the name of a country may stand before them and be meant."""
        if at > 0 and view[listed[at - 1].end : listed[at].start] == "-":
            return True
        if self._continues(view, listed, last):
            return True
        sure = all(t.ent == "LOC" for t in tokens) and not entity_goes_on(sentence, tokens)
        if sure and (located or last + 1 == len(listed) or not listed[last + 1].capital):
            return False
        if (
            at > 0
            and listed[at - 1].capital
            and view[listed[at - 1].end : listed[at].start] in " -"
        ):
            before = tokens_of(
                sentence,
                listed[at - 1].start + sentence.start,
                listed[at - 1].end + sentence.start,
            )
            if before and (before[0].i > 0 or before[0].pos == "PROPN"):
                return True
        if last + 1 < len(listed) and not attributive:
            following = listed[last + 1]
            if following.capital and view[listed[last].end : following.start] in (" ", "-"):
                return True
        return False

    def _continues(self, view: str, listed: list[Word], last: int) -> bool:
        """Whether small words of a foreign name lead on to more of it ("San Juan de la X")."""
        if not self.words.file.bare:
            return False
        at = last + 1
        while at < len(listed) and listed[at].text in self.words.connectors:
            at += 1
        joint = view[listed[last].end : listed[at].start] if at < len(listed) else ","
        return (
            last + 1 < at < len(listed)
            and listed[at].capital
            and not any(c in ",.;()" for c in joint)
        )

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


def _stands_in_capitals(name: str, entry: PlaceEntry) -> bool:
    """Whether a name in capitals is one and no abbreviation: "BAMAKO (AFP)"; a division may be
    abbreviated."""
    if entry.kind == "admin1" and not entry.variant:
        return True
    return len(name) > 3 and not entry.variant and entry.population >= LARGE
